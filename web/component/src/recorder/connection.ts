// One permanent connection to the server: signed in, watched, renewed after growing pauses.
import { Timers } from '../timers.js';
import type { CodeDetails, GetSession, Session, StatusEvent } from '../types.js';
import { statusEvent } from '../status.js';
import { version } from '../version.js';
import { growingPauseMs, type Pauses } from './refusals.js';

export interface ConnectionOptions extends Pauses {
  server: string;
  streamUrl: string;
  getSession: GetSession;
  connectTimeoutMs: number;
  silenceTimeoutMs: number;
}

export type Loss = StatusEvent<50101 | 50102 | 50103 | 50104>;
export type ServerMessage = Record<string, unknown>;

export interface ConnectionListener {
  connected(event: StatusEvent<50100>): void;
  lost(event: Loss): void;
  message(message: ServerMessage): void;
  /** With every requested sign of life. */
  figures(figures: CodeDetails[50108]): void;
}

/** Not signed in, not allowed: a repetition will be refused again. */
const refusals = new Set<unknown>([40080, 40082]);
const refusingCloseCodes = new Set([1008, 4401, 4403]);
const quietMs = 20000;

type Phase = 'closed' | 'waiting' | 'connecting' | 'ready';

function credentials(session: Session): object {
  if (typeof session === 'string') return { token: session };
  return session ?? {};
}

