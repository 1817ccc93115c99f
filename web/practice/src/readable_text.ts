// Checks before the reading whether a typed text can be read aloud and scored.
import { ServerError, type Server } from './server.js';
import { inBatches } from './history/deletion.js';

/** Letters of the Latin script, numbers and punctuation; not emoji, not other scripts. */
const readable = /^[\p{Script=Latin}\p{Mark}\p{Number}\p{Punctuation}$€£+°]*$/u;

/** The words that nobody can read in English, as they are typed. */
export function unreadableWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => !readable.test(word));
}

async function isRefused(server: Server, text: string): Promise<boolean> {
  try {
    await server.pronunciations(text);
    return false;
  } catch (error) {
    // Other errors of the server do not concern the text.
    return error instanceof ServerError && error.httpStatus >= 400 && error.httpStatus < 500;
  }
}

/** The words that the server cannot read; all of them when no single one is at fault. */
export async function wordsRefused(server: Server, text: string): Promise<string[]> {
  if (!(await isRefused(server, text))) return [];
  const words = text.split(/\s+/);
  const refused = await inBatches(words, (word) => isRefused(server, word));
  const named = words.filter((_, i) => refused[i]);
  return named.length > 0 ? named : words;
}
