// Plays one sound at a time with the component's player: loading, a part of it, its end.
import { Player } from '@saywell/component';
import type { Span } from '../result/reading.js';

export class Playback {
  private readonly player = new Player({});
  private loaded: ArrayBuffer | null = null;
  private ended: (() => void) | null = null;

  constructor() {
    this.player.on(50402, () => this.end());
    this.player.on(50410, () => this.end());
    this.player.on(50412, () => this.end());
  }

  /** ms from the start of the sound. */
  get positionMs(): number {
    return this.player.positionMs;
  }

  /** Resolves when it has ended, was stopped, or cannot be played. The bytes stay the caller's. */
  async play(sound: ArrayBuffer, span: Span | null = null): Promise<void> {
    this.stop();
    if (this.loaded !== sound && !(await this.load(sound))) return;
    const over = new Promise<void>((resolve) => {
      this.ended = resolve;
    });
    const answer = this.player.play(span ? { positionMs: span.startMs, durationMs: span.endMs - span.startMs } : {});
    if (answer.code !== 50004) this.end();
    await over;
  }

  stop(): void {
    if (this.ended) this.player.stop();
    this.end();
  }

  async close(): Promise<void> {
    this.end();
    await this.player.close();
  }

  private load(sound: ArrayBuffer): Promise<boolean> {
    this.loaded = null;
    return new Promise((resolve) => {
      const settle = (good: boolean): void => {
        for (const off of listeners) off();
        if (good) this.loaded = sound;
        resolve(good);
      };
      const listeners = [
        this.player.on(50400, () => settle(true)),
        this.player.on(50410, () => settle(false)),
        this.player.on(50412, () => settle(false)),
      ];
      // The player may keep or transfer its bytes.
      if (this.player.load(sound.slice(0)).code !== 50004) settle(false);
    });
  }

  private end(): void {
    const ended = this.ended;
    this.ended = null;
    ended?.();
  }
}
