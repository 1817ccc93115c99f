// 'virtual:saywell-worklet': the text of the audio thread's script, as a module that exports it.
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformWithEsbuild } from 'vite';

const source = join(dirname(fileURLToPath(import.meta.url)), '../src/recorder/worklet.ts');
const name = 'virtual:saywell-worklet';

export async function readWorklet() {
  const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source, { minify: true, target: 'es2022' });
  return code;
}

export function workletPlugin() {
  return {
    name: 'saywell-worklet',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: async (id) => (id === `\0${name}` ? `export default ${JSON.stringify(await readWorklet())}` : undefined),
  };
}
