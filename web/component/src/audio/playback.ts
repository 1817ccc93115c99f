// Plays PCM with the precision of a sample, also while it is still arriving.
import type { Pcm } from './pcm.js';

export interface PlaybackListener {
  /** Played to the end of the requested part. */
  ended(): void;
  /** Waits for samples that have not arrived. */
  starved(): void;
  /** Continues after that. */
  fed(): void;
}

const tickMs = 50;
const leadS = 0.02;
const aheadS = 3;
const pieceS = 1;
const enoughS = 0.5;

export class Playback {
  private readonly context: AudioContext;
  private readonly gain: GainNode;
  private readonly sources = new Set<AudioBufferSourceNode>();
  private ticker: ReturnType<typeof setInterval> | undefined;
  /** Frame `anchorFrame` is heard at `anchorS` of the context's clock. */
  private anchorFrame = 0;
  private anchorS = 0;
  private scheduled = 0;
  private until: number | null = null;
  private waiting = false;

  constructor(
    private readonly pcm: Pcm,
    private readonly listener: PlaybackListener,
    volume: number,
  ) {
    // At the audio's own rate, so that pieces join without a click.
    this.context = new AudioContext({ sampleRate: pcm.rateHz });
    this.gain = new GainNode(this.context, { gain: volume });
    this.gain.connect(this.context.destination);
  }

  get positionMs(): number {
    return (this.frame() / this.pcm.rateHz) * 1000;
  }

  set volume(volume: number) {
    this.gain.gain.value = volume;
  }

  /** Plays [fromMs, untilMs), or to the end; stops other playing first. */
  play(fromMs: number, untilMs: number | null): void {
    this.until = untilMs === null ? null : Math.round((untilMs / 1000) * this.pcm.rateHz);
    this.playFrom(Math.round((fromMs / 1000) * this.pcm.rateHz));
  }

  /** Continues from there, when halted after the halt; to the end of the last play(), if that is later. */
  seek(positionMs: number): void {
    const frame = Math.round((positionMs / 1000) * this.pcm.rateHz);
    if (this.until !== null && frame >= this.until) this.until = null;
    if (this.ticker !== undefined) return this.playFrom(frame);
    this.anchorFrame = this.scheduled = frame;
  }

  /** Stops; the position stays. */
  halt(): void {
    const frame = this.frame();
    clearInterval(this.ticker);
    this.ticker = undefined;
    for (const source of this.sources) {
      source.onended = null;
      source.stop();
      source.disconnect();
    }
    this.sources.clear();
    this.anchorFrame = this.scheduled = frame;
  }

  resume(): void {
    this.playFrom(this.anchorFrame);
  }

  async close(): Promise<void> {
    this.halt();
    await this.context.close();
  }

  private frame(): number {
    if (this.ticker === undefined || this.waiting) return this.anchorFrame;
    const played = Math.max(0, this.context.currentTime - this.anchorS) * this.pcm.rateHz;
    return Math.min(this.anchorFrame + Math.floor(played), this.scheduled);
  }

  private playFrom(frame: number): void {
    this.halt();
    void this.context.resume();
    this.waiting = false;
    this.anchor(frame);
    this.ticker = setInterval(() => this.tick(), tickMs);
    this.tick();
  }

  private anchor(frame: number): void {
    this.anchorFrame = this.scheduled = frame;
    this.anchorS = this.context.currentTime + leadS;
  }

  private end(): number {
    const whole = this.pcm.complete ? this.pcm.frames : Infinity;
    return Math.min(this.until ?? Infinity, whole);
  }

  private tick(): void {
    if (this.waiting) {
      const enough = this.anchorFrame + enoughS * this.pcm.rateHz;
      if (this.pcm.frames < Math.min(enough, this.end())) return;
      this.waiting = false;
      this.anchor(this.anchorFrame);
      this.listener.fed();
    }
    this.schedule();
    const frame = this.frame();
    if (frame < this.scheduled) return;
    if (frame >= this.end()) return this.finish();
    this.waiting = true;
    this.anchorFrame = frame;
    this.listener.starved();
  }

  private schedule(): void {
    const rate = this.pcm.rateHz;
    const there = Math.min(this.pcm.frames, this.end());
    while (this.scheduled < there && this.scheduled - this.frame() < aheadS * rate) {
      const to = Math.min(there, this.scheduled + pieceS * rate);
      const source = new AudioBufferSourceNode(this.context, {
        buffer: this.pcm.cut(this.context, this.scheduled, to),
      });
      source.connect(this.gain);
      source.onended = () => this.sources.delete(source);
      source.start(this.anchorS + (this.scheduled - this.anchorFrame) / rate);
      this.sources.add(source);
      this.scheduled = to;
    }
  }

  private finish(): void {
    this.halt();
    this.listener.ended();
  }
}
