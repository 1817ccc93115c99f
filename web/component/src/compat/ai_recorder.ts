// `aispeech.AiRecorder`: the recorder of 2011 and its later additions, over today's.
import { Recorder } from '../recorder/recorder.js';
import { statusEvent } from '../status.js';
import type { Envelope, RecorderAnswer, RecorderCode, RecorderOptions, RecorderState, StatusEvent } from '../types.js';
import { callBack, type Callback } from './callbacks.js';
import { withLetters } from './letters.js';
import { serverOf, signedSession } from './servers.js';
import { requestOf, type ServerParams } from './speech_resource.js';
import { VolumeBar } from './volume_bar.js';

export interface AiRecorderOptions {
  id?: string;
  serverList?: string[];
  appKey?: string;
  secretKey?: string;
  showFlash?: boolean;
  height?: number | string;
  width?: number | string;
  coreTimeout?: number;
  userId?: string;
  onFlashLoad?: Callback;
  onConnectorStatusChange?: Callback;
  onMicStatusChange?: Callback;
  onError?: Callback;
  [other: string]: unknown;
}

export interface RecordOptions {
  duration?: number;
  playNotifyAudio?: boolean;
  serverParams?: ServerParams;
  onRecordIdGenerated?: Callback;
  onStart?: Callback;
  onStop?: Callback;
  onScore?: (data: Scores) => void;
  /** A result of a running recording; the message is the answer. */
  onInternalScore?: (code: number, message: Envelope) => void;
}

/** Record id -> answer. */
export type Scores = Record<string, Envelope>;

const stateWords: Record<RecorderState, string> = {
  init: 'recorder.not.ready',
  not_ready: 'recorder.not.ready',
  idle: 'recorder.idle',
  torecord: 'recorder.waiting.to.start.recording',
  recording: 'recorder.recording',
  replaying: 'recorder.replaying',
};

const microphoneCodes = new Set([50001, 50002, 50003]);
const lookMs = 200;

export class AiRecorder {
  private readonly recorder: Recorder;
  private readonly bar: VolumeBar;
  private readonly answers = new Map<string, Envelope>();
  private readonly looks = new Set<ReturnType<typeof setInterval>>();
  private recording: RecordOptions = {};
  private replay: { onStart?: Callback; onStop?: Callback } = {};
  private lastId = '';
  private activity = 0;
  private network = { latencyMs: 0, sentBytesPerS: 0 };
  private waiting = 0;

  constructor(private readonly options: AiRecorderOptions) {
    const { serverList = [], appKey, secretKey, coreTimeout, id = '', width, height } = options;
    const given: RecorderOptions = { getSession: signedSession(appKey, secretKey) };
    if (serverList[0] !== undefined) given.server = serverOf(serverList[0]);
    if (coreTimeout !== undefined) given.coreTimeoutMs = coreTimeout;
    this.bar = new VolumeBar(document.getElementById(id), width, height);
    if (options.showFlash === false) this.bar.setShown(false);
    this.recorder = new Recorder(given);
    this.recorder.on('status', (event) => this.hear(event));
    this.recorder.on('level', (level) => {
      this.bar.level = level;
      this.activity = Math.round(100 * level.meter);
    });
    this.recorder.on('partial', ({ envelope }) => this.recording.onInternalScore?.(50200, this.asOf2011(envelope)));
  }

  /** Loaded, connected, and the microphone allowed. */
  get canRecord(): boolean {
    return this.recorder.connected && this.recorder.microphone !== null;
  }

  record(options: RecordOptions): void {
    const { duration, playNotifyAudio = true, serverParams = {} } = options;
    const request = requestOf(serverParams);
    if (request['userId'] === undefined && this.options.userId !== undefined) request['userId'] = this.options.userId;
    const length = duration === undefined ? {} : { maxDurationMs: duration };
    const before = this.recording;
    this.recording = options; // its id may come before start() returns
    const answer = this.recorder.start({ request, playDing: playNotifyAudio, ...length });
    if (answer.code !== 50004) this.recording = before;
  }

  /** `onStop` is called instead of the recording's own. */
  stop({ onStop }: { onStop?: Callback } = {}): void {
    if (onStop) this.recording = { ...this.recording, onStop };
    this.recorder.stop();
  }

  getLastRecordId(): string {
    return this.lastId;
  }

  /** Looks every 200 ms until each of the recordings has an answer; one of errID 50201 after coreTimeout. */
  getScores({ recordId, success }: { recordId: string | string[]; success: (data: Scores) => void }): void {
    const ids = Array.isArray(recordId) ? recordId : [recordId];
    const giveUpMs = performance.now() + (this.options.coreTimeout ?? 60000);
    const look = setInterval(() => {
      const late = performance.now() > giveUpMs;
      if (!late && !ids.every((id) => this.answers.has(id))) return;
      clearInterval(look);
      this.looks.delete(look);
      success(Object.fromEntries(ids.map((id) => [id, this.answers.get(id) ?? noAnswer(id)])));
    }, lookMs);
    this.looks.add(look);
  }

