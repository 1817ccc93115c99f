// The component's types for pages: options, calls, events. Times are milliseconds, positions are
// counted from the start of the audio.

/** The learner's message, in both languages. */
export interface Message {
  en: string;
  zh: string;
}

/** A row of the program's status table (docs/status-codes.md). */
export interface StatusInfo {
  code: number;
  family: 'kernel' | 'media' | 'client';
  symbol: string;
  message: Message;
  /** A repetition may succeed. */
  retryable: boolean;
  /** False for information that is never shown to the learner (50105, 50108). */
  forLearner: boolean;
}

/** Why the server did not take or score a recording. */
export type Refusal = StatusInfo & { detail: string };

export type RecorderState = 'init' | 'not_ready' | 'idle' | 'torecord' | 'recording' | 'replaying';
export type PlayerState = 'idle' | 'loading' | 'loaded' | 'playing' | 'pause' | 'buffering';

/** The browser's actual processing of the microphone's signal (MediaStreamTrack.getSettings()). */
export interface MicrophoneSettings {
  label: string;
  deviceId?: string;
  sampleRateHz: number;
  channels?: number;
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
}

/** A score request for the server (docs/answers.md): refText, coreType, rank, … */
export interface ScoreRequest {
  refText?: string;
  coreType?: string;
  tokenId?: string;
  userId?: string;
  [field: string]: unknown;
}

/** The object `result` of an answer. Its fields depend on the coreType (docs/answers.md). */
export type ScoreResult = Record<string, unknown> & { overall?: number | string };

/** The server's answer to a recording. It has `result`, or `errID` and `error`, never both. */
export interface Envelope {
  recordId: string;
  tokenId?: string;
  userId?: string;
  applicationId?: string;
  audioUrl?: string;
  ts?: number;
  params?: Record<string, unknown>;
  eof: 0 | 1;
  result?: ScoreResult;
  errID?: number;
  error?: string;
  [field: string]: unknown;
}

export type StopType = 'auto' | 'manual';

/** Why a recording ended by itself. */
export type StopReason =
  | 'manual' // stop()
  | 'length' // maxDurationMs, or the server's longest recording of the coreType
  | 'silence' // vad: the speech has ended
  | 'connection' // it broke before the recording had begun
  | 'microphone' // the microphone was lost; the speech until then is sent
  | 'refused'; // the server refused the recording while it arrived; 50200 has the reason

/** The details of each code beside code, symbol and message. */
export interface CodeDetails {
  50000: object;
  50001: { settings: MicrophoneSettings };
  50002: { reason: 'refused' | 'revoked' | 'lost' };
  /**
   * `hint` names the cause: the page is not on https or localhost, there is no device, the page's policy forbids the
   * audio thread's code, or its file (workletUrl) cannot be loaded now.
   */
  50003: {
    reason: 'none-found' | 'insecure-page' | 'unsupported' | 'unusable' | 'policy' | 'unreachable';
    hint: Message;
  };
  /** A call was accepted. */
  50004: { call: string };
  50100: { server: string; attempt: number };
  /** `retryInMs` null: no further attempt until reconnect(). */
  50101: { detail: string; attempt: number; retryInMs: number | null };
  50102: { detail: string; errID?: number; retryInMs: null };
  50103: { detail: string; retryInMs: number | null };
  50104: { detail: string; attempt: number; retryInMs: number | null };
  50105: { online: boolean };
  50106: { call: string };
  /**
   * `latencyMs`: round trip. `unsentBytes`: audio that waits for the network. `sentBytesPerS`: since the last figures.
   */
  50108: { latencyMs: number; unsentBytes: number; sentBytesPerS: number };
  /** `refusal` replaces `envelope.result` when the recording was not scored. */
  50200: {
    recordId: string;
    tokenId: string;
    envelope: Envelope;
    result?: ScoreResult;
    refusal?: Refusal;
    /** It came after 50201. */
    late: boolean;
  };
  50201: { recordId: string; tokenId: string };
  /** `durationMs` 0: nothing was recorded, and no result follows. */
  50300: {
    recordId: string;
    tokenId: string;
    stopType: StopType;
    reason: StopReason;
    durationMs: number;
  };
  50301: { recordId: string; tokenId: string };
  50302: { recordId: string; stopType: StopType; positionMs: number };
  50303: { recordId: string; startMs: number; stopMs: number };
  /**
   * `replaces`: the connection broke, and the recording continues under a new id. Both ids are valid
   * everywhere in the component; `tokenId` stays the same.
   */
  50304: { recordId: string; tokenId: string; replaces?: string };
  50351: { call: 'start'; parameter: string; detail: string };
  50352: { call: 'replay'; parameter: string; detail: string };
  50353: { call: string; status: `status.invalid:${RecorderState}` };
  /** `durationMs` null: not known yet (the server has not sent the length). */
  50400: { source: string; durationMs: number | null };
  50401: { positionMs: number };
  50402: { positionMs: number; stopType: StopType };
  50403: { positionMs: number };
  50404: { positionMs: number };
  50405: { positionMs: number };
  50406: { positionMs: number };
  50407: { positionMs: number };
  50408: { positionMs: number; detail: string };
  50409: { source: string; httpStatus: number };
  50410: { source: string; httpStatus?: number; detail: string };
  /** Bytes per second: the recent rate of arrival, and the rate of playing. */
  50411: { arrivingBytesPerS: number; neededBytesPerS: number };
  50412: { source: string; detail: string; httpStatus?: number };
  50413: { call: string };
  50450: { call: 'play'; parameter: string; detail: string };
  50451: { call: 'load'; parameter: string; detail: string };
  50452: { call: 'setVolume'; parameter: string; detail: string };
  50453: { parameter: string; detail: string };
  50454: { call: string; status: `status.invalid:${PlayerState}` };
}

