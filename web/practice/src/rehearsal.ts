// From the button to the answer: the component's recorder, one reading at a time.
import { Recorder, type Envelope, type Message, type RecordedAudio, type StatusEvent } from '@saywell/component';
import workletUrl from '@saywell/component/worklet?url';
import { defaultEndOfSpeechMs, ReadingEnd, silencesFor, type Advice, type WordSoFar } from './listening/reading_end.js';
import { SpeechActivity } from './listening/speech_activity.js';
import { keptReason } from './result/kept_reason.js';
import { withoutMarks } from './result/reading.js';

/** `asking`: the browser asks the learner for the microphone. */
export type Step = 'idle' | 'asking' | 'preparing' | 'recording' | 'checking';

/** The message during a reading. */
export type Prompt = Exclude<Advice, 'go-on' | 'end'> | 'none';

export interface Answer {
  envelope: Envelope;
  /** The text to be read. */
  text: string;
  /** Null when another reading was begun meanwhile. */
  audio: RecordedAudio | null;
  /** It is the last reading's, for which the learner waits. */
  isLatest: boolean;
}

export interface Listener {
  step: (step: Step) => void;
  /** 0 to 1 */
  level: (level: number) => void;
  prompt: (prompt: Prompt) => void;
  /** A code that the learner should know about. */
  trouble: (code: number, reason: string, message: Message) => void;
  /** The server is there (again), and takes the recording. */
  connected: () => void;
  /** The server has given the recording an id. */
  recordId: (recordId: string) => void;
  answer: (answer: Answer) => void;
}

/** The longest silence of the server. It ends readings whose end this page does not hear. */
const longestServerSilenceMs = 10_000;
/** Time after a reading until the microphone is released. */
const releaseAfterMs = 30_000;
const maxSentenceWords = 40;
/** Numbers may become several words on the server. */
const maxToldWords = 30;

const wordCount = (text: string): number =>
  withoutMarks(text)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** The server's longest recording of a word, a sentence and a paragraph. */
export function longestReadingMs(text: string): number {
  const words = wordCount(text);
  if (words <= 1) return 20_000;
  return words <= maxSentenceWords ? 40_000 : 180_000;
}

/** The request for a reading of `text`. Of a sentence the server reports the words while it is read. */
export function requestFor(text: string): { refText: string; coreType?: string } {
  const words = wordCount(text);
  return words > 1 && words <= maxToldWords ? { refText: text, coreType: 'en.rltm.score' } : { refText: text };
}

