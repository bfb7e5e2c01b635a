#!/usr/bin/env python3
"""Writes the vectors beside this file, independently of the Rust and TypeScript code that is tested with them.

How to: python3 -m venv v && v/bin/pip install tzdata==2026.6 && v/bin/python testdata/vectors/generate.py
With --check it writes nothing and fails where a committed file differs.
"""

import json
import sys
import zoneinfo
from pathlib import Path

import tzdata

sys.dont_write_bytecode = True

import typed
import zones

HERE = Path(__file__).resolve().parent
# Only the PyPI package decides, never the machine's own zone data.
zoneinfo.reset_tzpath(to=[])

ZONE_DATA = f"Computed with Python's zoneinfo and tzdata {tzdata.IANA_VERSION}, by testdata/vectors/generate.py."
SINCE = "since_tzdata, where present: older zone data may answer otherwise (Morocco changes on 2026-09-20)."
BY_HAND = "Written by hand and checked by testdata/vectors/generate.py."

ABOUT = {
    "spans": [
        "Spans [start, end) of time as worked, with their length and the work date they belong to.",
        "start_local, end_local: RFC 3339 with the offset in force in time_zone, so both passes of an autumn hour differ.",
        "start_utc, end_utc: the same instants, RFC 3339 in UTC. seconds: their difference, in seconds.",
        "work_date: the civil date of the start in time_zone.",
        SINCE, ZONE_DATA,
    ],
    "local_times": [
        "What a clock on the wall means: local is a civil time without offset, read in time_zone.",
        "resolution: unique (one instant), gap (the clock skips it, no instant), fold (the clock shows it twice).",
        "instants_utc: every instant at which a clock there shows it, ascending, RFC 3339 in UTC.",
        SINCE, ZONE_DATA,
    ],
    "weeks": [
        "starts: the week that holds date begins on week_start, where weeks begin on first_day_of_week (1 Monday to 7 Sunday).",
        "iso_weeks: ISO 8601 week-numbering year and week of a date.",
        "clock_weeks: weeks by the clock of a zone. seconds_in_day, seconds_in_week: elapsed seconds from the first instant of",
        "a civil date to the first instant of the next (a date that never was has 0). start_utc, end_utc: the week's edges.",
        SINCE, ZONE_DATA,
    ],
    "overlaps": [
        "Pairs of half-open spans of one member, RFC 3339; end null is the open entry and reaches infinity.",
        "A zero-length span overlaps nothing, touching spans do not overlap. Each pair holds in both orders.",
        BY_HAND,
    ],
    "durations": [
        "typed: what a person types into a cell of the week grid, and what it means. All units are seconds.",
        "kind duration: seconds. A bare number is hours; point or comma is decimal, with 1 to 4 digits after it, rounded half",
        "up to the second; h, m, min, s are units; at most 24 h. A decimal takes no second unit. Minutes have two digits after a colon.",
        "kind span: wall-clock start and end (HH:MM) of the cell's date, end_days_later 1 where the end is on the next date;",
        "seconds on a date without clock change. An hour of 24 is allowed as an end only.",
        "kind refused: nothing is changed; why is for the reader, tests need not match its words.",
        "on_a_date: a typed span on a date in a zone: instants, RFC 3339 in UTC, or refused where the clock skips or repeats an edge.",
        "shown: seconds as a view writes them, rounded half up to the minute (clock) or to the hundredth of an hour (decimal);",
        "clock_with_seconds is exact. Nothing groups thousands. The space before h is U+0020.",
        BY_HAND,
    ],
}


def contents():
    starts, iso_weeks, clock_weeks = zones.weeks()
    return {
        "spans": {"spans": zones.spans()},
        "local_times": {"local_times": zones.local_times()},
        "weeks": {"starts": starts, "iso_weeks": iso_weeks, "clock_weeks": clock_weeks},
        "overlaps": {"overlaps": typed.overlaps()},
        "durations": {"typed": typed.typed(), "on_a_date": typed.on_a_date(), "shown": typed.shown()},
    }


def one_line(value):
    """JSON on one line, in plain ASCII where a character could not be told from another by eye."""
    text = json.dumps(value, ensure_ascii=False)
    plain = [c if c.isascii() or (c.isalpha() and ord(c) < 0x250) else json.dumps(c)[1:-1] for c in text]
    return "".join(plain)


def text_of(name, lists):
    head = {"about": ABOUT[name]}
    if ZONE_DATA in ABOUT[name]:
        head["tzdata"] = tzdata.IANA_VERSION
    parts = []
    for key, value in {**head, **lists}.items():
        if isinstance(value, list):
            rows = ",\n".join(f"    {one_line(row)}" for row in value)
            parts.append(f'  "{key}": [\n{rows}\n  ]')
        else:
            parts.append(f'  "{key}": {one_line(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    stale = []
    for name, lists in contents().items():
        path, text = HERE / f"{name}.json", text_of(name, lists)
        json.loads(text)
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"differ from what {tzdata.IANA_VERSION} gives: {', '.join(stale)}")


if __name__ == "__main__":
    main()
