import type { RecordedAudio, RecorderCalls } from '../interfaces.js';
import { Listeners } from '../listeners.js';
import { serverAddress } from '../server_address.js';
import { ServerFetch } from '../server_fetch.js';
import { describeStatus, statusEvent } from '../status.js';
import { Timers } from '../timers.js';
import type {
  CodeDetails,
  Envelope,
  MicrophoneSettings,
  RecorderAnswer,
  RecorderCode,
  RecorderEvents,
  RecorderOptions,
  RecorderState,
  Refusal,
  ReplayOptions,
  StartOptions,
  StatusEvent,
  StopReason,
} from '../types.js';
import { Connection, type Loss } from './connection.js';
import { playDing } from './ding.js';
import { LevelMeter } from './level_meter.js';
import { initialRecorder, moveRecorder, type RecorderCall, type RecorderInput } from './machine.js';
import { Microphone } from './microphone.js';
import { checkedVolume, recorderOptions, replayMistake, startMistake } from './recorder_options.js';
import { Replay } from './replay.js';
import { recordingRateHz } from './resampler.js';
import { startCommand } from './start_command.js';
import { Take } from './take.js';
import { Upload } from './upload.js';
import { Uploads } from './uploads.js';

const keptResults = 50;
const badParameter = 40031;

function refusalOf({ errID = 0, error = '' }: Envelope): Refusal {
  return { ...describeStatus(errID), detail: error };
}

/** See RecorderCalls. */
export class Recorder implements RecorderCalls {
  readonly results = new Map<string, Envelope>();
  private readonly options;
  private readonly listeners = new Listeners<RecorderEvents>();
  private readonly server: ServerFetch;
  private readonly microphonePart: Microphone;
  private readonly connection: Connection;
  private readonly uploads: Uploads;
  private readonly coreTimers = new Timers<string>();
  private readonly page = new AbortController();
  private machine = initialRecorder;
  private settings: MicrophoneSettings | null = null;
  /** Its file could not be loaded: the next connection tries again. */
  private workletIsMissing = false;
  private meter: LevelMeter | null = null;
  /** The recording that was started and has not stopped. */
  private take: Take | null = null;
  /** The one that was stopped, and whose last samples are on their way from the audio thread. */
  private closing: Take | null = null;
  private lastUpload: Upload | null = null;
  private replaying: Replay | null = null;
  private replayedId = '';

  constructor(options: RecorderOptions = {}) {
    this.options = recorderOptions(options);
    const { server, getSession } = this.options;
    const address = serverAddress(server)!;
    this.server = new ServerFetch(address.http, getSession);
    this.connection = new Connection({ ...this.options, streamUrl: address.stream }, this.connectionListener());
    this.uploads = new Uploads(this.connection, this.server, this.uploadsListener(), this.options);
    this.microphonePart = new Microphone(this.options, this.microphoneListener());
    queueMicrotask(() => this.begin());
  }

  get state(): RecorderState {
    return this.machine.state;
  }

  get microphone(): MicrophoneSettings | null {
    return this.settings;
  }

  get connected(): boolean {
    return this.machine.server;
  }

  get lastRecordId(): string | null {
    return this.lastUpload?.recordId || null;
  }

  get recordedMs(): number {
    return ((this.lastUpload?.samples.length ?? 0) / recordingRateHz) * 1000;
  }

  get microphoneVolume(): number {
    return this.options.microphoneVolume;
  }

  set microphoneVolume(volume: number) {
    this.microphonePart.volume = checkedVolume('microphoneVolume', volume);
  }

  get dingVolume(): number {
    return this.options.dingVolume;
  }

  set dingVolume(volume: number) {
    this.options.dingVolume = checkedVolume('dingVolume', volume);
  }

  get replayVolume(): number {
    return this.options.replayVolume;
  }

  set replayVolume(volume: number) {
    this.options.replayVolume = checkedVolume('replayVolume', volume);
    if (this.replaying) this.replaying.volume = volume;
  }

