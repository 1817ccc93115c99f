import { describe, expect, it } from 'vitest';
import type { PhoneJson, ResultJson, WordJson } from './answer.js';
import { adviceFor, readingOf, withoutMarks, type Word } from './reading.js';

const phone = (char: string, given: Partial<PhoneJson> = {}): PhoneJson => ({
  char,
  score: 90,
  start: 0,
  end: 50,
  pherr: 0,
  heard: char,
  ...given,
});

const word = (char: string, start: number | null, end: number | null, given: Partial<WordJson> = {}): WordJson => ({
  char,
  score: 90,
  start,
  end,
  miscue: 'none',
  stressscore: 100,
  phone: [phone('aa')],
  ...given,
});

const result = (given: Partial<ResultJson>): ResultJson => ({
  overall: 80,
  pron: 80,
  accuracy: 80,
  integrity: 100,
  fluency: { overall: 80, pause: 100, speed: 120 },
  rhythm: null,
  details: [],
  extra: [],
  info: { tipId: 0 },
  wavetime: 5000,
  delaytime: 100,
  ...given,
});

const written = (text: string, given: Partial<ResultJson>): string =>
  readingOf(text, result(given))
    .pieces.map((piece) => {
      if (piece.kind === 'text') return piece.text;
      return piece.kind === 'word' ? `[${piece.word.text}]` : `<${piece.extra.text}>`;
    })
    .join('');

describe('readingOf', () => {
  it('keeps the text between the words', () => {
    const details = [word('Well', 0, 100), word("he's", 100, 200), word('here', 200, 300)];
    expect(written("“Well, he's—here!”", { details })).toBe("“[Well], [he's]—[here]!”");
  });

  it('finds a word that stands twice where it stands', () => {
    const details = [word('that', 0, 1), word('that', 1, 2), word('is', 2, 3)];
    expect(written('that that is', { details })).toBe('[that] [that] [is]');
  });

  it('leaves marks out', () => {
    const details = [word('We', 0, 1), word('live', 1, 2), word('here(s)', 2, 3)];
    expect(written('We(s:1,t:0) live(z:l ay v|l ih v)(g:1) here(s).', { details })).toBe('[We] [live] [here(s)].');
    expect(withoutMarks('word(c:1) (really)')).toBe('word (really)');
  });

  it('puts what was said besides where it was said', () => {
    const details = [word('a', 100, 200), word('b', 300, 400)];
    const extra = [
      { kind: 'noise' as const, char: 'jh', after: -1, start: 0, end: 50 },
      { kind: 'insertion' as const, char: 'very', after: 0, start: 210, end: 290 },
    ];
    expect(written('a b', { details, extra })).toBe('<>[a]<very> [b]');
  });

  it('shows a word that the text does not have as it is written', () => {
    expect(written('x', { details: [word('y', 0, 1)] })).toBe(' [y]x');
  });

  it('reads the sentences of a paragraph', () => {
    const details = [
      { char: 'a b', snt_details: [word('a', 0, 1), word('b', 1, 2)] },
      { char: 'c', snt_details: [word('c', 2, 3)] },
    ];
    expect(readingOf('A b. C.', result({ details })).words.map((each) => each.index)).toEqual([0, 1, 2]);
  });

  it('shows the speech with a little around it', () => {
    const details = [word('a', 1000, 1200), word('b', 4000, 4950)];
    expect(readingOf('a b', result({ details })).view).toEqual({ startMs: 800, endMs: 5000 });
    expect(readingOf('a', result({ details: [word('a', null, null)] })).view).toEqual({ startMs: 0, endMs: 5000 });
  });
});

it('never colours a sound that was heard as another one as very good', () => {
  const bandsOf = (given: Partial<PhoneJson>) => {
    const details = [word('w', 0, 100, { phone: [phone('d', given)] })];
    return readingOf('w', result({ details })).words[0]?.phones.map(({ band }) => band);
  };
  expect(bandsOf({ score: 95 })).toEqual(['very-good']);
  expect(bandsOf({ score: 95, pherr: 3, heard: 'jh' })).toEqual(['good']);
  expect(bandsOf({ score: 20, pherr: 3, heard: 'jh' })).toEqual(['very-bad']);
});

describe('adviceFor', () => {
  const adviceOf = (given: Partial<WordJson>) => {
    const read = readingOf('w', result({ details: [word('w', 0, 100, given)] })).words[0] as Word;
    return adviceFor(read);
  };

  it('names the worst sound', () => {
    const phones = [
      phone('th', { pherr: 3, heard: 's', score: 20 }),
      phone('ih', { score: 40 }),
      phone('k', { pherr: 2, heard: '', score: 0, start: null, end: null }),
    ];
    expect(adviceOf({ phone: phones })).toEqual({ kind: 'left-out', asked: 'k' });
    expect(adviceOf({ phone: phones.slice(0, 2) })).toEqual({ kind: 'replace', asked: 'th', heard: 's' });
    expect(adviceOf({ phone: phones.slice(1, 2) })).toEqual({ kind: 'weak', asked: 'ih' });
  });

  it('tells of an added sound, a word left out, and of nothing', () => {
    expect(adviceOf({ phone: [phone('d', { pherr: 1, added: 'ah' })] })).toEqual({ kind: 'added', added: 'ah' });
    expect(adviceOf({ miscue: 'omission' })).toEqual({ kind: 'omitted' });
    expect(adviceOf({})).toEqual({ kind: 'fine' });
  });
});