  startReplay(
    options: { recordId?: string; startPos?: number; stopPos?: number; onStart?: Callback; onStop?: Callback } = {},
  ): void {
    const { recordId, startPos, stopPos } = options;
    const before = this.replay;
    this.replay = options;
    const answer = this.recorder.replay({
      ...(recordId !== undefined && { recordId }),
      ...(startPos !== undefined && { startMs: startPos }),
      ...(stopPos !== undefined && { stopMs: stopPos }),
    });
    if (answer.code !== 50004) this.replay = before;
  }

  stopReplay({ onStop }: { onStop?: Callback } = {}): RecorderAnswer {
    if (onStop) this.replay = { ...this.replay, onStop };
    return this.recorder.stopReplay();
  }

  /** Back to the state in which a recording can be started. */
  reset(): void {
    if (this.recorder.state === 'recording' || this.recorder.state === 'torecord') this.recorder.stop();
    if (this.recorder.state === 'replaying') this.recorder.stopReplay();
  }

  reconnect(): void {
    this.recorder.reconnect();
  }

  /** Ends it altogether: microphone, connection, and the meter in the page. */
  async disconnect(): Promise<void> {
    for (const look of this.looks) clearInterval(look);
    this.looks.clear();
    this.bar.remove();
    await this.recorder.close();
  }

  getState() {
    const server = serverOf(this.options.serverList?.[0] ?? location.origin);
    const { latencyMs: latency, sentBytesPerS: throughput } = this.network;
    return { connection: { uri: server, latency, throughput }, recorder: this.getRecorderStatus() };
  }

  getMicStatus(): string {
    return this.recorder.microphone ? 'microphone.ready' : 'microphone.not.ready';
  }

  getRecorderStatus(): string {
    return stateWords[this.recorder.state];
  }

  getConnectorStatus(): string {
    if (this.recorder.connected) return 'connection.connected';
    return this.recorder.state === 'init' ? 'connection.not.ready' : 'connection.disconnected';
  }

  getCoreRequesterStatus(): string {
    if (!this.recorder.connected) return 'corerequester.not.ready';
    return this.waiting > 0 ? 'corerequester.requesting' : 'corerequester.idle';
  }

  getMicActivityLevel(): number {
    return this.activity;
  }

  setNotifyAudioVolume(volume: number): void {
    this.recorder.dingVolume = volume;
  }

  getNotifyAudioVolume(): number {
    return this.recorder.dingVolume;
  }

  setMicVolume(volume: number): void {
    this.recorder.microphoneVolume = volume;
  }

  getMicVolume(): number {
    return this.recorder.microphoneVolume;
  }

  setVolume(volume: number): void {
    this.recorder.replayVolume = volume;
  }

  getVolume(): number {
    return this.recorder.replayVolume;
  }

  transparentFlash(): void {
    this.bar.setOpacity(0);
  }

  showFlash(): void {
    this.bar.setShown(true);
    this.bar.setOpacity(1);
  }

  hideFlash(): void {
    this.bar.setShown(false);
  }

  showVolumeBar(): void {
    this.bar.setMeterShown(true);
  }

  hideVolumeBar(): void {
    this.bar.setMeterShown(false);
  }

  private hear(event: StatusEvent<RecorderCode>): void {
    const { code } = event;
    if (code === 50000) return callBack(this.options.onFlashLoad, event);
    if (microphoneCodes.has(code)) return callBack(this.options.onMicStatusChange, event);
    if (code === 50106 || (code > 50350 && code < 50400)) return callBack(this.options.onError, event);
    if (code >= 50100 && code < 50200) {
      if (code === 50108) this.network = event;
      return callBack(this.options.onConnectorStatusChange, event);
    }
    this.hearRecording(event);
  }

  private hearRecording(event: StatusEvent<RecorderCode>): void {
    switch (event.code) {
      case 50304:
        this.lastId = event.recordId;
        return callBack(this.recording.onRecordIdGenerated, event);
      case 50301:
        return callBack(this.recording.onStart, event);
      case 50300:
        if (event.durationMs > 0) ++this.waiting;
        return callBack(this.recording.onStop, event);
      case 50303:
        return callBack(this.replay.onStart, event);
      case 50302:
        return callBack(this.replay.onStop, event);
      case 50200:
        return this.hearAnswer(event.recordId, event.envelope);
      case 50201:
        return this.hearAnswer(event.recordId, noAnswer(event.recordId));
    }
  }

  private hearAnswer(recordId: string, envelope: Envelope): void {
    this.waiting = Math.max(0, this.waiting - 1);
    const answer = this.asOf2011(envelope);
    // A recording that continued under a new id is known by both.
    for (const [id, known] of this.recorder.results) if (known === envelope) this.answers.set(id, answer);
    this.answers.set(recordId, answer);
    this.recording.onScore?.({ [recordId]: answer });
  }

  private asOf2011(envelope: Envelope): Envelope {
    if (envelope.result?.['rank'] !== 4) return envelope;
    return { ...envelope, result: withLetters(envelope.result) as NonNullable<Envelope['result']> };
  }
}

/** The answer that the page makes itself. */
function noAnswer(recordId: string): Envelope {
  return { recordId, eof: 1, errID: 50201, error: statusEvent(50201, { recordId, tokenId: '' }).message.en };
}