  on<K extends keyof RecorderEvents>(name: K, listener: (event: RecorderEvents[K]) => void): () => void {
    return this.listeners.on(name, listener);
  }

  off<K extends keyof RecorderEvents>(name: K, listener: (event: RecorderEvents[K]) => void): void {
    this.listeners.off(name, listener);
  }

  audio(recordId?: string): RecordedAudio | null {
    const upload = this.lastUpload;
    if (!upload || upload.recordId === '') return null;
    if (recordId !== undefined && !upload.recordIds.includes(recordId)) return null;
    return { recordId: upload.recordId, sampleRateHz: recordingRateHz, samples: upload.samples.slice(0) };
  }

  start(options: StartOptions): RecorderAnswer {
    const refused = this.refuse('start');
    if (refused) return refused;
    const mistake = startMistake(options);
    if (mistake) return this.report(50351, { call: 'start', ...mistake });
    this.finishClosing();
    return this.accept('start', () => this.prepare(options));
  }

  stop(): RecorderAnswer {
    return this.refuse('stop') ?? this.accept('stop', () => this.closeTake());
  }

  replay(options: ReplayOptions = {}): RecorderAnswer {
    const refused = this.refuse('replay');
    if (refused) return refused;
    const mistake = replayMistake(options, this.lastRecordId);
    if (mistake) return this.report(50352, { call: 'replay', ...mistake });
    return this.accept('replay', () => this.beginReplay(options));
  }

  stopReplay(): RecorderAnswer {
    return this.refuse('stopReplay') ?? this.accept('stopReplay', () => this.endReplay('manual'));
  }

  reconnect(): void {
    if (this.machine.state === 'init' || this.page.signal.aborted) return;
    this.connection.open();
    void this.microphonePart.open();
  }

  async close(): Promise<void> {
    this.page.abort();
    this.listeners.clear();
    this.coreTimers.stopAll();
    this.uploads.close();
    this.connection.close();
    this.take = this.closing = null;
    const { replaying } = this;
    this.replaying = null;
    this.machine = initialRecorder;
    this.settings = null;
    await Promise.all([this.microphonePart.close(), replaying?.close()]);
  }

  private begin(): void {
    const { signal } = this.page;
    if (signal.aborted) return;
    this.happened('loaded');
    this.report(50000, {});
    const netChanged = () => {
      this.report(50105, { online: navigator.onLine });
      if (!navigator.onLine) return;
      this.connection.open();
      this.connection.probe();
    };
    addEventListener('online', netChanged, { signal });
    addEventListener('offline', netChanged, { signal });
    this.reconnect();
  }

  private connectionListener() {
    return {
      connected: (event: RecorderEvents[50100]) => {
        this.happened('connected');
        this.emit(event);
        this.uploads.connected();
        if (this.workletIsMissing) void this.microphonePart.open();
      },
      lost: (event: Loss) => {
        const preparing = this.machine.state === 'torecord';
        this.uploads.disconnected();
        this.happened('disconnected');
        this.emit(event);
        if (preparing) this.finishTake(this.take!, 'connection');
      },
      message: (message: Record<string, unknown>) => this.uploads.message(message),
      figures: (figures: CodeDetails[50108]) => void this.report(50108, figures),
    };
  }

  private microphoneListener() {
    return {
      found: (settings: MicrophoneSettings) => {
        this.workletIsMissing = false;
        this.settings = settings;
        this.meter = new LevelMeter(settings.sampleRateHz, (level) => this.listeners.emit('level', level));
        this.happened('microphoneFound');
        this.report(50001, { settings });
      },
      refused: (details: CodeDetails[50002]) => this.loseMicrophone(() => this.report(50002, details)),
      missing: (details: CodeDetails[50003]) => {
        this.workletIsMissing = details.reason === 'unreachable';
        this.loseMicrophone(() => this.report(50003, details));
      },
      samples: (samples: Float32Array) => {
        this.meter?.push(samples);
        const take = this.closing ?? (this.machine.state === 'recording' ? this.take : null);
        if (take) this.record(take, samples);
      },
    };
  }

