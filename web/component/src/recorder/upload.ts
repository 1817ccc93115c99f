// One recording on its way to the server: what was said, and how far the server has it.
import type { Envelope } from '../types.js';
import { SampleStore } from './sample_store.js';

export class Upload {
  readonly samples = new SampleStore();
  /** Ids that the server gave, the newest last: each new connection gives a new one. */
  readonly recordIds: string[] = [];
  /** No further samples come. */
  ended = false;
  envelope: Envelope | null = null;
  /** It was stopped before it began: its answer interests nobody. */
  cancelled = false;
  /** The page was told that no answer came in time. */
  timedOut = false;

  // How far it is on the connection that stands; begun anew on the next one.
  startSent = false;
  started = false;
  sentSamples = 0;
  stopSent = false;
  acknowledged = false;

  constructor(
    readonly tokenId: string,
    readonly startCommand: object,
  ) {}

  get recordId(): string {
    return this.recordIds[this.recordIds.length - 1] ?? '';
  }

  /** The server may have all of it, and only its answer was lost. */
  get mayBeWhole(): boolean {
    return this.stopSent;
  }

  beginAnew(): void {
    this.startSent = this.started = this.stopSent = this.acknowledged = false;
    this.sentSamples = 0;
  }
}
