// A recording played back: from memory, or from the server.
import { Loader } from '../audio/loader.js';
import { Pcm } from '../audio/pcm.js';
import { Playback } from '../audio/playback.js';
import type { ServerFetch } from '../server_fetch.js';

export interface ReplayListener {
  began(startMs: number, stopMs: number): void;
  ended(positionMs: number): void;
  /** It cannot be played, with the reason: its id, or the requested part. */
  impossible(parameter: 'recordId' | 'startMs', detail: string): void;
}

const loadTimeoutMs = 10000;

export class Replay {
  private loader: Loader | null = null;
  private playback: Playback | null = null;

  constructor(
    private readonly part: { startMs: number; stopMs: number | null },
    private loudness: number,
    private readonly listener: ReplayListener,
  ) {}

  get positionMs(): number {
    return this.playback?.positionMs ?? this.part.startMs;
  }

  set volume(volume: number) {
    this.loudness = volume;
    if (this.playback) this.playback.volume = volume;
  }

  fromMemory(samples: Int16Array, rateHz: number): void {
    this.play(Pcm.of16Bit(samples, rateHz));
  }

  fromServer(recordId: string, server: ServerFetch): void {
    this.loader = new Loader(server, loadTimeoutMs, {
      ready: (pcm) => this.play(pcm),
      failed: ({ detail }) => {
        // The part that arrived before the connection broke is played to its end.
        if (!this.playback) this.listener.impossible('recordId', `replay.recordId: ${recordId}: ${detail}`);
      },
    });
    void this.loader.load({ recordId });
  }

  /** The listener is not called afterwards. */
  async close(): Promise<void> {
    this.loader?.abort();
    await this.playback?.close();
  }

  private play(pcm: Pcm): void {
    const { startMs, stopMs } = this.part;
    const durationMs = pcm.durationMs ?? Infinity;
    if (startMs >= durationMs) {
      const detail = `replay.startMs: the recording ends at ${durationMs} ms, before ${startMs} ms`;
      return this.listener.impossible('startMs', detail);
    }
    const nothing = () => undefined;
    const ended = () => this.listener.ended(this.positionMs);
    this.playback = new Playback(pcm, { ended, starved: nothing, fed: nothing }, this.loudness);
    this.listener.began(startMs, Math.min(stopMs ?? Infinity, durationMs));
    this.playback.play(startMs, stopMs);
  }
}