  private loseMicrophone(report: () => void): void {
    this.settings = this.meter = null;
    this.happened('microphoneLost');
    report();
    this.finishClosing();
    if (this.take) this.finishTake(this.take, 'microphone');
  }

  private uploadsListener() {
    return {
      started: (upload: Upload, replaces: string | undefined) => this.started(upload, replaces),
      stoppedByServer: (upload: Upload, why: 'auto' | 'refused') => this.stoppedByServer(upload, why),
      partial: (upload: Upload, envelope: Envelope) =>
        this.listeners.emit('partial', { recordId: upload.recordId, tokenId: upload.tokenId, envelope }),
      held: (upload: Upload, refusal: Envelope, retryInMs: number) => {
        const { recordId, tokenId } = upload;
        this.listeners.emit('held', { recordId, tokenId, refusal: refusalOf(refusal), retryInMs });
      },
      answered: (upload: Upload, envelope: Envelope) => this.answered(upload, envelope),
    };
  }

  /** torecord: the server sends an id during the ding; then the recording begins. */
  private prepare(options: StartOptions): void {
    const { tokenId, command } = startCommand(options, this.settings!);
    const upload = new Upload(tokenId, command, options.request['deadlineMs'] !== undefined);
    const take = new Take(upload, options, this.settings!.sampleRateHz);
    this.take = take;
    this.lastUpload = upload;
    this.uploads.begin(upload);
    const heard = () => {
      take.dinged = true;
      this.beginTake(take);
    };
    const context = this.microphonePart.context!;
    if (options.playDing === false) return heard();
    void playDing(context, this.options.dingVolume).then(heard);
  }

  private started(upload: Upload, replaces: string | undefined): void {
    if (upload.cancelled) return;
    const { recordId, tokenId } = upload;
    this.report(50304, replaces === undefined ? { recordId, tokenId } : { recordId, tokenId, replaces });
    if (this.take?.upload === upload) this.beginTake(this.take);
  }

  private beginTake(take: Take): void {
    if (this.take !== take || this.machine.state !== 'torecord') return;
    const { recordId, tokenId } = take.upload;
    if (!take.dinged || recordId === '') return;
    take.began = true;
    this.happened('recordingBegan');
    this.report(50301, { recordId, tokenId });
  }

  private record(take: Take, samples: Float32Array): void {
    this.uploads.append(take.upload, take.resample(samples));
    if (take.isFull && this.take === take) this.endTake('length');
  }

  /** The recording ends by itself. */
  private endTake(reason: StopReason): void {
    this.happened('recordingEnded');
    this.finishTake(this.take!, reason);
  }

  /** The speech until stop() was called may still be in the audio thread. */
  private closeTake(): void {
    const take = this.take!;
    if (!take.began) return this.finishTake(take, 'manual');
    this.take = null;
    this.closing = take;
    void this.microphonePart.flush().then(() => {
      if (this.closing === take) this.finishClosing();
    });
  }

  private finishClosing(): void {
    const take = this.closing;
    this.closing = null;
    if (take) this.finishTake(take, 'manual');
  }

  private finishTake(take: Take, reason: StopReason): void {
    const { upload, began } = take;
    if (this.take === take) this.take = null;
    if (began) this.uploads.append(upload, take.rest());
    upload.cancelled = !began && reason !== 'refused';
    if (reason === 'connection') this.uploads.forget(upload);
    this.uploads.end(upload);
    const { recordId, tokenId } = upload;
    const durationMs = (upload.samples.length / recordingRateHz) * 1000;
    const stopType = reason === 'manual' ? 'manual' : 'auto';
    if (began) this.coreTimers.start(upload.key, this.options.coreTimeoutMs, () => this.coreTimedOut(upload));
    this.report(50300, { recordId, tokenId, stopType, reason, durationMs });
  }

  private stoppedByServer(upload: Upload, why: 'auto' | 'refused'): void {
    if (this.take?.upload !== upload) return;
    const silence = this.take.listensForSilence && !this.take.isFull;
    this.endTake(why === 'refused' ? 'refused' : silence ? 'silence' : 'length');
  }

