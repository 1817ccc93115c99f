// A running recording: resampled from the microphone's rate to 16 kHz, up to its longest duration.
import type { StartOptions } from '../types.js';
import { longestMs } from './recorder_options.js';
import { recordingRateHz, Resampler, toInt16 } from './resampler.js';
import type { Upload } from './upload.js';

export class Take {
  /** The tone before it has been heard. */
  dinged = false;
  /** Samples are being recorded. */
  began = false;
  readonly listensForSilence: boolean;
  private readonly resampler: Resampler;
  private readonly mostSamples: number;
  private given = 0;

  constructor(
    readonly upload: Upload,
    { maxDurationMs = longestMs, vad = false }: StartOptions,
    microphoneHz: number,
  ) {
    this.resampler = new Resampler(microphoneHz);
    this.mostSamples = Math.round((maxDurationMs / 1000) * recordingRateHz);
    this.listensForSilence = vad !== false;
  }

  get isFull(): boolean {
    return this.given === this.mostSamples;
  }

  resample(samples: Float32Array): Int16Array {
    return this.cut(this.resampler.push(samples));
  }

  /** The resampler's remaining samples. */
  rest(): Int16Array {
    return this.cut(this.resampler.finish());
  }

  private cut(samples: Float32Array): Int16Array {
    const taken = toInt16(samples.subarray(0, this.mostSamples - this.given));
    this.given += taken.length;
    return taken;
  }
}
