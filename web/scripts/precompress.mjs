// Writes a .br and a .gz beside every text file of the build, where it saves at least a tenth.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const build = fileURLToPath(new URL('../build', import.meta.url));
const text = /\.(html|js|css|json|svg|webmanifest|txt)$/;
let written = 0;

for (const entry of readdirSync(build, { recursive: true, withFileTypes: true })) {
	if (!entry.isFile() || !text.test(entry.name)) continue;
	const path = join(entry.parentPath, entry.name);
	const bytes = readFileSync(path);
	const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
	const forms = { br: brotliCompressSync(bytes, { params: quality }), gz: gzipSync(bytes, { level: 9 }) };
	for (const [extension, compressed] of Object.entries(forms)) {
		if (compressed.length > bytes.length * 0.9) continue;
		writeFileSync(`${path}.${extension}`, compressed);
		written += 1;
	}
}
console.log(`${written} compressed files written`);
