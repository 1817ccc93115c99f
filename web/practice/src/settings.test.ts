import { expect, it } from 'vitest';
import { tokenInFragment } from './session.js';
import { readSettings } from './settings.js';

it('begins with the browser’s language', () => {
  expect(readSettings(null, ['zh-CN'])).toEqual({ language: 'zh', theme: 'auto', alphabet: 'ipa' });
});

it('keeps what it understands', () => {
  const kept = JSON.stringify({ language: 'zh', theme: 'mauve', alphabet: 'arpabet', more: 1 });
  expect(readSettings(kept, ['en'])).toEqual({ language: 'zh', theme: 'auto', alphabet: 'arpabet' });
});

it.each(['{', '3', 'null', '"x"', '[]'])('takes %s for nothing', (kept) => {
  expect(readSettings(kept, ['en'])).toEqual({ language: 'en', theme: 'auto', alphabet: 'ipa' });
});

it('finds the token behind the #', () => {
  expect(tokenInFragment('#token=a%2Bb')).toBe('a+b');
  expect(tokenInFragment('#x=1&token=abc')).toBe('abc');
  expect(tokenInFragment('#sentence')).toBe('');
  expect(tokenInFragment('')).toBe('');
});
