import { expect, it } from 'vitest';
import { pausesOf, shortestPauseMs } from './pauses.js';

const said = { startMs: 1000, endMs: 5000 };

it('are where nobody speaks between the first word and the last', () => {
  const speech = [
    { start: 900, end: 2000 },
    { start: 3000, end: 4000 },
    { start: 4100, end: 5200 },
    { start: 8000, end: 9000 },
  ];
  expect(pausesOf(speech, said)).toEqual([{ startMs: 2000, endMs: 3000 }]);
});

it('are never over speech, however regions overlap', () => {
  const speech = [
    { start: 2500, end: 2600 },
    { start: 1000, end: 4900 },
  ];
  expect(pausesOf(speech, said)).toEqual([]);
});

it('are no short breaks', () => {
  const until = (endMs: number) => [
    { start: 1000, end: 2000 },
    { start: endMs, end: 5000 },
  ];
  expect(pausesOf(until(2000 + shortestPauseMs - 1), said)).toEqual([]);
  expect(pausesOf(until(2000 + shortestPauseMs), said)).toHaveLength(1);
});

it('are none where nothing was said', () => {
  expect(pausesOf([], null)).toEqual([]);
});
