import { describe, expect, it } from 'vitest';
import { Resampler, toInt16 } from './resampler.js';

function sine(rateHz: number, hz: number, durationS: number): Float32Array {
  return Float32Array.from({ length: rateHz * durationS }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
}

function resample(input: Float32Array, rateHz: number, pieces = [1024]): Float32Array {
  const resampler = new Resampler(rateHz);
  const output: number[] = [];
  for (let at = 0, i = 0; at < input.length; ++i) {
    const piece = input.subarray(at, at + pieces[i % pieces.length]!);
    output.push(...resampler.push(piece));
    at += piece.length;
  }
  output.push(...resampler.finish());
  return Float32Array.from(output);
}

/** The level of the middle, without the ends of the signal; 0 dB is a full sine. */
function levelDb(samples: Float32Array): number {
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  const power = middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
  return 10 * Math.log10(2 * power);
}

const rates = [8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000, 47999];

describe('the low-pass', () => {
  for (const rate of rates.filter((hz) => hz > 16000)) {
    it(`from ${rate} Hz lets nothing above 8 kHz through: aliases below -60 dB`, () => {
      const top = rate / 2;
      for (const share of [0.001, 0.02, 0.1, 0.3, 0.6, 0.95]) {
        const hz = 8000 + share * (top - 8000);
        expect(levelDb(resample(sine(rate, hz, 0.5), rate)), `${hz} Hz`).toBeLessThan(-60);
      }
    });
  }

  for (const rate of rates) {
    it(`from ${rate} Hz leaves speech as it is`, () => {
      for (const hz of [100, 1000, 3000, Math.min(7200, 0.45 * rate)]) {
        const output = resample(sine(rate, hz, 0.5), rate);
        const wanted = sine(16000, hz, 0.5);
        const quarter = wanted.length / 4;
        const difference = output.map((sample, i) => sample - wanted[i]!).subarray(quarter, 3 * quarter);
        expect(levelDb(output), `${hz} Hz`).toBeCloseTo(0, 1);
        expect(Math.max(...difference.map(Math.abs)), `${hz} Hz`).toBeLessThan(2e-3);
      }
    });
  }

  it('from 8 kHz adds no image above 4 kHz', () => {
    // Subtracting the signal leaves the part above 4 kHz.
    const output = resample(sine(8000, 3000, 0.5), 8000);
    const wanted = sine(16000, 3000, 0.5);
    expect(levelDb(output.map((sample, i) => sample - wanted[i]!))).toBeLessThan(-60);
  });
});

describe('the stream', () => {
  it('has as many samples as the time is long', () => {
    for (const rate of rates) {
      for (const length of [0, 1, 127, 4410]) {
        const output = resample(new Float32Array(length), rate);
        expect(output.length, `${length} at ${rate} Hz`).toBe(Math.ceil((length * 16000) / rate));
      }
    }
  });

  it('is the same however the input is cut', () => {
    let seed = 7;
    const noise = Float32Array.from({ length: 20000 }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 1073741824 - 1;
    });
    const whole = resample(noise, 44100, [20000]);
    for (const pieces of [[128], [1], [1, 999, 3], [4096, 5]]) {
      expect(Buffer.from(resample(noise, 44100, pieces).buffer).equals(Buffer.from(whole.buffer))).toBe(true);
    }
  });
});

it('becomes 16-bit samples, clipped at full scale', () => {
  expect([...toInt16(Float32Array.of(0, 0.5, -0.5, 1, -1, 1.5, -2, 1 / 32768))]).toEqual([
    0, 16384, -16384, 32767, -32768, 32767, -32768, 1,
  ]);
});
