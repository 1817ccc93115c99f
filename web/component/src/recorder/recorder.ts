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
  private meter: LevelMeter | null = null;
  /** The recording that was started and has not stopped. */
  private take: Take | null = null;
  private lastUpload: Upload | null = null;
  private replaying: Replay | null = null;
  private replayedId = '';

  constructor(options: RecorderOptions = {}) {
    this.options = recorderOptions(options);
    const { server, getSession, silenceTimeoutMs } = this.options;
    const address = serverAddress(server)!;
    this.server = new ServerFetch(address.http, getSession);
    this.connection = new Connection({ ...this.options, streamUrl: address.stream }, this.connectionListener());
    this.uploads = new Uploads(this.connection, this.server, this.uploadsListener(), silenceTimeoutMs);
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
    if (mistake) return this.tell(50351, { call: 'start', ...mistake });
    return this.accept('start', () => this.prepare(options));
  }

  stop(): RecorderAnswer {
    return this.refuse('stop') ?? this.accept('stop', () => this.finishTake('manual'));
  }

  replay(options: ReplayOptions = {}): RecorderAnswer {
    const refused = this.refuse('replay');
    if (refused) return refused;
    const mistake = replayMistake(options, this.lastRecordId);
    if (mistake) return this.tell(50352, { call: 'replay', ...mistake });
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
    this.take = null;
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
    this.tell(50000, {});
    const netChanged = () => {
      this.tell(50105, { online: navigator.onLine });
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
      },
      lost: (event: Loss) => {
        const preparing = this.machine.state === 'torecord';
        this.uploads.disconnected();
        this.happened('disconnected');
        this.emit(event);
        if (preparing) this.finishTake('connection');
      },
      message: (message: Record<string, unknown>) => this.uploads.message(message),
      figures: (figures: CodeDetails[50108]) => void this.tell(50108, figures),
    };
  }

  private microphoneListener() {
    return {
      found: (settings: MicrophoneSettings) => {
        this.settings = settings;
        this.meter = new LevelMeter(settings.sampleRateHz, (level) => this.listeners.emit('level', level));
        this.happened('microphoneFound');
        this.tell(50001, { settings });
      },
      refused: (details: CodeDetails[50002]) => this.loseMicrophone(() => this.tell(50002, details)),
      missing: (details: CodeDetails[50003]) => this.loseMicrophone(() => this.tell(50003, details)),
      samples: (samples: Float32Array) => {
        this.meter?.push(samples);
        if (this.machine.state === 'recording') this.record(samples);
      },
    };
  }

  private loseMicrophone(report: () => void): void {
    this.settings = this.meter = null;
    this.happened('microphoneLost');
    report();
    if (this.take) this.finishTake('microphone');
  }

  private uploadsListener() {
    return {
      started: (upload: Upload, replaces: string | undefined) => this.started(upload, replaces),
      stoppedByServer: (upload: Upload, why: 'auto' | 'refused') => this.stoppedByServer(upload, why),
      partial: (upload: Upload, envelope: Envelope) =>
        this.listeners.emit('partial', { recordId: upload.recordId, tokenId: upload.tokenId, envelope }),
      answered: (upload: Upload, envelope: Envelope) => this.answered(upload, envelope),
    };
  }

  /** torecord: the server gives an id while the ding is heard; then the recording begins. */
  private prepare(options: StartOptions): void {
    const { tokenId, command } = startCommand(options, this.settings!);
    const upload = new Upload(tokenId, command);
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
    this.tell(50304, replaces === undefined ? { recordId, tokenId } : { recordId, tokenId, replaces });
    if (this.take?.upload === upload) this.beginTake(this.take);
  }

  private beginTake(take: Take): void {
    if (this.take !== take || this.machine.state !== 'torecord') return;
    const { recordId, tokenId } = take.upload;
    if (!take.dinged || recordId === '') return;
    take.began = true;
    this.happened('recordingBegan');
    this.tell(50301, { recordId, tokenId });
  }

  private record(samples: Float32Array): void {
    const take = this.take!;
    this.uploads.append(take.upload, take.resample(samples));
    if (take.isFull && this.take === take) this.endTake('length');
  }

  /** The recording ends by itself. */
  private endTake(reason: StopReason): void {
    this.happened('recordingEnded');
    this.finishTake(reason);
  }

  private finishTake(reason: StopReason): void {
    const take = this.take!;
    const { upload } = take;
    const began = take.began;
    this.take = null;
    if (began) this.uploads.append(upload, take.rest());
    upload.cancelled = !began && reason !== 'refused';
    if (reason === 'connection') this.uploads.forget(upload);
    this.uploads.end(upload);
    const { recordId, tokenId } = upload;
    const durationMs = (upload.samples.length / recordingRateHz) * 1000;
    const stopType = reason === 'manual' ? 'manual' : 'auto';
    if (began) this.coreTimers.start(tokenId, this.options.coreTimeoutMs, () => this.coreTimedOut(upload));
    this.tell(50300, { recordId, tokenId, stopType, reason, durationMs });
  }

  private stoppedByServer(upload: Upload, why: 'auto' | 'refused'): void {
    if (this.take?.upload !== upload) return;
    const silence = this.take.listensForSilence && !this.take.isFull;
    this.endTake(why === 'refused' ? 'refused' : silence ? 'silence' : 'length');
  }

  private answered(upload: Upload, envelope: Envelope): void {
    this.coreTimers.stop(upload.tokenId);
    if (upload.cancelled) return;
    for (const id of upload.recordIds) this.keepResult(id, envelope);
    const { recordId, tokenId, timedOut: late } = upload;
    const { errID, error = '', result } = envelope;
    if (errID === badParameter && upload.recordIds.length === 0) {
      // "… (refText: missing)", '… ("rang": unknown field)': what the server calls wrong stands before the colon.
      const parameter = /([\w.]+)['"]?: /.exec(error)?.[1] ?? 'request';
      this.tell(50351, { call: 'start', parameter, detail: error });
    } else if (errID !== undefined) {
      this.tell(50200, { recordId, tokenId, envelope, late, refusal: { ...describeStatus(errID), detail: error } });
    } else {
      this.tell(50200, { recordId, tokenId, envelope, late, ...(result && { result }) });
    }
  }

  private keepResult(id: string, envelope: Envelope): void {
    this.results.set(id, envelope);
    if (this.results.size > keptResults) this.results.delete(this.results.keys().next().value!);
  }

  private coreTimedOut(upload: Upload): void {
    upload.timedOut = true;
    if (upload.acknowledged) this.uploads.forget(upload);
    this.tell(50201, { recordId: upload.recordId, tokenId: upload.tokenId });
  }

  private beginReplay({ recordId, startMs = 0, stopMs }: ReplayOptions): void {
    const id = recordId ?? this.lastRecordId!;
    this.replayedId = id;
    const replay = new Replay({ startMs, stopMs: stopMs ?? null }, this.options.replayVolume, {
      began: (from, to) => this.tell(50303, { recordId: id, startMs: from, stopMs: to }),
      ended: () => {
        this.happened('replayEnded');
        this.endReplay('auto');
      },
      impossible: (parameter, detail) => {
        this.happened('replayEnded');
        this.dropReplay();
        this.tell(50352, { call: 'replay', parameter, detail });
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
    this.tell(50302, { recordId: this.replayedId, stopType, positionMs });
  }

  private dropReplay(): void {
    void this.replaying?.close();
    this.replaying = null;
  }

  /** The refusal of a call that this state does not take. */
  private refuse(call: RecorderCall): RecorderAnswer | null {
    if (moveRecorder(this.machine, call) !== null) return null;
    const { state, microphone, server } = this.machine;
    const onlyServerMissing = state === 'not_ready' && microphone && !server;
    if (onlyServerMissing && (call === 'start' || call === 'replay')) return this.tell(50106, { call });
    return this.tell(50353, { call, status: `status.invalid:${state}` });
  }

  private accept(call: RecorderCall, then: () => void): RecorderAnswer {
    const answer = this.tell(50004, { call });
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

  private tell<C extends RecorderCode>(code: C, details: CodeDetails[C]): StatusEvent<C> {
    const event = statusEvent(code, details);
    this.emit(event as RecorderEvents['status']);
    return event;
  }

  private emit(event: RecorderEvents['status']): void {
    this.listeners.emit(event.code, event as never);
    this.listeners.emit('status', event);
  }
}
