import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeStatus, statusEvent, statusTable } from './status.js';

// The specification's table, as the program's own tests have it. That status_table.ts is what the program prints is
// checked with the other generated files (scripts/generate-docs --check).
const specified = readFileSync(new URL('../../../tests/data/status-codes.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t')[0]!);

// What servers add to it (src/base/status_table_test.cc names the same).
const additions = [40080, 40082];

describe('the status table', () => {
  it('has every code of the specification, and the additions', () => {
    const codes = specified.map((code) => (code === 'others' ? 500 : Number(code)));
    expect([...statusTable.keys()].sort()).toEqual([...codes, ...additions].sort());
  });

  it('has a message in both languages for each', () => {
    for (const { code, message } of statusTable.values()) {
      expect(message.en, String(code)).toMatch(/^[A-Z].*[.]$/);
      expect(message.zh, String(code)).toMatch(/[\u4e00-\u9fff].*。$/);
    }
  });

  it('hides 50105 and 50108 alone from the learner', () => {
    const hidden = [...statusTable.values()].filter(({ forLearner }) => !forLearner);
    expect(hidden.map(({ code }) => code)).toEqual([50105, 50108]);
  });

  it.each([
    [599, 'kernel', 'Speech server error. Please contact us to report this.'],
    [29999, 'kernel', 'Speech server error. Please contact us to report this.'],
    [40999, 'media', 'Media server error, please try again.'],
    [50999, 'client', 'Recorder or player error, please try again.'],
  ])('answers for the unknown code %d as its family', (code, family, en) => {
    expect(describeStatus(code)).toMatchObject({ code, family, symbol: 'UNKNOWN', message: { en } });
  });
});

it('an event carries code, symbol, messages and what happened', () => {
  expect(statusEvent(50004, { call: 'start' })).toEqual({
    code: 50004,
    symbol: 'FUNCTION_EXECUTE_SUCCESSFUL',
    message: { en: 'Function executed successfully.', zh: '调用成功。' },
    forLearner: true,
    call: 'start',
  });
});
