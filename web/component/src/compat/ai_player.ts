// `aispeech.AiPlayer`: the player of 2011 and its later additions, over today's.
import { Player } from '../player/player.js';
import { statusEvent } from '../status.js';
import type { GetSession, PlayerCode, PlayerSource, PlayerState, StatusEvent } from '../types.js';
import { callBack, type Callback } from './callbacks.js';
import { serverOf, sessionKey, signedSession } from './servers.js';

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

/** The text to speak. `ttsUrl`, `coreType` and `resource` chose the speech service of that time. */
export interface SynthOptions {
  text: string;
  lang?: string;
  applicationId?: string;
  ttsUrl?: string;
  coreType?: string;
  resource?: string;
  onGetSessionSuccess?: (session: string) => void;
  onPlayStop?: Callback;
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

function synthMistake(text: unknown, lang: string | undefined): { parameter: string; detail: string } | null {
  if (typeof text !== 'string' || text.trim() === '') return { parameter: 'text', detail: 'synth.text: missing' };
  if (lang === undefined || /^en/i.test(lang)) return null;
  return { parameter: 'lang', detail: `synth.lang: "en" is expected, not "${lang}"` };
}

export class AiPlayer {
  private readonly player: Player;
  private loading: LoadOptions = {};
  private playing: PlayCallbacks = {};

  private readonly server: string;
  private readonly getSession: GetSession;

  constructor(private readonly options: AiPlayerOptions) {
    const { serverList = [], appKey, secretKey } = options;
    this.server = serverOf(serverList[0] ?? location.origin);
    this.getSession = signedSession(appKey, secretKey);
    this.player = new Player({ server: this.server, getSession: this.getSession });
    this.player.on('status', (event) => this.hear(event));
  }

  load(options: LoadOptions): void {
    const before = this.loading;
    this.loading = options;
    const answer = this.player.load(sourceOf(options));
    if (answer.code === 50004) options.start?.();
    else this.loading = before;
  }

  /** Speaks an English text in the server's voice. Texts of other languages are refused (50451). */
  async synth({ text, lang, onGetSessionSuccess, onPlayStop }: SynthOptions): Promise<void> {
    const refusal = synthMistake(text, lang);
    if (refusal) return callBack(this.options.onError, statusEvent(50451, { call: 'load', ...refusal }));
    try {
      const session = await sessionKey(this.server, this.getSession);
      onGetSessionSuccess?.(session ?? '');
      const query = new URLSearchParams({ text, ...(session !== null && { token: session }) });
      const url = `${this.server}/v1/speech?${query.toString()}`;
      this.load({ url, success: () => this.play(onPlayStop ? { onStop: onPlayStop } : {}) });
    } catch (error) {
      const details = { source: text, detail: String(error) };
      callBack(this.options.onError, statusEvent(50412, details));
    }
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
