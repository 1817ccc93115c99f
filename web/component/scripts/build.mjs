// Builds dist/: ES modules, a script file of the component and one of the compatibility layer, the worklet as a
// separate file, and the types. Prints the sizes, and fails if the component exceeds its limit.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { readWorklet, workletPlugin } from './worklet_plugin.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const maxCompressedBytes = 30 * 1024;

const bundles = [
  { entry: 'index.ts', file: 'saywell', global: 'saywell' },
  { entry: 'compat/index.ts', file: 'compat', global: 'aispeech' },
];

async function bundle({ entry, file, global }, format) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [workletPlugin()],
    esbuild: { charset: 'ascii' }, // so that pages of any encoding show the Chinese messages
    build: {
      target: 'es2022',
      outDir: dist,
      emptyOutDir: false,
      minify: 'esbuild',
      lib: {
        entry: join(root, 'src', entry),
        name: global,
        formats: [format],
        fileName: () => (format === 'iife' ? `${file}.iife.js` : `${file}.js`),
      },
    },
  });
}

function printSize(name) {
  const bytes = readFileSync(join(dist, name));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name.padEnd(20)} ${bytes.length} bytes, gzip ${gzip}, brotli ${brotliCompressSync(bytes).length}`);
  if (gzip > maxCompressedBytes) throw new Error(`${name}: more than ${maxCompressedBytes} bytes compressed`);
}

rmSync(dist, { recursive: true, force: true });
for (const one of bundles) for (const format of ['es', 'iife']) await bundle(one, format);
writeFileSync(join(dist, 'saywell.worklet.js'), await readWorklet());
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '--project', root], { stdio: 'inherit' });
for (const { file } of bundles) for (const end of ['js', 'iife.js']) printSize(`${file}.${end}`);
