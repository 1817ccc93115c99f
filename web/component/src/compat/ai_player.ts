// `aispeech.AiPlayer`: the player of 2011 and its later additions, over today's.
import { Player } from '../player/player.js';
import type { PlayerCode, PlayerSource, PlayerState, StatusEvent } from '../types.js';
import { callBack, type Callback } from './callbacks.js';
import { serverOf, signedSession } from './servers.js';

export interface AiPlayerOptions {
  id?: string;
  serverList?: string[];
  appKey?: string;
  secretKey?: string;
  onFlashLoad?: Callback;
  onError?: Callback;
  [other: string]: unknown;
}

export interface LoadOptions {
  url?: string;
  byteData?: ArrayBuffer | ArrayBufferView;
  start?: () => void;
  success?: Callback;
  error?: Callback;
}

interface PlayCallbacks {
  onStart?: Callback;
  onStop?: Callback;
}

const stateWords: Record<PlayerState, string> = {
  idle: 'player.unready',
  loading: 'player.loading',
  loaded: 'player.loaded',
  playing: 'player.playing',
  pause: 'player.pause',
  buffering: 'player.bufferring', // so spelt in 2013
};

const loadFailures = new Set([50409, 50410, 50412]);

/** rtmp://HOST/…/RECORDID.flv was a recording on the server. */
function sourceOf({ url, byteData }: LoadOptions): PlayerSource {
  const recording = /^rtmp.*\/([\w-]+)(?:\.flv)?$/i.exec(url ?? '');
  if (recording) return { recordId: recording[1]! };
  return byteData ?? (url as string);
}

export class AiPlayer {
  private readonly player: Player;
  private loading: LoadOptions = {};
  private playing: PlayCallbacks = {};

  constructor(private readonly options: AiPlayerOptions) {
    const { serverList = [], appKey, secretKey } = options;
    const server = serverList[0] === undefined ? {} : { server: serverOf(serverList[0]) };
    this.player = new Player({ ...server, getSession: signedSession(appKey, secretKey) });
    this.player.on('status', (event) => this.hear(event));
  }

  load(options: LoadOptions): void {
    const before = this.loading;
    this.loading = options;
    const answer = this.player.load(sourceOf(options));
    if (answer.code === 50004) options.start?.();
    else this.loading = before;
  }

  play(options: { position?: number; duration?: number } & PlayCallbacks = {}): void {
    const { position, duration } = options;
    const before = this.playing;
    this.playing = options;
    const answer = this.player.play({
      ...(position !== undefined && { positionMs: position }),
      ...(duration !== undefined && { durationMs: duration }),
    });
    if (answer.code !== 50004) this.playing = before;
  }

  stop({ onStop }: { onStop?: Callback } = {}): void {
    if (onStop) this.playing = { ...this.playing, onStop };
    this.player.stop();
  }

  pause(): void {
    this.player.pause();
  }

  resume(): void {
    this.player.resume();
  }

  reset(): void {
    if (this.player.state !== 'idle' && this.player.state !== 'loaded') this.player.stop();
  }

  setVolume(volume: number): void {
    this.player.setVolume(volume);
  }

  getVolume(): number {
    return this.player.volume;
  }

  getPosition(): number {
    return this.player.positionMs;
  }

  getDuration(): number {
    return this.player.durationMs ?? 0;
  }

  getPlayerStatus(): string {
    return stateWords[this.player.state];
  }

  private hear(event: StatusEvent<PlayerCode>): void {
    const { code } = event;
    if (code === 50000) return callBack(this.options.onFlashLoad, event);
    if (code === 50400) return callBack(this.loading.success, event);
    if (code === 50401) return callBack(this.playing.onStart, event);
    if (code === 50402) return callBack(this.playing.onStop, event);
    if (loadFailures.has(code)) callBack(this.loading.error, event);
    if (code >= 50408) callBack(this.options.onError, event);
  }
}
