// The microphone's level, ten times per second.
import type { Level } from '../types.js';

const floorDbfs = -100;
const meterFloorDbfs = -60;
const clipAt = 0.999;

function toDbfs(amplitude: number): number {
  return Math.max(floorDbfs, 20 * Math.log10(amplitude));
}

export class LevelMeter {
  private count = 0;
  private squares = 0;
  private peak = 0;

  constructor(
    private readonly rateHz: number,
    private readonly report: (level: Level) => void,
  ) {}

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.squares += sample * sample;
      this.peak = Math.max(this.peak, Math.abs(sample));
    }
    this.count += samples.length;
    if (this.count * 10 >= this.rateHz) this.give();
  }

  private give(): void {
    const rmsDbfs = toDbfs(Math.sqrt(this.squares / this.count));
    const meter = Math.max(0, 1 - rmsDbfs / meterFloorDbfs);
    const level = { rmsDbfs, peakDbfs: toDbfs(this.peak), meter, clipped: this.peak >= clipAt };
    this.count = this.squares = this.peak = 0;
    this.report(level);
  }
}
