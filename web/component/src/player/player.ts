import { sourceName, Loader, type AudioSource, type LoadFailure } from '../audio/loader.js';
import { Playback } from '../audio/playback.js';
import type { Pcm } from '../audio/pcm.js';
import type { PlayerCalls } from '../interfaces.js';
import { Listeners } from '../listeners.js';
import { aFunction, aNumber, aText, checkedOptions, findMistake, isPlainObject, shown } from '../options.js';
import { aServer, pageServer, serverAddress } from '../server_address.js';
import { ServerFetch } from '../server_fetch.js';
import { statusEvent } from '../status.js';
import type {
  CodeDetails,
  PlayerAnswer,
  PlayerCode,
  PlayerEvents,
  PlayerOptions,
  PlayerSource,
  PlayerState,
  PlayOptions,
  StatusEvent,
} from '../types.js';
import { movePlayer, type PlayerCall, type PlayerInput } from './machine.js';

const optionChecks = {
  server: aServer,
  getSession: aFunction,
  volume: aNumber(0, 1),
  loadTimeoutMs: aNumber(1),
};
const playChecks = { positionMs: aNumber(0), durationMs: aNumber(Number.MIN_VALUE) };

/** Null: no source. */
function readSource(source: unknown): AudioSource | null {
  if (source instanceof ArrayBuffer) return readSource(new Uint8Array(source));
  if (ArrayBuffer.isView(source)) {
    const bytes = new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
    return bytes.length > 0 ? { bytes } : null;
  }
  if (typeof source === 'string') return source === '' ? null : { url: source };
  if (!isPlainObject(source) || Object.keys(source).length !== 1) return null;
  if (aText(source['url']) === null) return { url: source['url'] as string };
  return aText(source['recordId']) === null ? { recordId: source['recordId'] as string } : null;
}

/** See PlayerCalls. */
export class Player implements PlayerCalls {
  private readonly listeners = new Listeners<PlayerEvents>();
  private readonly server: ServerFetch;
  private readonly loadTimeoutMs: number;
  private now: PlayerState = 'idle';
  private loudness: number;
  private source = '';
  private loader: Loader | null = null;
  private playback: Playback | null = null;
  private pcm: Pcm | null = null;
  private closing = Promise.resolve();

  constructor(options: PlayerOptions = {}) {
    const checked = checkedOptions<PlayerOptions, { volume: number; loadTimeoutMs: number }>(
      'Player',
      options,
      optionChecks,
      { volume: 1, loadTimeoutMs: 10000 },
      50453,
    );
    this.server = new ServerFetch(
      serverAddress(checked.server ?? pageServer())!.http,
      checked.getSession ?? (() => null),
    );
    this.loudness = checked.volume;
    this.loadTimeoutMs = checked.loadTimeoutMs;
    queueMicrotask(() => this.report(50000, {}));
  }

  get state(): PlayerState {
    return this.now;
  }

  get positionMs(): number {
    return this.playback?.positionMs ?? 0;
  }

  get durationMs(): number | null {
    return this.pcm?.durationMs ?? null;
  }

  get volume(): number {
    return this.loudness;
  }

  on<K extends keyof PlayerEvents>(name: K, listener: (event: PlayerEvents[K]) => void): () => void {
    return this.listeners.on(name, listener);
  }

  off<K extends keyof PlayerEvents>(name: K, listener: (event: PlayerEvents[K]) => void): void {
    this.listeners.off(name, listener);
  }

  load(source: PlayerSource): PlayerAnswer {
    const refused = this.refuse('load');
    if (refused) return refused;
    const read = readSource(source);
    if (!read) {
      const detail = `load: an address, {url}, {recordId} or bytes are expected, not ${shown(source)}`;
      return this.report(50451, { call: 'load', parameter: 'source', detail });
    }
    this.unload();
    this.source = sourceName(read);
    return this.accept('load', () => this.begin(read));
  }

  play(options: PlayOptions = {}): PlayerAnswer {
    const refused = this.refuse('play');
    if (refused) return refused;
    const { durationMs } = this;
    const mistake = findMistake('play', options, playChecks);
    if (mistake) return this.report(50450, { call: 'play', ...mistake });
    const { positionMs = 0 } = options;
    if (durationMs !== null && positionMs >= durationMs) {
      const detail = `play.positionMs: the audio ends at ${durationMs} ms, before ${positionMs} ms`;
      return this.report(50450, { call: 'play', parameter: 'positionMs', detail });
    }
    const untilMs = options.durationMs === undefined ? null : positionMs + options.durationMs;
    return this.accept('play', () => {
      this.report(50401, { positionMs });
      this.playback!.play(positionMs, untilMs);
    });
  }

  pause(): PlayerAnswer {
    return (
      this.refuse('pause') ??
      this.accept('pause', () => {
        this.playback!.halt();
        this.report(50405, { positionMs: this.positionMs });
      })
    );
  }

