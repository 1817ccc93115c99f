// Compresses the built page for servers that serve compressed files, and prints its size. All files of the page
// together must stay within its limit.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limitBytes = 250 * 1024;
const folder = fileURLToPath(new URL('../../../build/web', import.meta.url));

const files = readdirSync(folder, { recursive: true })
  .map((name) => join(folder, name))
  .filter((path) => statSync(path).isFile() && !path.endsWith('.gz'));
let plain = 0;
let packed = 0;
for (const path of files) {
  const bytes = readFileSync(path);
  const small = gzipSync(bytes, { level: 9 });
  plain += bytes.length;
  packed += Math.min(small.length, bytes.length);
  if (small.length < bytes.length) writeFileSync(`${path}.gz`, small);
}
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
console.log(`practice page: ${files.length} files, ${kilobytes(plain)}, ${kilobytes(packed)} compressed`);
if (packed > limitBytes) {
  console.error(`practice page: more than ${kilobytes(limitBytes)} compressed`);
  process.exit(1);
}
