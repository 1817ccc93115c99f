// One reading, and the progress over the readings of a sentence.
import type { ResultJson } from '../result/answer.js';

export interface Attempt {
  recordId: string;
  /** ms since 1970 */
  at: number;
  text: string;
  overall: number;
  result: ResultJson;
}

export interface Progress {
  text: string;
  count: number;
  best: number;
  /** Of the first and the last reading. */
  first: number;
  last: number;
  /** Oldest first, at most the last maxPoints. */
  scores: number[];
  lastAt: number;
}

export const maxPoints = 20;

/** By sentence, the last one read first. */
export function progressOf(attempts: readonly Attempt[]): Progress[] {
  const byText = new Map<string, Attempt[]>();
  for (const attempt of [...attempts].sort((a, b) => a.at - b.at)) {
    byText.set(attempt.text, [...(byText.get(attempt.text) ?? []), attempt]);
  }
  return [...byText.values()].map(progressOfOne).sort((a, b) => b.lastAt - a.lastAt);
}

function progressOfOne(attempts: Attempt[]): Progress {
  const scores = attempts.map((attempt) => attempt.overall);
  const last = attempts[attempts.length - 1];
  return {
    text: last?.text ?? '',
    count: attempts.length,
    best: Math.max(...scores),
    first: scores[0] ?? 0,
    last: last?.overall ?? 0,
    scores: scores.slice(-maxPoints),
    lastAt: last?.at ?? 0,
  };
}