export class Rehearsal {
  /** The server's; set once it has said so. */
  endOfSpeechMs = defaultEndOfSpeechMs;
  private recorder: Recorder | null = null;
  private step: Step = 'idle';
  private wanted: string | null = null; // the text to read as soon as microphone and server are there
  /** Follows the microphone all the time: before a reading it hears how quiet the room is. */
  private readonly activity = new SpeechActivity();
  private end: ReadingEnd | null = null;
  private prompt: Prompt = 'none';
  /** Of the readings that wait for their answer: tokenId to text. */
  private readonly texts = new Map<string, string>();
  private tokenId = '';
  private release: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly token: () => string,
    private readonly listener: Listener,
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
    clearTimeout(this.release);
    await this.recorder?.close();
    this.recorder = null;
  }

  private enter(step: Step): void {
    this.step = step;
    clearTimeout(this.release);
    if (step === 'idle') this.release = setTimeout(() => this.releaseMicrophone(), releaseAfterMs);
    if (step !== 'recording') this.ask('none');
    this.listener.step(step);
  }

  /** The browser's sign that the page listens goes out. A reading that waits for its answer keeps it on. */
  private releaseMicrophone(): void {
    if (this.texts.size > 0) this.release = setTimeout(() => this.releaseMicrophone(), releaseAfterMs);
    else void this.close();
  }

  private ask(prompt: Prompt): void {
    if (prompt === this.prompt) return;
    this.prompt = prompt;
    this.listener.prompt(prompt);
  }

  private open(): Recorder {
    const recorder = new Recorder({ getSession: () => this.token() || null, workletUrl });
    recorder.on('state', ({ state }) => {
      if (state === 'idle') this.begin();
    });
    recorder.on('level', (level) => {
      this.listener.level(level.meter);
      this.hear(level.rmsDbfs, recorder.recordedMs);
    });
    recorder.on('partial', ({ tokenId, envelope }) => {
      const words = envelope.result?.['details'];
      if (tokenId === this.tokenId && Array.isArray(words)) this.end?.read(words as WordSoFar[]);
    });
    recorder.on(50001, () => {
      if (this.step === 'asking') this.enter('preparing');
    });
    recorder.on(50100, () => this.listener.connected());
    recorder.on(50301, () => this.enter('recording'));
    recorder.on(50304, ({ recordId }) => {
      this.listener.recordId(recordId);
      this.listener.connected();
    });
    recorder.on(50300, (event) => this.ended(event));
    recorder.on(50200, (event) => this.answered(event, recorder));
    this.listenForTrouble(recorder);
    return recorder;
  }

  private hear(rmsDbfs: number, recordedMs: number): void {
    if (this.step !== 'recording') return void this.activity.push(rmsDbfs);
    const advice = this.end?.hear(rmsDbfs, recordedMs) ?? 'go-on';
    if (advice === 'end') return this.stop();
    this.ask(advice === 'go-on' ? 'none' : advice);
  }

  private ended({ durationMs, tokenId }: StatusEvent<50300>): void {
    if (durationMs === 0) this.texts.delete(tokenId);
    if (tokenId === this.tokenId) this.enter(durationMs > 0 ? 'checking' : 'idle');
  }

  private answered({ tokenId, recordId, envelope }: StatusEvent<50200>, recorder: Recorder): void {
    const text = this.texts.get(tokenId);
    const isLatest = tokenId === this.tokenId;
    this.texts.delete(tokenId);
    if (isLatest && this.step === 'checking') this.enter('idle');
    if (isLatest || text !== undefined) {
      this.listener.answer({ envelope, text: text ?? '', audio: recorder.audio(recordId), isLatest });
    }
  }

  private listenForTrouble(recorder: Recorder): void {
    const giveUp = (event: StatusEvent<50002 | 50003 | 50102 | 50201>): void => {
      this.wanted = null;
      this.enter('idle');
      this.listener.trouble(event.code, 'reason' in event ? event.reason : '', event.message);
    };
    recorder.on(50002, giveUp);
    recorder.on(50003, (event) => {
      // The server is away, and with it the audio thread's file; the microphone is not the cause.
      if (event.reason !== 'unreachable' || recorder.connected) giveUp(event);
    });
    recorder.on(50102, giveUp);
    recorder.on(50201, (event) => {
      if (event.tokenId === this.tokenId && this.step === 'checking') giveUp(event);
    });
    // The component tries again by itself; the page only mentions it while the learner waits.
    const mention = (event: StatusEvent<50101 | 50103 | 50104>): void => {
      if (this.step === 'idle') return;
      const kept = this.step === 'recording' || this.step === 'checking';
      this.listener.trouble(event.code, kept ? keptReason : '', event.message);
    };
    recorder.on(50101, mention);
    recorder.on(50103, mention);
    recorder.on(50104, mention);
    recorder.on('held', ({ tokenId, refusal }) => {
      if (tokenId === this.tokenId) this.listener.trouble(refusal.code, keptReason, refusal.message);
    });
  }

  private begin(): void {
    const text = this.wanted;
    if (text === null) return;
    this.wanted = null;
    const silences = silencesFor(this.endOfSpeechMs);
    this.end = new ReadingEnd(withoutMarks(text), silences, this.activity);
    this.tokenId = crypto.randomUUID();
    this.texts.set(this.tokenId, text);
    const answer = this.recorder?.start({
      request: { ...requestFor(text), tokenId: this.tokenId },
      maxDurationMs: longestReadingMs(text),
      playDing: false,
      vad: { silenceMs: Math.min(longestServerSilenceMs, silences.leftEnds + 1000) },
    });
    if (!answer || answer.code === 50004) return;
    this.texts.delete(this.tokenId);
    this.enter('idle');
    this.listener.trouble(answer.code, '', answer.message);
  }
}
