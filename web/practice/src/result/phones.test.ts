// The alphabet equals the program's: src/base/phone_set.cc.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { arpabetPhones, writePhone } from './phones.js';

it('has the phones of the program', () => {
  const source = readFileSync(new URL('../../../../src/base/phone_set.cc', import.meta.url), 'utf8');
  const rows = [...source.matchAll(/\{"[A-Z]+", "([a-z]+)", "([^"]+)", (?:true|false)\}/g)];
  expect(rows).toHaveLength(39);
  for (const [, arpabet = '', ipa] of rows) expect(writePhone(arpabet, 'ipa')).toBe(ipa);
  expect(arpabetPhones).toHaveLength(rows.length);
});

it('writes ARPAbet in capitals, and what it does not know as it is', () => {
  expect(writePhone('th', 'arpabet')).toBe('TH');
  expect(writePhone('?', 'ipa')).toBe('?');
});
