import { expect, it } from 'vitest';
import { bandOf } from './bands.js';

it.each([
  [100, 'very-good'],
  [85, 'very-good'],
  [84.9, 'good'],
  [70, 'good'],
  [69, 'bad'],
  [50, 'bad'],
  [49, 'very-bad'],
  [0, 'very-bad'],
])('%d is %s', (score, band) => {
  expect(bandOf(score)).toBe(band);
});