  resume(): PlayerAnswer {
    return (
      this.refuse('resume') ??
      this.accept('resume', () => {
        this.report(50406, { positionMs: this.positionMs });
        this.playback!.resume();
      })
    );
  }

  seek(positionMs: number): PlayerAnswer {
    const refused = this.refuse('seek');
    if (refused) return refused;
    const arrivedMs = (this.pcm!.frames / this.pcm!.rateHz) * 1000;
    const isNumber = typeof positionMs === 'number' && positionMs >= 0;
    if (!isNumber || positionMs >= arrivedMs) {
      const what = isNumber ? `${arrivedMs} ms are loaded` : 'a number, at least 0, is expected';
      return this.report(50408, { positionMs, detail: `seek: ${what}, not ${shown(positionMs)}` });
    }
    return this.accept('seek', () => {
      this.playback!.seek(positionMs);
      this.report(50407, { positionMs });
    });
  }

  stop(): PlayerAnswer {
    return (
      this.refuse('stop') ??
      this.accept('stop', (before) => {
        if (before === 'loading') return this.unload();
        const { positionMs } = this;
        this.playback!.halt();
        this.report(50402, { positionMs, stopType: 'manual' });
      })
    );
  }

  setVolume(volume: number): PlayerAnswer {
    if (aNumber(0, 1)(volume)) {
      const detail = `setVolume: a number from 0 to 1 is expected, not ${shown(volume)}`;
      return this.report(50452, { call: 'setVolume', parameter: 'volume', detail });
    }
    this.loudness = volume;
    if (this.playback) this.playback.volume = volume;
    return this.report(50004, { call: 'setVolume' });
  }

  async close(): Promise<void> {
    this.listeners.clear();
    this.unload();
    this.now = 'idle';
    await this.closing;
  }

  private begin(source: AudioSource): void {
    const loader = new Loader(this.server, this.loadTimeoutMs, {
      ready: (pcm) => this.ready(pcm),
      failed: (failure) => this.failed(failure),
    });
    this.loader = loader;
    void loader.load(source);
  }

  private ready(pcm: Pcm): void {
    this.pcm = pcm;
    const listener = {
      ended: () => this.ended(),
      starved: () => this.starved(),
      fed: () => this.happened('fed', () => this.report(50404, { positionMs: this.positionMs })),
    };
    this.playback = new Playback(pcm, listener, this.loudness);
    this.happened('loadSucceeded', () => this.report(50400, { source: this.source, durationMs: pcm.durationMs }));
  }

  private failed(failure: LoadFailure): void {
    const { code, ...details } = failure;
    const report = () => {
      if (code === 50409) {
        this.report(code, { source: this.source, httpStatus: details.httpStatus! });
      } else {
        this.report(code, { source: this.source, ...details });
      }
    };
    this.happened('loadFailed', report);
  }

  private ended(): void {
    const { positionMs } = this;
    this.happened('ended', () => this.report(50402, { positionMs, stopType: 'auto' }));
  }

  private starved(): void {
    this.happened('starved', () => this.report(50403, { positionMs: this.positionMs }));
    const neededBytesPerS = this.pcm!.rateHz * this.pcm!.channelCount * 2;
    const { arrivingBytesPerS } = this.loader!;
    if (arrivingBytesPerS < neededBytesPerS) this.report(50411, { arrivingBytesPerS, neededBytesPerS });
  }

  private unload(): void {
    this.loader?.abort();
    const { playback } = this;
    if (playback) this.closing = this.closing.then(() => playback.close());
    this.loader = this.playback = this.pcm = null;
  }

  /** Refuses a call in this state. */
  private refuse(call: PlayerCall): PlayerAnswer | null {
    if (movePlayer(this.now, call) !== null) return null;
    if (this.now === 'idle' && (call === 'play' || call === 'seek')) return this.report(50413, { call });
    return this.report(50454, { call, status: `status.invalid:${this.now}` });
  }

  private accept(call: PlayerCall, then: (before: PlayerState) => void): PlayerAnswer {
    const answer = this.report(50004, { call });
    const before = this.now;
    this.enter(movePlayer(before, call)!);
    then(before);
    return answer;
  }

  private happened(input: PlayerInput, report: () => void): void {
    this.enter(movePlayer(this.now, input)!);
    report();
  }

  private enter(state: PlayerState): void {
    const before = this.now;
    this.now = state;
    if (state !== before) this.listeners.emit('state', { state, before });
  }

  private report<C extends PlayerCode>(code: C, details: CodeDetails[C]): StatusEvent<C> {
    const event = statusEvent(code, details);
    this.listeners.emit(code, event as never);
    this.listeners.emit('status', event as PlayerEvents['status']);
    return event;
  }
}
