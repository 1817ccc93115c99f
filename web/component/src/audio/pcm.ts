// Samples that can be played while they are still arriving.

export class Pcm {
  private channels: Float32Array<ArrayBuffer>[];
  /** Arrived so far. */
  frames = 0;
  /** No more will arrive. */
  complete = false;

  /** `expectedFrames`: the length in the header; null: none. */
  constructor(
    readonly rateHz: number,
    channelCount: number,
    readonly expectedFrames: number | null,
  ) {
    const first = Math.min(expectedFrames ?? rateHz, rateHz * 60);
    this.channels = Array.from({ length: channelCount }, () => new Float32Array(first));
  }

  static of16Bit(samples: Int16Array, rateHz: number): Pcm {
    const pcm = new Pcm(rateHz, 1, samples.length);
    pcm.append(samples);
    pcm.complete = true;
    return pcm;
  }

  static ofBuffer(buffer: AudioBuffer): Pcm {
    const pcm = new Pcm(buffer.sampleRate, 0, buffer.length);
    pcm.channels = Array.from({ length: buffer.numberOfChannels }, (_, i) => buffer.getChannelData(i));
    pcm.frames = buffer.length;
    pcm.complete = true;
    return pcm;
  }

  get channelCount(): number {
    return this.channels.length;
  }

  get durationMs(): number | null {
    const frames = this.complete ? this.frames : this.expectedFrames;
    return frames === null ? null : (frames / this.rateHz) * 1000;
  }

  /** Interleaved samples of whole frames. */
  append(samples: Int16Array): void {
    const count = samples.length / this.channelCount;
    this.makeRoom(this.frames + count);
    this.channels.forEach((channel, c) => {
      for (let i = 0; i < count; ++i) channel[this.frames + i] = samples[i * this.channelCount + c]! / 32768;
    });
    this.frames += count;
  }

  /** Frames [from, to) as a buffer of `context`. */
  cut(context: BaseAudioContext, from: number, to: number): AudioBuffer {
    const buffer = context.createBuffer(this.channelCount, to - from, this.rateHz);
    this.channels.forEach((channel, c) => buffer.copyToChannel(channel.subarray(from, to), c));
    return buffer;
  }

  private makeRoom(frames: number): void {
    const room = this.channels[0]!.length;
    if (frames <= room) return;
    this.channels = this.channels.map((channel) => {
      const larger = new Float32Array(Math.max(frames, 2 * room));
      larger.set(channel);
      return larger;
    });
  }
}
