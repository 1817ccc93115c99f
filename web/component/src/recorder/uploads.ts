// Recordings on their way, in order. After a broken connection the page looks up the open ones, or sends them again on
// the next connection: the server assesses no recording that broke off. A recording that the server cannot take now is
// kept, and sent again after a pause.
import type { ServerFetch } from '../server_fetch.js';
import { Timers } from '../timers.js';
import type { Envelope } from '../types.js';
import type { Connection, ServerMessage } from './connection.js';
import { growingPauseMs, isDeadline, isResendable, type Pauses } from './refusals.js';
import { recordingRateHz } from './resampler.js';
import type { Upload } from './upload.js';

/** Timers are named by uploads' keys; this is no such key. */
const pumping = 'pump';

export interface UploadsListener {
  /** The server has sent an id. `replaces`: its id before the connection broke. */
  started(upload: Upload, replaces: string | undefined): void;
  /** The server wants no more samples. */
  stoppedByServer(upload: Upload, why: 'auto' | 'refused'): void;
  partial(upload: Upload, envelope: Envelope): void;
  /** The server cannot take it now: its samples are kept, and it is asked again in `retryInMs`. */
  held(upload: Upload, refusal: Envelope, retryInMs: number): void;
  /** The last word on a recording. Its id is '' when it was refused before it had one. */
  answered(upload: Upload, envelope: Envelope): void;
}

const pieceSamples = recordingRateHz / 10;
const longPieceSamples = recordingRateHz;
/** The browser gets no more at a time: the recording itself is in memory already. */
const maxUnsentBytes = 256 * 1024;
const lookUpPauseMs = 500;
/** A page of another host may not be allowed to ask: then the recording is sent again. */
const maxFailedLookUps = 4;

export interface UploadsOptions extends Pauses {
  silenceTimeoutMs: number;
  /** Longest wait for the server to take a recording that has not begun. */
  connectTimeoutMs: number;
  /** Longest time, after its end, in which a refused recording is sent again. */
  resendTimeoutMs: number;
}

function isEnvelope(message: object): message is Envelope {
  return 'recordId' in message && ('result' in message || 'errID' in message || 'eof' in message);
}

export class Uploads {
  private open: Upload[] = [];
  private looking = new AbortController();
  private readonly timers = new Timers<string>();

  constructor(
    private readonly connection: Connection,
    private readonly server: ServerFetch,
    private readonly listener: UploadsListener,
    private readonly options: UploadsOptions,
  ) {}

  begin(upload: Upload): void {
    this.open.push(upload);
    this.pump();
  }

  append(upload: Upload, samples: Int16Array): void {
    upload.samples.append(samples);
    this.pump();
  }

  end(upload: Upload): void {
    upload.end();
    this.pump();
  }

  /** Nobody waits for its answer, and the server has it or will not receive it. */
  forget(upload: Upload): void {
    this.open = this.open.filter((other) => other !== upload);
  }

  connected(): void {
    this.looking = new AbortController();
    for (const upload of this.open) {
      if (upload.mayBeWhole) {
        void this.lookUp(upload, this.looking.signal);
      } else {
        upload.beginAnew();
      }
    }
    this.pump();
  }

  disconnected(): void {
    this.timers.stopAll();
    this.looking.abort();
  }

  close(): void {
    this.disconnected();
    this.open = [];
  }

  message(message: ServerMessage): void {
    if (message['cmd'] === 'start') return this.startAnswered(message);
    if (message['cmd'] === 'stop' && message['errID'] === undefined) return this.stopAnswered(message);
    const upload = this.uploadOf(message);
    if (!upload) return;
    const envelope = { recordId: upload.recordId, tokenId: upload.tokenId, eof: 1, ...message } as Envelope;
    if (envelope.eof === 0) return this.listener.partial(upload, envelope);
    this.answered(upload, envelope);
  }

  private uploadOf(message: ServerMessage): Upload | undefined {
    const id = message['recordId'];
    if (typeof id === 'string' && id !== '') return this.open.find((upload) => upload.recordIds.includes(id));
    return this.unanswered(message) ?? this.current();
  }

  /** The upload of an answer to a start. */
  private unanswered(message: ServerMessage): Upload | undefined {
    const waiting = this.open.filter((upload) => upload.startSent && !upload.started);
    return waiting.find((upload) => upload.tokenId === message['tokenId']) ?? waiting[0];
  }

  /** The upload whose samples the connection is sending. */
  private current(): Upload | undefined {
    const streaming = this.open.find((upload) => upload.startSent && !upload.stopSent);
    return streaming ?? this.open.find((upload) => !upload.startSent && !upload.resting);
  }

  private startAnswered(message: ServerMessage): void {
    const upload = this.unanswered(message);
    if (!upload) return;
    if (message['errID'] !== undefined) {
      const envelope = { recordId: upload.recordId, tokenId: upload.tokenId, eof: 1, ...message } as Envelope;
      delete envelope['cmd'];
      return this.answered(upload, envelope);
    }
    const replaces = upload.recordIds.length > 0 ? upload.recordId : undefined;
    upload.started = true;
    upload.recordIds.push(String(message['recordId']));
    this.listener.started(upload, replaces);
    this.pump();
  }

