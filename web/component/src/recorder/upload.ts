// One recording on its way to the server: its samples, and the server's progress.
import type { Envelope } from '../types.js';
import { SampleStore } from './sample_store.js';

let made = 0;

export class Upload {
  /** Names its timers: a page may give two recordings the same tokenId. */
  readonly key = String(++made);
  readonly samples = new SampleStore();
  /** Ids from the server, the newest last: each new connection gives a new one. */
  readonly recordIds: string[] = [];
  readonly begunAtMs = performance.now();
  /** No further samples will come; null until then. */
  endedAtMs: number | null = null;
  envelope: Envelope | null = null;
  /** It was stopped before it began: the page wants no answer. */
  cancelled = false;
  /** The page has had 50201: no answer came in time. */
  timedOut = false;
  /** The number of times that the server could not take it. */
  refusals = 0;

  // Progress on the present connection; starts again on the next one.
  startSent = false;
  started = false;
  sentSamples = 0;
  stopSent = false;
  acknowledged = false;
  /** It was refused, and is sent again after a pause. */
  resting = false;
  failedLookUps = 0;

  constructor(
    readonly tokenId: string,
    readonly startCommand: object,
    /** The request has its own deadline. */
    readonly hasDeadline = false,
  ) {}

  get recordId(): string {
    return this.recordIds[this.recordIds.length - 1] ?? '';
  }

  get ended(): boolean {
    return this.endedAtMs !== null;
  }

  /** The server may have all of it, and only its answer was lost. */
  get mayBeWhole(): boolean {
    return this.stopSent;
  }

  end(): void {
    this.endedAtMs ??= performance.now();
  }

  beginAnew(): void {
    this.startSent = this.started = this.stopSent = this.acknowledged = this.resting = false;
    this.sentSamples = this.failedLookUps = 0;
  }
}
