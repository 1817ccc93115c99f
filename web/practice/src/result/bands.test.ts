import { describe, expect, it } from 'vitest';
import { bandOf, phoneBandOf, wordBandOf } from './bands.js';

it.each([
  [100, 'very-good'],
  [84.5, 'very-good'],
  [84.4, 'good'],
  [65, 'good'],
  [64, 'bad'],
  [45, 'bad'],
  [44, 'very-bad'],
  [0, 'very-bad'],
])('a reading of %d is %s', (score, band) => {
  expect(bandOf(score)).toBe(band);
});

it.each([
  [85, 'very-good'],
  [84, 'good'],
  [70, 'good'],
  [69, 'bad'],
  [49, 'very-bad'],
])('a sound of %d is %s', (score, band) => {
  expect(phoneBandOf(score)).toBe(band);
});

describe('a word', () => {
  it.each([
    [100, 'very-good'],
    [98.4, 'good'],
    [94, 'good'],
    [93, 'bad'],
    [84, 'bad'],
    [83, 'very-bad'],
  ])('of %d is %s in a good reading', (score, band) => {
    expect(wordBandOf(score, 70)).toBe(band);
  });

  it.each([
    [90, 'very-good'],
    [65, 'very-good'],
    [64, 'good'],
    [44, 'bad'],
  ])('is, in a reading whose sounds have %d, at best %s', (accuracy, band) => {
    expect(wordBandOf(100, accuracy)).toBe(band);
  });
});
