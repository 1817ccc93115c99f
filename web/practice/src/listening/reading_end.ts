// Decides when a reading ends by itself. The necessary silence depends on the rest of the text: short after the last
// word, long while words are left; then the page asks the learner first.
import { SpeechActivity } from './speech_activity.js';

/** The page's action: none, ask "finished?", end the reading, or report that nothing is heard. */
export type Advice = 'go-on' | 'ask' | 'end' | 'not-heard' | 'muted';

/** A word of a partial result. */
export interface WordSoFar {
  char: string;
}

/** Silences, in ms. */
export interface Silences {
  /** After the last word. */
  ends: number;
  /** When it is not known whether words are left. */
  unsureAsks: number;
  unsureEnds: number;
  /** While words are left. */
  leftAsks: number;
  leftEnds: number;
}

/** `endOfSpeechMs`: the silence after which the server takes speech for ended. */
export function silencesFor(endOfSpeechMs: number): Silences {
  return {
    ends: endOfSpeechMs,
    unsureAsks: endOfSpeechMs + 500,
    unsureEnds: endOfSpeechMs + 3500,
    leftAsks: endOfSpeechMs + 2000,
    leftEnds: endOfSpeechMs + 7500,
  };
}

export const defaultEndOfSpeechMs = 1500;
/** From then on the page reports that it hears nothing. */
export const notHeardAfterMs = 4000;
/** Nobody has spoken: the server will report it. */
const givesUpAfterMs = 15_000;
/** Less is a click. */
const shortestSpeechMs = 200;
/** A fluent reader's word; who has spoken less long has not read them all. */
const fluentWordMs = 300;
/** A microphone that is switched off gives zeros; a quiet room does not. */
const mutedBelowDbfs = -90;

const isWord = /[\p{L}\p{N}]/u;

/** Whether `words`, found in the text one after the other, reach its last word. */
export function reachesEnd(text: string, words: readonly WordSoFar[]): boolean {
  let at = 0;
  let lastIsFound = false;
  for (const { char } of words) {
    const found = text.indexOf(char, at);
    lastIsFound = found >= 0;
    if (lastIsFound) at = found + char.length;
  }
  return lastIsFound && !isWord.test(text.slice(at));
}

export class ReadingEnd {
  private readonly words: number;
  private lastMs = 0;
  private speechMs = 0;
  private lastSpeechMs = 0;
  private loudestDbfs = -Infinity;
  private heard: readonly WordSoFar[] = [];

  constructor(
    private readonly text: string,
    private readonly silences: Silences,
    private readonly activity = new SpeechActivity(),
  ) {
    this.words = text.split(/\s+/).filter((word) => isWord.test(word)).length;
  }

  /** The level at `atMs` of the recording, and what to do now. */
  hear(rmsDbfs: number, atMs: number): Advice {
    const speaks = this.activity.push(rmsDbfs);
    this.loudestDbfs = Math.max(this.loudestDbfs, rmsDbfs);
    if (speaks) {
      this.speechMs += atMs - this.lastMs;
      this.lastSpeechMs = atMs;
    }
    this.lastMs = atMs;
    return this.advice(atMs);
  }

  /** The words that the server has heard so far. */
  read(words: readonly WordSoFar[]): void {
    this.heard = words;
  }

  private advice(atMs: number): Advice {
    if (this.speechMs < shortestSpeechMs && this.heard.length === 0) return this.withoutSpeech(atMs);
    const silenceMs = atMs - this.lastSpeechMs;
    const { ends, unsureAsks, unsureEnds, leftAsks, leftEnds } = this.silences;
    const left = this.left();
    if (left === 'nothing') return silenceMs >= ends ? 'end' : 'go-on';
    if (silenceMs >= (left === 'words' ? leftEnds : unsureEnds)) return 'end';
    return silenceMs >= (left === 'words' ? leftAsks : unsureAsks) ? 'ask' : 'go-on';
  }

  private left(): 'nothing' | 'words' | 'unknown' {
    if (this.words === 1 || reachesEnd(this.text, this.heard)) return 'nothing';
    if (this.heard.length > 0) return 'words';
    return this.speechMs < this.words * fluentWordMs ? 'words' : 'unknown';
  }

  private withoutSpeech(durationMs: number): Advice {
    if (durationMs < notHeardAfterMs) return 'go-on';
    if (durationMs >= givesUpAfterMs) return 'end';
    return this.loudestDbfs < mutedBelowDbfs ? 'muted' : 'not-heard';
  }
}
