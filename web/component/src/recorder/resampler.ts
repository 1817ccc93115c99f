// Any rate to 16 kHz, by a low-pass of windowed sincs (Kaiser 1974; polyphase after Crochiere and Rabiner 1983).

export const recordingRateHz = 16000;

const stopBandDb = 80;
/** The share of the band that is kept; the rest up to half the lower rate is the filter's slope. */
const passBand = 0.9;
const maxPhases = 1024;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The modified Bessel function of the first kind, order 0. */
function bessel0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-10; ++k) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** A row of taps for each position of an output sample between two input samples. */
function makeTaps(inputHz: number, halfTaps: number, phases: number, cutoffHz: number): Float32Array[] {
  const beta = 0.1102 * (stopBandDb - 8.7);
  const lowPass = (2 * cutoffHz) / inputHz;
  const scale = lowPass / bessel0(beta);
  const tap = (distance: number): number => {
    const edge = distance / halfTaps;
    if (Math.abs(edge) >= 1) return 0;
    const angle = Math.PI * distance * lowPass;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return scale * sinc * bessel0(beta * Math.sqrt(1 - edge * edge));
  };
  return Array.from({ length: phases + 1 }, (_, phase) =>
    Float32Array.from({ length: 2 * halfTaps }, (_, i) => tap(i - halfTaps + 1 - phase / phases)),
  );
}

/**
 * Turns a stream at `inputHz` into one at 16 kHz. The output begins with the input (no delay), does not depend on how
 * the input is cut, and has ceil(n * 16000 / inputHz) samples for n.
 */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  private readonly halfTaps: number;
  private readonly taps: Float32Array[];
  /** Input from `firstHeld` on; negative positions are the silence before the stream. */
  private held: Float32Array;
  private heldCount: number;
  private firstHeld: number;
  private received = 0;
  private given = 0;

  constructor(readonly inputHz: number) {
    const common = greatestCommonDivisor(inputHz, recordingRateHz);
    this.up = recordingRateHz / common;
    this.down = inputHz / common;
    const nyquistHz = Math.min(inputHz, recordingRateHz) / 2;
    const slope = (2 * Math.PI * nyquistHz * (1 - passBand)) / inputHz;
    this.halfTaps = Math.ceil((stopBandDb - 8) / (2.285 * slope) / 2);
    const cutoffHz = (nyquistHz * (1 + passBand)) / 2;
    this.taps = makeTaps(inputHz, this.halfTaps, Math.min(this.up, maxPhases), cutoffHz);
    this.held = new Float32Array(4 * this.halfTaps + 4096);
    this.heldCount = this.halfTaps;
    this.firstHeld = -this.halfTaps;
  }

  push(input: Float32Array): Float32Array {
    this.received += input.length;
    this.hold(input);
    return this.giveUntil(this.firstHeld + this.heldCount - this.halfTaps);
  }

  /** The rest, after the last input. */
  finish(): Float32Array {
    this.hold(new Float32Array(this.halfTaps + 1));
    return this.giveUntil(this.received);
  }

  private hold(input: Float32Array): void {
    if (this.heldCount + input.length > this.held.length) {
      const larger = new Float32Array(2 * (this.heldCount + input.length));
      larger.set(this.held.subarray(0, this.heldCount));
      this.held = larger;
    }
    this.held.set(input, this.heldCount);
    this.heldCount += input.length;
  }

  /** Output samples before input position `end`. */
  private giveUntil(end: number): Float32Array {
    const count = Math.max(0, Math.ceil((end * this.up) / this.down) - this.given);
    const output = new Float32Array(count);
    for (let i = 0; i < count; ++i) output[i] = this.sample(this.given + i);
    this.given += count;
    this.forget();
    return output;
  }

  private sample(number: number): number {
    const position = Math.floor((number * this.down) / this.up);
    const between = (number * this.down) % this.up;
    const row = this.taps[Math.round((between * (this.taps.length - 1)) / this.up)]!;
    const first = position - this.halfTaps + 1 - this.firstHeld;
    let sum = 0;
    for (let i = 0; i < row.length; ++i) sum += row[i]! * this.held[first + i]!;
    return sum;
  }

  private forget(): void {
    const next = Math.floor((this.given * this.down) / this.up) - this.halfTaps + 1;
    const gone = next - this.firstHeld;
    if (gone < 2048) return;
    this.held.copyWithin(0, gone, this.heldCount);
    this.heldCount -= gone;
    this.firstHeld = next;
  }
}

/** Full scale is ±1; samples beyond are clipped. */
export function toInt16(samples: Float32Array): Int16Array {
  const output = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; ++i) {
    output[i] = Math.max(-32768, Math.min(32767, Math.round(samples[i]! * 32768)));
  }
  return output;
}
