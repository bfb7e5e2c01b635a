#!/usr/bin/env python3
"""Packs `bootstrap` into the zip that Lambda takes: package.py BOOTSTRAP ZIP

The same program gives the same zip, byte for byte. Refuses a program that needs a newer glibc than the runtime
`provided.al2023` has, and a zip that is over the budget.
"""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

# Amazon Linux 2023's.
NEWEST_GLIBC = (2, 34)
MOST_BYTES = 8_000_000


def glibc_needed(program: Path) -> tuple[int, ...]:
    if shutil.which("objdump") is None:
        sys.exit("objdump is missing, which tells the glibc that the program needs: install binutils")
    symbols = subprocess.run(["objdump", "-T", program], check=True, capture_output=True, text=True).stdout
    versions = re.findall(r"GLIBC_([0-9.]+)", symbols)
    return max((tuple(int(part) for part in version.split(".")) for version in versions), default=(0,))


def pack(program: Path, package: Path) -> None:
    # The earliest time that a zip can hold; 755: Lambda runs it.
    entry = zipfile.ZipInfo("bootstrap", (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100755 << 16
    with zipfile.ZipFile(package, "w", compresslevel=9) as target:
        target.writestr(entry, program.read_bytes())


def main() -> None:
    program, package = Path(sys.argv[1]), Path(sys.argv[2])
    needed = glibc_needed(program)
    as_text = ".".join(str(part) for part in needed)
    if needed > NEWEST_GLIBC:
        sys.exit(f"{program} needs glibc {as_text}, and Amazon Linux 2023 has 2.34: build it on an older system")
    pack(program, package)
    size = package.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{package} has {size:,} bytes, over the budget of {MOST_BYTES:,}")
    print(f"{package}: {size:,} bytes, of {program.stat().st_size:,} unpacked; needs glibc {as_text}")


if __name__ == "__main__":
    main()
