import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preferredLanguage, strings } from './index.js';
import { tipFor } from './tips.js';

const han = /\p{Script=Han}/u;

/** The text of an entry, with any arguments. */
function said(entry: unknown): string {
  return typeof entry === 'function' ? String((entry as (...args: unknown[]) => unknown)(7, 8, 9)) : String(entry);
}

describe('both languages', () => {
  it('say everything', () => {
    expect(Object.keys(strings.zh).sort()).toEqual(Object.keys(strings.en).sort());
    for (const entry of Object.values(strings.en)) expect(said(entry)).not.toMatch(han);
    for (const entry of Object.values(strings.zh)) expect(said(entry)).toMatch(han);
  });

  it('name what they are told', () => {
    for (const t of Object.values(strings)) {
      for (const entry of Object.values(t)) if (typeof entry === 'function') expect(said(entry)).toContain('7');
    }
  });
});

describe('tips', () => {
  const table = readFileSync(new URL('../../../../tests/data/status-codes.tsv', import.meta.url), 'utf8');
  const codes = table
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t') as [string, string]);

  it('are there for every code of kernel and media, in both languages', () => {
    for (const [code, family] of codes.filter((row) => row[1] !== 'client')) {
      const tip = tipFor(Number(code));
      expect(tip, `${family} ${code}`).not.toBeNull();
      expect(tip?.zh).toMatch(han);
      expect(tip?.en).not.toMatch(han);
    }
  });

  it('are there for the tips of a result', () => {
    for (const tipId of [90001, 90002, 90003, 90004, 90005]) expect(tipFor(tipId)).not.toBeNull();
  });

  it('say why there is no microphone', () => {
    expect(tipFor(50003, 'insecure-page')?.en).toContain('https');
    expect(tipFor(50003, 'none-found')?.en).toContain('Plug one in');
    expect(tipFor(50003, 'unusable')).not.toEqual(tipFor(50003, 'unsupported'));
    expect(tipFor(12345)).toBeNull();
  });
});

it('takes the first language that it has', () => {
  expect(preferredLanguage(['fr', 'zh-TW', 'en'])).toBe('zh');
  expect(preferredLanguage(['en-GB', 'zh'])).toBe('en');
  expect(preferredLanguage(['fr'])).toBe('en');
});
