// Scores to the four colours that users know. One scale for the ring, the bars and the words: what experts mean by a
// sentence's score (docs/practice-page.md has the thresholds and where they come from).
export type Band = 'very-good' | 'good' | 'bad' | 'very-bad';

/** The kindest first, each with its lowest score. */
type Thresholds = readonly (readonly [Band, number])[];

const sentenceThresholds: Thresholds = [
  ['very-good', 85],
  ['good', 65],
  ['bad', 45],
];

/** Words' scores are on the experts' word scale: the mean word of a sentence of 65 has about 94. */
const wordThresholds: Thresholds = [
  ['very-good', 99],
  ['good', 94],
  ['bad', 84],
];

const phoneThresholds: Thresholds = [
  ['very-good', 85],
  ['good', 70],
  ['bad', 50],
];

/** Kindest first. */
export const bands: readonly Band[] = ['very-good', 'good', 'bad', 'very-bad'];

function bandBy(thresholds: Thresholds, score: number): Band {
  return thresholds.find(([, lowest]) => Math.round(score) >= lowest)?.[0] ?? 'very-bad';
}

/** Of a reading or a part of its score, 0 to 100. */
export function bandOf(score: number): Band {
  return bandBy(sentenceThresholds, score);
}

/**
 * Of a word in a reading whose sounds have the score `accuracy`: at most one band kinder than the reading, so that
 * the words do not say "very good" where the experts would not.
 */
export function wordBandOf(score: number, accuracy: number): Band {
  const kindest = Math.max(0, bands.indexOf(bandOf(accuracy)) - 1);
  return bands[Math.max(kindest, bands.indexOf(bandBy(wordThresholds, score)))]!;
}

export function phoneBandOf(score: number): Band {
  return bandBy(phoneThresholds, score);
}