export type ClientCode = keyof CodeDetails;

/** A coded event. Kinds with the same code have the same details. */
export type StatusEvent<C extends ClientCode = ClientCode> = {
  [K in C]: { code: K; symbol: string; message: Message; forLearner: boolean } & CodeDetails[K];
}[C];

// prettier-ignore
export type RecorderCode =
  | 50000 | 50001 | 50002 | 50003 | 50004
  | 50100 | 50101 | 50102 | 50103 | 50104 | 50105 | 50106 | 50108
  | 50200 | 50201 | 50300 | 50301 | 50302 | 50303 | 50304 | 50351 | 50352 | 50353;

// prettier-ignore
export type PlayerCode =
  | 50000 | 50004
  | 50400 | 50401 | 50402 | 50403 | 50404 | 50405 | 50406 | 50407 | 50408 | 50409
  | 50410 | 50411 | 50412 | 50413 | 50450 | 50451 | 50452 | 50454;

/** Ten times per second while the microphone is open. */
export interface Level {
  rmsDbfs: number;
  peakDbfs: number;
  /** 0 (silence, -60 dBFS and below) to 1 (full scale), for a meter. */
  meter: number;
  clipped: boolean;
}

/**
 * The one event map: a code, or one of the names. 'status' gets every coded event.
 *
 *   recorder.on(50200, (event) => show(event.result));
 *   recorder.on('status', (event) => log(event.code, event.symbol));
 */
export type RecorderEvents = { [C in RecorderCode]: StatusEvent<C> } & {
  status: StatusEvent<RecorderCode>;
  state: { state: RecorderState; before: RecorderState };
  level: Level;
  /**
   * The server cannot take a recording now: it is starting (40051), busy (503) or has no room (40002). The
   * samples are kept, recording continues, and everything is sent again in `retryInMs`. `recordId` may be ''.
   */
  held: { recordId: string; tokenId: string; refusal: Refusal; retryInMs: number };
  /** A result of a running recording (eof 0). */
  partial: { recordId: string; tokenId: string; envelope: Envelope };
};

export type PlayerEvents = { [C in PlayerCode]: StatusEvent<C> } & {
  status: StatusEvent<PlayerCode>;
  state: { state: PlayerState; before: PlayerState };
};

/** The immediate answer of a call: 50004 accepted, or the code of its refusal. */
export type RecorderAnswer = StatusEvent<50004 | 50106 | 50351 | 50352 | 50353>;
export type PlayerAnswer = StatusEvent<50004 | 50408 | 50413 | 50450 | 50451 | 50452 | 50454>;

/** The user's token, or a signature for the server; null: not needed. */
export type Session = string | { applicationId: string; sig: string; timestamp: string; userId?: string } | null;
export type GetSession = () => Session | Promise<Session>;

export interface RecorderOptions {
  /** "http(s)://HOST[:PORT]" or "ws(s)://…"; default: where the page comes from. */
  server?: string;
  /** Asked before every connection. Not needed on an open server. */
  getSession?: GetSession;
  /** Longest wait for a result after the recording has stopped; default 60000. */
  coreTimeoutMs?: number;
  /** Longest wait for the server to answer a connection; default 10000. */
  connectTimeoutMs?: number;
  /** A connection without an answer for so long is closed; default 10000. */
  silenceTimeoutMs?: number;
  /** First and longest pause between two attempts to connect; default 500 and 15000. */
  reconnectMinMs?: number;
  reconnectMaxMs?: number;
  /** Time after its end in which a recording that the server could not take is sent again; default 300000. */
  resendTimeoutMs?: number;
  /** The browser's changes to the signal; all off by default. */
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
  /** A microphone of enumerateDevices(); default: the browser's choice. */
  deviceId?: string;
  /** The factor of the samples, 0 to 1; default 1. */
  microphoneVolume?: number;
  /** 0 to 1; default 0.5. */
  dingVolume?: number;
  /** 0 to 1; default 1. */
  replayVolume?: number;
  /** The address of '@saywell/component/worklet', for pages whose CSP forbids blob: scripts. */
  workletUrl?: string;
}

export interface StartOptions {
  request: ScoreRequest;
  /** The recording stops by itself then; default and most 180000. The server's limit counts too. */
  maxDurationMs?: number;
  /** A short tone before the recording; default true. */
  playDing?: boolean;
  /** Stops by itself when the speech has ended; true: after the server's configured silence. */
  vad?: boolean | { silenceMs: number };
}

export interface ReplayOptions {
  /** Default: the last recording. */
  recordId?: string;
  startMs?: number;
  stopMs?: number;
}

export interface PlayerOptions {
  /** For record ids; default: where the page comes from. */
  server?: string;
  getSession?: GetSession;
  /** 0 to 1; default 1. */
  volume?: number;
  /** Longest wait for the first byte; default 10000. */
  loadTimeoutMs?: number;
}

/** An address, a recording of the server, or the bytes of any audio file the browser decodes. */
export type PlayerSource = string | { url: string } | { recordId: string } | ArrayBuffer | ArrayBufferView;

export interface PlayOptions {
  positionMs?: number;
  durationMs?: number;
}
