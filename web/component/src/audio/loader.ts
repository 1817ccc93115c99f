// Turns audio of an address, of the server's recordings, or of bytes into PCM, and measures its speed.
import { recordingPath, type ServerFetch } from '../server_fetch.js';
import { Pcm } from './pcm.js';
import { WavStream } from './wav_stream.js';

export type AudioSource = { url: string } | { recordId: string } | { bytes: Uint8Array<ArrayBuffer> };

export interface LoadFailure {
  code: 50409 | 50410 | 50412;
  detail: string;
  httpStatus?: number;
}

export interface LoadListener {
  /** Enough has arrived to begin; the rest may still be arriving. */
  ready(pcm: Pcm): void;
  /** Before ready(): there will be no audio. After it: the rest will not arrive. */
  failed(failure: LoadFailure): void;
}

const enoughMs = 500;
const rateWindowMs = 3000;

export function sourceName(source: AudioSource): string {
  if ('url' in source) return source.url;
  return 'recordId' in source ? source.recordId : 'bytes';
}

function failureOf(status: number): LoadFailure {
  const detail = `HTTP ${status}`;
  if (status === 404 || status === 410) return { code: 50409, detail, httpStatus: status };
  return { code: status >= 500 ? 50410 : 50412, detail, httpStatus: status };
}

function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function decoded(bytes: Uint8Array<ArrayBuffer>): Promise<Pcm> {
  const own = bytes.slice(); // the browser takes the buffer away
  return Pcm.ofBuffer(await new OfflineAudioContext(1, 1, 48000).decodeAudioData(own.buffer));
}

export class Loader {
  private readonly ending = new AbortController();
  private readonly wav = new WavStream();
  private pieces: Uint8Array[] | null = [];
  private mayBeWav = true;
  private isReady = false;
  private arrivals: { atMs: number; bytes: number }[] = [];

  constructor(
    private readonly server: ServerFetch,
    private readonly timeoutMs: number,
    private readonly listener: LoadListener,
  ) {}

  async load(source: AudioSource): Promise<void> {
    if ('bytes' in source) return this.finishSafely(() => this.take(source.bytes));
    const response = await this.request(source);
    if (!response) return;
    if (!response.ok) {
      this.fail(failureOf(response.status));
      // The listener may have aborted it already, which makes this a rejection.
      void response.body?.cancel().catch(() => undefined);
      return;
    }
    await this.finishSafely(() => this.read(response.body!.getReader()));
  }

  /** The listener is not called afterwards. */
  abort(): void {
    this.ending.abort();
  }

  /** Bytes per second, over the last seconds. */
  get arrivingBytesPerS(): number {
    const now = performance.now();
    this.arrivals = this.arrivals.filter(({ atMs }) => now - atMs <= rateWindowMs);
    return (1000 * this.arrivals.reduce((sum, { bytes }) => sum + bytes, 0)) / rateWindowMs;
  }

  private async request(source: { url: string } | { recordId: string }): Promise<Response | null> {
    const { signal } = this.ending;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.abort();
    }, this.timeoutMs);
    try {
      if ('recordId' in source) return await this.server.get(recordingPath(source.recordId), signal);
      return await fetch(source.url, { signal });
    } catch (error) {
      const detail = late ? `no answer within ${this.timeoutMs} ms` : String(error);
      if (late || !signal.aborted) this.listener.failed({ code: 50412, detail });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.take(value);
    }
  }

  /** `work` fetches the bytes; its failure counts as the server's. */
  private async finishSafely(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.wav.pcm) this.wav.pcm.complete = true;
      return this.fail({ code: 50410, detail: `broke off: ${String(error)}` });
    }
    if (this.ending.signal.aborted) return;
    try {
      await this.finish();
    } catch (error) {
      this.fail({ code: 50412, detail: `not decoded: ${String(error)}` });
    }
  }

  private take(bytes: Uint8Array): void {
    this.arrivals.push({ atMs: performance.now(), bytes: bytes.length });
    this.pieces?.push(bytes);
    if (!this.mayBeWav) return;
    this.mayBeWav = this.wav.push(bytes);
    const { pcm } = this.wav;
    if (!pcm) return;
    this.pieces = null; // it is played as it comes
    if (pcm.frames >= (enoughMs / 1000) * pcm.rateHz) this.ready(pcm);
  }

  private async finish(): Promise<void> {
    const pcm = this.wav.pcm ?? (await decoded(joined(this.pieces ?? [])));
    pcm.complete = true;
    if (pcm.frames === 0) throw new Error('no samples');
    this.ready(pcm);
  }

  private ready(pcm: Pcm): void {
    if (this.isReady || this.ending.signal.aborted) return;
    this.isReady = true;
    this.listener.ready(pcm);
  }

  private fail(failure: LoadFailure): void {
    if (!this.ending.signal.aborted) this.listener.failed(failure);
  }
}
