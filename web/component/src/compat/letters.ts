// Scores of scoreType 4 as letters of the interface of 2011: 4 is "A", 3 "B", 2 "C", 1 and 0 "D".

// prettier-ignore
const scores = new Set([
  'overall', 'pron', 'accuracy', 'integrity', 'fluency', 'pause', 'stress',
  'sense', 'tone', 'score', 'total', 'stressscore', 'tonescore', 'sensescore',
]);
const letters = ['D', 'D', 'C', 'B', 'A'];

/** A copy of `value`, a result or a part of one, with letters for its scores. */
export function withLetters(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => withLetters(entry));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withLetters(entry, key)]));
  }
  if (typeof value !== 'number' || !scores.has(name)) return value;
  return letters[Math.min(4, Math.max(0, Math.floor(value)))];
}
