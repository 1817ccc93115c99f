// The calls of Recorder and Player. Every call answers at once: the event it raised, 50004 or a refusal.
import type {
  Envelope,
  MicrophoneSettings,
  PlayerAnswer,
  PlayerEvents,
  PlayerSource,
  PlayerState,
  PlayOptions,
  RecorderAnswer,
  RecorderEvents,
  RecorderState,
  ReplayOptions,
  StartOptions,
} from './types.js';

/** Listeners by name of the event. */
export interface Listening<Events> {
  /** Returns a function that removes the listener. */
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void;
  off<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): void;
}

/** 16-bit samples, one channel. */
export interface RecordedAudio {
  recordId: string;
  sampleRateHz: 16000;
  samples: Int16Array;
}

/**
 * From the microphone to the server's results.
 *
 * `new Recorder(options)` asks for the microphone and connects; both and 50000 are reported by events,
 * the first of them after the constructor has returned. Wrong options throw an OptionError.
 */
export interface RecorderCalls extends Listening<RecorderEvents> {
  readonly state: RecorderState;
  /** Null without a microphone. */
  readonly microphone: MicrophoneSettings | null;
  readonly connected: boolean;
  /** 0 to 1, as in the options; another value throws an OptionError. */
  microphoneVolume: number;
  dingVolume: number;
  replayVolume: number;
  /** Record id -> answer; the last 50. */
  readonly results: ReadonlyMap<string, Envelope>;
  readonly lastRecordId: string | null;
  /** Of the current recording, or the last one. */
  readonly recordedMs: number;
  /** The last recording, until the next start; null when there is none, or it has another id. */
  audio(recordId?: string): RecordedAudio | null;
  start(options: StartOptions): RecorderAnswer;
  stop(): RecorderAnswer;
  replay(options?: ReplayOptions): RecorderAnswer;
  stopReplay(): RecorderAnswer;
  /** Connects and asks for the microphone at once, if either is missing. */
  reconnect(): void;
  /** Releases microphone, connection and listeners. No event comes afterwards. */
  close(): Promise<void>;
}

/** Plays an address, a recording of the server, or bytes. `new Player(options)` */
export interface PlayerCalls extends Listening<PlayerEvents> {
  readonly state: PlayerState;
  readonly positionMs: number;
  /** Null when nothing is loaded, or the length is not known yet. */
  readonly durationMs: number | null;
  readonly volume: number;
  load(source: PlayerSource): PlayerAnswer;
  play(options?: PlayOptions): PlayerAnswer;
  pause(): PlayerAnswer;
  resume(): PlayerAnswer;
  seek(positionMs: number): PlayerAnswer;
  stop(): PlayerAnswer;
  setVolume(volume: number): PlayerAnswer;
  close(): Promise<void>;
}
