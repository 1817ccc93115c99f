import { describe, expect, it } from 'vitest';
import { pitchHeight, pitchOf } from './pitch.js';

describe('pitchOf', () => {
  it('draws one line a voiced stretch', () => {
    const pitch = pitchOf({ start: 5, step: 10, hz: [0, 100, 200, 0, 150, 0, 120, 130] });
    expect(pitch?.lines).toEqual([
      [
        { atMs: 15, hz: 100 },
        { atMs: 25, hz: 200 },
      ],
      [
        { atMs: 65, hz: 120 },
        { atMs: 75, hz: 130 },
      ],
    ]);
    expect([pitch?.lowHz, pitch?.highHz]).toEqual([100, 200]);
  });

  it('draws nothing where no voice is', () => {
    expect(pitchOf({ start: 5, step: 10, hz: [0, 0, 120, 0] })).toBeNull();
    expect(pitchOf({ start: 5, step: 10, hz: [] })).toBeNull();
  });
});

describe('pitchHeight', () => {
  it('goes from bottom to top in musical steps', () => {
    const pitch = { lines: [], lowHz: 100, highHz: 400 };
    expect([100, 200, 400].map((hz) => pitchHeight(hz, pitch))).toEqual([0, 0.5, 1].map((y) => expect.closeTo(y)));
  });

  it('keeps a voice on one tone in the middle', () => {
    expect(pitchHeight(150, { lines: [], lowHz: 150, highHz: 150 })).toBeCloseTo(0.5);
  });
});