  private stopAnswered(message: ServerMessage): void {
    const upload = this.uploadOf(message);
    if (!upload) return;
    upload.acknowledged = true;
    upload.stopSent = true; // one that stopped by itself needs no stop
    if (!upload.ended) this.listener.stoppedByServer(upload, 'auto');
    this.pump();
  }

  private answered(upload: Upload, envelope: Envelope): void {
    if (this.mayResend(upload, envelope)) this.hold(upload, envelope);
    else this.finish(upload, envelope);
  }

  private mayResend(upload: Upload, { errID }: Envelope): boolean {
    if (upload.cancelled || !isResendable(errID)) return false;
    if (upload.hasDeadline && upload.acknowledged && isDeadline(errID)) return false;
    const now = performance.now();
    if (upload.endedAtMs !== null) return now - upload.endedAtMs < this.options.resendTimeoutMs;
    return upload.samples.length > 0 || now - upload.begunAtMs < this.options.connectTimeoutMs;
  }

  private hold(upload: Upload, refusal: Envelope): void {
    const retryInMs = growingPauseMs(++upload.refusals, this.options);
    if (upload.acknowledged) {
      // It is on the server's disk, and may be assessed after all: after a restart, for instance.
      const { signal } = this.looking;
      this.timers.start(upload.key, retryInMs, () => void this.lookUp(upload, signal));
    } else {
      upload.beginAnew();
      upload.resting = true;
      this.timers.start(upload.key, retryInMs, () => this.sendAnew(upload));
    }
    this.listener.held(upload, refusal, retryInMs);
    this.pump();
  }

  private sendAnew(upload: Upload): void {
    upload.beginAnew();
    this.pump();
  }

  private finish(upload: Upload, envelope: Envelope): void {
    const refused = !upload.ended;
    upload.stopSent = true;
    upload.envelope = envelope;
    this.forget(upload);
    if (refused) this.listener.stoppedByServer(upload, 'refused');
    this.listener.answered(upload, envelope);
    this.pump();
  }

  /** Sends as much as the connection accepts; the rest follows when it has drained, or with more samples. */
  private pump(): void {
    if (!this.connection.ready) return;
    for (let upload = this.current(); upload; upload = this.current()) {
      if (!upload.startSent) this.sendStart(upload);
      this.sendSamples(upload);
      const all = upload.sentSamples === upload.samples.length;
      if (!upload.ended || !all) break;
      this.sendStop(upload);
    }
    if (this.current() && this.connection.unsentBytes > 0) this.timers.start(pumping, 50, () => this.pump());
  }

  private sendStart(upload: Upload): void {
    this.connection.send(upload.startCommand);
    upload.startSent = true;
    this.connection.expectAnswer();
  }

  private sendSamples(upload: Upload): void {
    while (this.connection.unsentBytes < maxUnsentBytes) {
      const left = upload.samples.length - upload.sentSamples;
      if (left === 0 || (left < pieceSamples && !upload.ended)) return;
      const piece = upload.samples.slice(upload.sentSamples, upload.sentSamples + Math.min(left, longPieceSamples));
      this.connection.send(piece);
      upload.sentSamples += piece.length;
      if (upload.started) this.connection.pauseWatch();
    }
  }

  private sendStop(upload: Upload): void {
    this.connection.send({ cmd: 'stop' });
    upload.stopSent = true;
    // On a slow line the audio is still on its way.
    const audioMs = (upload.samples.length / recordingRateHz) * 1000;
    this.connection.expectAnswer(this.options.silenceTimeoutMs + 2 * audioMs);
  }

  private async lookUp(upload: Upload, signal: AbortSignal): Promise<void> {
    const found = await this.find(upload.recordId, signal);
    if (signal.aborted || !this.open.includes(upload)) return;
    const failed = found === 'unknown' && ++upload.failedLookUps < maxFailedLookUps;
    if (found === 'computing' || failed) {
      this.timers.start(upload.key, lookUpPauseMs, () => void this.lookUp(upload, signal));
    } else if (typeof found === 'object' && !this.mayResend(upload, found)) {
      this.finish(upload, found);
    } else {
      this.sendAnew(upload);
    }
  }

  /** The server's state of a recording: answered, not yet answered, not usable, or unknown. */
  private async find(recordId: string, signal: AbortSignal): Promise<Envelope | 'computing' | 'nothing' | 'unknown'> {
    if (recordId === '') return 'nothing';
    try {
      const response = await this.server.get(`/v1/results/${encodeURIComponent(recordId)}`, signal);
      const body: unknown = await response.json();
      if (typeof body !== 'object' || body === null) return 'unknown';
      if (response.status === 202) return (body as { state?: string }).state === 'queued' ? 'computing' : 'nothing';
      if (isEnvelope(body)) return body;
      return response.status === 200 ? ({ recordId, eof: 1, ...body } as Envelope) : 'nothing';
    } catch {
      return 'unknown';
    }
  }
}
