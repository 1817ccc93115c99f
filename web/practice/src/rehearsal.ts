// From the button to the answer: the component's recorder, one reading at a time.
import { Recorder, type Envelope, type Message, type RecordedAudio, type StatusEvent } from '@saywell/component';
import workletUrl from '@saywell/component/worklet?url';

/** `asking`: the browser asks the learner for the microphone. */
export type Step = 'idle' | 'asking' | 'preparing' | 'recording' | 'checking';

export interface Listener {
  step: (step: Step) => void;
  /** 0 to 1 */
  level: (level: number) => void;
  /** A code that the learner should know about. */
  trouble: (code: number, reason: string, message: Message) => void;
  /** The server is there (again). */
  connected: () => void;
  answer: (envelope: Envelope, audio: RecordedAudio | null) => void;
}

// Silence that ends a reading.
const silenceMs = 1200;

/** The server's longest recording of a word, a sentence and a paragraph. */
export function longestReadingMs(text: string): number {
  const words = text.trim().split(/\s+/).length;
  if (words === 1) return 20_000;
  return words <= 40 ? 40_000 : 180_000;
}

export class Rehearsal {
  private recorder: Recorder | null = null;
  private step: Step = 'idle';
  private wanted: string | null = null; // the text to read as soon as microphone and server are there
  private recordId = '';

  constructor(
    private readonly token: () => string,
    private readonly tell: Listener,
  ) {}

  /** Starts reading `text`. The first time the browser asks for the microphone. */
  start(text: string): void {
    if (this.step !== 'idle') return;
    this.enter(this.recorder?.microphone ? 'preparing' : 'asking');
    this.wanted = text;
    if (!this.recorder) this.recorder = this.open();
    else if (this.recorder.state === 'idle') this.begin();
    else this.recorder.reconnect();
  }

  stop(): void {
    if (this.step === 'recording') this.recorder?.stop();
  }

  async close(): Promise<void> {
    await this.recorder?.close();
    this.recorder = null;
  }

  private enter(step: Step): void {
    this.step = step;
    this.tell.step(step);
  }

  private open(): Recorder {
    const recorder = new Recorder({ getSession: () => this.token() || null, workletUrl });
    recorder.on('state', ({ state }) => {
      if (state === 'idle') this.begin();
    });
    recorder.on('level', (level) => this.tell.level(level.meter));
    recorder.on(50001, () => {
      if (this.step === 'asking') this.enter('preparing');
    });
    recorder.on(50100, () => this.tell.connected());
    recorder.on(50301, () => this.enter('recording'));
    recorder.on(50304, (event) => {
      this.recordId = event.recordId;
    });
    recorder.on(50300, (event) => this.enter(event.durationMs > 0 ? 'checking' : 'idle'));
    recorder.on(50200, (event) => {
      if (event.recordId !== this.recordId) return;
      this.enter('idle');
      this.tell.answer(event.envelope, recorder.audio(event.recordId));
    });
    this.listenForTrouble(recorder);
    return recorder;
  }

  private listenForTrouble(recorder: Recorder): void {
    const giveUp = (event: StatusEvent<50002 | 50003 | 50102 | 50201>): void => {
      this.wanted = null;
      this.enter('idle');
      this.tell.trouble(event.code, 'reason' in event ? event.reason : '', event.message);
    };
    recorder.on(50002, giveUp);
    recorder.on(50003, giveUp);
    recorder.on(50102, giveUp);
    recorder.on(50201, giveUp);
    // The component tries again by itself; the learner only hears of it while he waits.
    const mention = (event: StatusEvent<50101 | 50103 | 50104>): void => {
      if (this.step !== 'idle') this.tell.trouble(event.code, '', event.message);
    };
    recorder.on(50101, mention);
    recorder.on(50103, mention);
    recorder.on(50104, mention);
  }

  private begin(): void {
    const text = this.wanted;
    if (text === null) return;
    this.wanted = null;
    const answer = this.recorder?.start({
      request: { refText: text },
      maxDurationMs: longestReadingMs(text),
      playDing: false,
      vad: { silenceMs: silenceMs },
    });
    if (!answer || answer.code === 50004) return;
    this.enter('idle');
    this.tell.trouble(answer.code, '', answer.message);
  }
}