  private answered(upload: Upload, envelope: Envelope): void {
    this.coreTimers.stop(upload.key);
    if (upload.cancelled) return;
    for (const id of upload.recordIds) this.keepResult(id, envelope);
    const { recordId, tokenId, timedOut: late } = upload;
    const { errID, error = '', result } = envelope;
    if (errID === badParameter && upload.recordIds.length === 0) {
      // "… (refText: missing)", '… ("rang": unknown field)': the parameter comes before the colon.
      const parameter = /([\w.]+)['"]?: /.exec(error)?.[1] ?? 'request';
      this.report(50351, { call: 'start', parameter, detail: error });
    } else if (errID !== undefined) {
      this.report(50200, { recordId, tokenId, envelope, late, refusal: refusalOf(envelope) });
    } else {
      this.report(50200, { recordId, tokenId, envelope, late, ...(result && { result }) });
    }
  }

  private keepResult(id: string, envelope: Envelope): void {
    this.results.set(id, envelope);
    if (this.results.size > keptResults) this.results.delete(this.results.keys().next().value!);
  }

  private coreTimedOut(upload: Upload): void {
    upload.timedOut = true;
    // An answer that comes later is reported all the same, for as long as a recording would be sent again.
    this.coreTimers.start(upload.key, this.options.resendTimeoutMs, () => {
      if (upload.acknowledged) this.uploads.forget(upload);
    });
    this.report(50201, { recordId: upload.recordId, tokenId: upload.tokenId });
  }

  private beginReplay({ recordId, startMs = 0, stopMs }: ReplayOptions): void {
    const id = recordId ?? this.lastRecordId!;
    this.replayedId = id;
    const replay = new Replay({ startMs, stopMs: stopMs ?? null }, this.options.replayVolume, {
      began: (from, to) => this.report(50303, { recordId: id, startMs: from, stopMs: to }),
      ended: () => {
        this.happened('replayEnded');
        this.endReplay('auto');
      },
      impossible: (parameter, detail) => {
        this.happened('replayEnded');
        this.dropReplay();
        this.report(50352, { call: 'replay', parameter, detail });
      },
    });
    this.replaying = replay;
    const samples = this.audio(id)?.samples;
    if (samples?.length) {
      replay.fromMemory(samples, recordingRateHz);
    } else {
      replay.fromServer(this.results.get(id)?.recordId ?? id, this.server);
    }
  }

  private endReplay(stopType: 'auto' | 'manual'): void {
    const { positionMs } = this.replaying!;
    this.dropReplay();
    this.report(50302, { recordId: this.replayedId, stopType, positionMs });
  }

  private dropReplay(): void {
    void this.replaying?.close();
    this.replaying = null;
  }

  /** Refuses a call in this state. */
  private refuse(call: RecorderCall): RecorderAnswer | null {
    if (moveRecorder(this.machine, call) !== null) return null;
    const { state, microphone, server } = this.machine;
    const onlyServerMissing = state === 'not_ready' && microphone && !server;
    if (onlyServerMissing && (call === 'start' || call === 'replay')) return this.report(50106, { call });
    return this.report(50353, { call, status: `status.invalid:${state}` });
  }

  private accept(call: RecorderCall, then: () => void): RecorderAnswer {
    const answer = this.report(50004, { call });
    this.happened(call);
    then();
    return answer;
  }

  private happened(input: RecorderInput): void {
    if (this.page.signal.aborted) return;
    const before = this.machine.state;
    this.machine = moveRecorder(this.machine, input)!;
    const { state } = this.machine;
    if (state !== before) this.listeners.emit('state', { state, before });
  }

  private report<C extends RecorderCode>(code: C, details: CodeDetails[C]): StatusEvent<C> {
    const event = statusEvent(code, details);
    this.emit(event as RecorderEvents['status']);
    return event;
  }

  private emit(event: RecorderEvents['status']): void {
    this.listeners.emit(event.code, event as never);
    this.listeners.emit('status', event);
  }
}