function readMessage(data: unknown): ServerMessage | null {
  try {
    const message: unknown = typeof data === 'string' ? JSON.parse(data) : null;
    return typeof message === 'object' && message !== null ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}

export class Connection {
  private phase: Phase = 'closed';
  private socket: WebSocket | null = null;
  private session: Session = null;
  private attempt = 0;
  /** Rises with every attempt: events of an earlier one are ignored. */
  private epoch = 0;
  private askedAt: number | null = null;
  /** Since `countedFrom`. */
  private givenBytes = 0;
  private countedFrom = 0;
  private renewed = false;
  private answerUntil = 0;
  private readonly timers = new Timers<'connect' | 'retry' | 'quiet' | 'answer'>();

  constructor(
    private readonly options: ConnectionOptions,
    private readonly listener: ConnectionListener,
  ) {}

  get ready(): boolean {
    return this.phase === 'ready';
  }

  /** Audio that the browser has not yet handed to the network. */
  get unsentBytes(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Connects at once, unless it is connected or connecting. */
  open(): void {
    if (this.phase === 'closed' || this.phase === 'waiting') void this.connect();
  }

  close(): void {
    this.drop('closed');
  }

  send(content: object | ArrayBufferView<ArrayBuffer>): void {
    const data = ArrayBuffer.isView(content) ? content : JSON.stringify(content);
    this.givenBytes += typeof data === 'string' ? data.length : data.byteLength;
    this.socket!.send(data);
  }

  /** A message was sent that the server answers: without any answer the connection is closed. */
  expectAnswer(withinMs: number = this.options.silenceTimeoutMs): void {
    const until = performance.now() + withinMs;
    if (this.timers.runs('answer') && until < this.answerUntil) return;
    this.answerUntil = until;
    this.timers.start('answer', withinMs, () => this.fail(50104, `no answer within ${withinMs} ms`));
  }

  /** Asks the server for a sign of life, as after a long silence. */
  probe(): void {
    if (this.phase !== 'ready' || this.askedAt !== null) return;
    this.signIn();
    this.expectAnswer();
  }

  /** While audio is sent the server is silent, and a question would wait behind the audio. */
  pauseWatch(): void {
    this.timers.stop('quiet');
    this.timers.stop('answer');
  }

  watch(): void {
    if (this.phase === 'ready') this.timers.start('quiet', quietMs, () => this.probe());
  }

  private signIn(): void {
    this.askedAt = performance.now();
    const param = { sdk: { name: '@saywell/component', version }, app: credentials(this.session) };
    this.send({ cmd: 'connect', param });
  }

  private async connect(): Promise<void> {
    this.drop('connecting');
    ++this.attempt;
    const epoch = this.epoch;
    const { connectTimeoutMs } = this.options;
    this.timers.start('connect', connectTimeoutMs, () => this.fail(50104, `no answer within ${connectTimeoutMs} ms`));
    let session: Session;
    try {
      session = await this.options.getSession();
    } catch (error) {
      if (epoch === this.epoch) this.fail(50101, `getSession: ${String(error)}`);
      return;
    }
    if (epoch !== this.epoch) return;
    this.session = session;
    this.openSocket();
  }

  private openSocket(): void {
    const socket = new WebSocket(this.options.streamUrl);
    this.socket = socket;
    this.givenBytes = 0;
    this.countedFrom = performance.now();
    socket.onopen = () => this.signIn();
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = (event) => this.closedByOther(event);
  }

  private receive(data: unknown): void {
    const message = readMessage(data);
    if (!message) return;
    this.timers.stop('answer');
    this.watch();
    if (message['cmd'] === 'connect') {
      this.signedIn(message);
    } else if (this.phase === 'ready') {
      this.listener.message(message);
    }
  }

  private signedIn(message: ServerMessage): void {
    const figures = this.takeFigures();
    if (message['errID'] !== undefined) return this.refused(message);
    this.renewed = false;
    if (this.phase === 'connecting') {
      this.phase = 'ready';
      this.timers.stop('connect');
      this.watch();
      const attempt = this.attempt;
      this.attempt = 0;
      this.listener.connected(statusEvent(50100, { server: this.options.server, attempt }));
    }
    this.listener.figures(figures);
  }

  private takeFigures(): CodeDetails[50108] {
    const now = performance.now();
    const latencyMs = now - (this.askedAt ?? 0);
    this.askedAt = null;
    const { unsentBytes } = this;
    const sentBytesPerS = (1000 * (this.givenBytes - unsentBytes)) / (now - this.countedFrom);
    this.givenBytes = unsentBytes;
    this.countedFrom = now;
    return { latencyMs, unsentBytes, sentBytesPerS };
  }

  private refused(message: ServerMessage): void {
    const errID = message['errID'];
    const detail = String(message['error'] ?? '');
    if (!refusals.has(errID)) return this.fail(this.phase === 'ready' ? 50103 : 50101, detail);
    if (this.phase !== 'ready' || this.renewed) return this.reject(detail, Number(errID));
    this.renewed = true; // the session has ended meanwhile: a new one may help
    void this.renew();
  }

  private async renew(): Promise<void> {
    const epoch = this.epoch;
    try {
      const session = await this.options.getSession();
      if (epoch !== this.epoch) return;
      this.session = session;
      this.probe();
    } catch (error) {
      if (epoch === this.epoch) this.fail(50103, `getSession: ${String(error)}`);
    }
  }

  private closedByOther(event: CloseEvent): void {
    const reason = event.reason || `closed (${event.code})`;
    if (refusingCloseCodes.has(event.code)) return this.reject(reason);
    if (this.phase === 'ready') return this.fail(50103, reason);
    this.fail(50101, `${this.options.streamUrl}: ${reason}`);
  }

  private reject(detail: string, errID?: number): void {
    this.drop('closed');
    this.listener.lost(statusEvent(50102, { detail, retryInMs: null, ...(errID === undefined ? {} : { errID }) }));
  }

  private fail(code: 50101 | 50103 | 50104, detail: string): void {
    this.drop('waiting');
    const retryInMs = growingPauseMs(this.attempt, this.options);
    this.timers.start('retry', retryInMs, () => void this.connect());
    this.listener.lost(statusEvent(code, { detail, attempt: this.attempt, retryInMs }) as Loss);
  }

  private drop(phase: Phase): void {
    this.phase = phase;
    ++this.epoch;
    this.timers.stopAll();
    this.askedAt = null;
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
