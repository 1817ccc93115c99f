// Scores to the four colours that users know; thresholds are those of the terminal's table.
export type Band = 'very-good' | 'good' | 'bad' | 'very-bad';

const thresholds: readonly [Band, number][] = [
  ['very-good', 85],
  ['good', 70],
  ['bad', 50],
];

/** `score`: 0 to 100. */
export function bandOf(score: number): Band {
  return thresholds.find(([, lowest]) => score >= lowest)?.[0] ?? 'very-bad';
}
