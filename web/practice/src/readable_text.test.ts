import { expect, it } from 'vitest';
import { unreadableWords, wordsRefused } from './readable_text.js';
import { ServerError, type Server } from './server.js';

it.each([
  ['We’re “here” – at 9:30, for £5 (50%) & more…', []],
  ['Café naïve', []],
  ['', []],
  ['I like 🍕 and 你好', ['🍕', '你好']],
  ['good👍', ['good👍']],
])('of %j names %j', (text, words) => {
  expect(unreadableWords(text)).toEqual(words);
});

/** Refuses texts with "qqq", with that HTTP status. */
function serverWith(httpStatus: number): Server {
  const pronunciations = (text: string) =>
    text.includes('qqq') ? Promise.reject(new ServerError(httpStatus, 40031, 'no')) : Promise.resolve();
  return { pronunciations } as unknown as Server;
}

it('names the words that the server cannot read', async () => {
  expect(await wordsRefused(serverWith(422), 'all of these')).toEqual([]);
  expect(await wordsRefused(serverWith(422), 'all qqq these')).toEqual(['qqq']);
});

it('blames no text for a server that is away', async () => {
  expect(await wordsRefused(serverWith(503), 'all qqq these')).toEqual([]);
  expect(await wordsRefused(serverWith(0), 'all qqq these')).toEqual([]);
});
