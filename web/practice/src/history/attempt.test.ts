import { expect, it } from 'vitest';
import type { ResultJson } from '../result/answer.js';
import { maxPoints, progressOf, type Attempt } from './attempt.js';

const attempt = (text: string, at: number, overall: number): Attempt => ({
  recordId: `${text}${at}`,
  at,
  text,
  overall,
  result: {} as ResultJson,
});

it('tells of each sentence, the one read last first', () => {
  const attempts = [attempt('b', 4, 50), attempt('a', 3, 80), attempt('a', 1, 60), attempt('a', 2, 90)];
  expect(progressOf(attempts)).toEqual([
    { text: 'b', count: 1, best: 50, first: 50, last: 50, scores: [50], lastAt: 4 },
    { text: 'a', count: 3, best: 90, first: 60, last: 80, scores: [60, 90, 80], lastAt: 3 },
  ]);
});

it('draws the last readings only', () => {
  const many = Array.from({ length: maxPoints + 5 }, (_, i) => attempt('a', i, i));
  const [progress] = progressOf(many);
  expect(progress?.scores).toHaveLength(maxPoints);
  expect(progress?.scores.at(-1)).toBe(maxPoints + 4);
  expect(progress?.count).toBe(maxPoints + 5);
});

it('has nothing to tell of nothing', () => {
  expect(progressOf([])).toEqual([]);
});
