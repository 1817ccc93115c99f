// An answer prepared for the page: the text with its words, and other speech.
import { wordsOf, type ExtraJson, type PhoneJson, type ResultJson, type WordJson } from './answer.js';
import { phoneBandOf, wordBandOf, type Band } from './bands.js';

export interface Span {
  startMs: number;
  endMs: number;
}

export type PhoneVerdict = 'right' | 'weak' | 'misread' | 'left-out';

export interface Phone {
  asked: string;
  verdict: PhoneVerdict;
  /** The phone heard in its place; empty: nothing. */
  heard: string;
  /** A phone that was added after it; empty: none. */
  added: string;
  score: number;
  band: Band;
  span: Span | null;
}

export interface Word {
  index: number;
  text: string;
  score: number;
  band: Band;
  miscue: WordJson['miscue'];
  span: Span | null;
  phones: Phone[];
  /** The syllables, where the answer has them; `stressed` asks for the stress. */
  syllables: { phones: string[]; stressed: boolean }[];
}

export interface Extra {
  kind: ExtraJson['kind'];
  text: string;
  span: Span;
}

export type Piece = { kind: 'text'; text: string } | { kind: 'word'; word: Word } | { kind: 'extra'; extra: Extra };

export interface Reading {
  pieces: Piece[];
  words: Word[];
  extras: Extra[];
  /** From the first word or other speech to the end of the last; null: nothing was said. */
  said: Span | null;
  durationMs: number;
  /** The span of a drawing: the speech with a margin. */
  view: Span;
}

/** Before and behind the speech in a picture. */
const aroundMs = 200;

const weakBelow = 50;
const marksPattern = /\((?:[stgc]:[01]|z:[^)]*)(?:,[^)]*)?\)/g;

/** The text as the page shows it: without marks such as word(s:1). */
export function withoutMarks(text: string): string {
  return text.replace(marksPattern, '');
}

export function readingOf(refText: string, result: ResultJson): Reading {
  const words = wordsOf(result).map((word, index) => wordOf(word, index, result.accuracy));
  const extras = result.extra.map(extraOf);
  const said = wholeOf([...words, ...extras]);
  return {
    pieces: piecesOf(withoutMarks(refText), words, result.extra, extras),
    words,
    extras,
    said,
    durationMs: result.wavetime,
    view: viewOf(said, result.wavetime),
  };
}

function wholeOf(parts: readonly { span: Span | null }[]): Span | null {
  const spans = parts.map((each) => each.span).filter((span) => span !== null);
  if (spans.length === 0) return null;
  const startMs = Math.min(...spans.map((span) => span.startMs));
  return { startMs, endMs: Math.max(...spans.map((span) => span.endMs)) };
}

function viewOf(said: Span | null, durationMs: number): Span {
  if (!said) return { startMs: 0, endMs: durationMs };
  return { startMs: Math.max(0, said.startMs - aroundMs), endMs: Math.min(durationMs, said.endMs + aroundMs) };
}

function spanOf(start: number | null, end: number | null): Span | null {
  return start === null || end === null ? null : { startMs: start, endMs: end };
}

function extraOf(extra: ExtraJson): Extra {
  const text = extra.kind === 'noise' ? '' : extra.char; // the phones that a noise is most like mean nothing to a learner
  return { kind: extra.kind, text, span: { startMs: extra.start, endMs: extra.end } };
}

function phoneOf(phone: PhoneJson): Phone {
  const verdict = verdictOf(phone);
  const band = phoneBandOf(phone.score);
  return {
    asked: phone.char,
    verdict,
    heard: phone.heard,
    added: phone.pherr === 1 ? (phone.added ?? '') : '',
    score: phone.score,
    // A sound heard as another one may be good, but not very good.
    band: verdict === 'misread' && band === 'very-good' ? 'good' : band,
    span: spanOf(phone.start, phone.end),
  };
}

function verdictOf(phone: PhoneJson): PhoneVerdict {
  if (phone.pherr === 2) return 'left-out';
  if (phone.pherr === 3) return 'misread';
  return phone.score < weakBelow ? 'weak' : 'right';
}

function wordOf(word: WordJson, index: number, accuracy: number): Word {
  return {
    index,
    text: word.char,
    score: word.score,
    band: wordBandOf(word.score, accuracy),
    miscue: word.miscue,
    span: spanOf(word.start, word.end),
    phones: word.phone.map(phoneOf),
    syllables: (word.stress ?? []).map((syllable) => ({
      phones: syllable.char.split('_'),
      stressed: syllable.ref === 1,
    })),
  };
}

// The text has the words in order; what is between them (blanks, punctuation) is kept. A word
// that is not found as it is written comes alone, with a blank before it.
function piecesOf(text: string, words: Word[], extraJson: ExtraJson[], extras: Extra[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const addExtras = (after: number): void => {
    extraJson.forEach((extra, i) => {
      const found = extras[i];
      if (extra.after === after && found) pieces.push({ kind: 'extra', extra: found });
    });
  };
  const addText = (piece: string): void => {
    if (piece !== '') pieces.push({ kind: 'text', text: piece });
  };
  addExtras(-1);
  for (const word of words) {
    const found = text.indexOf(word.text, at);
    addText(found < 0 ? ' ' : text.slice(at, found));
    pieces.push({ kind: 'word', word });
    if (found >= 0) at = found + word.text.length;
    addExtras(word.index);
  }
  addText(text.slice(at));
  return pieces;
}

/** Omitted, read as another word, or with a sound that needs practice. */
export function needsWork({ miscue, band }: Word): boolean {
  return miscue === 'omission' || miscue === 'substitution' || band === 'bad' || band === 'very-bad';
}

export type Advice =
  | { kind: 'fine' }
  | { kind: 'omitted' }
  | { kind: 'replace'; asked: string; heard: string }
  | { kind: 'left-out'; asked: string }
  | { kind: 'added'; added: string }
  | { kind: 'weak'; asked: string };

/** The one thing to do better in a word: its worst sound. */
export function adviceFor(word: Word): Advice {
  if (word.miscue === 'omission') return { kind: 'omitted' };
  const worst = word.phones
    .filter((phone) => phone.verdict !== 'right' || phone.added !== '')
    .sort((a, b) => a.score - b.score)[0];
  if (!worst) return { kind: 'fine' };
  if (worst.verdict === 'left-out') return { kind: 'left-out', asked: worst.asked };
  if (worst.verdict === 'misread' && worst.heard !== '') {
    return { kind: 'replace', asked: worst.asked, heard: worst.heard };
  }
  if (worst.added !== '') return { kind: 'added', added: worst.added };
  return { kind: 'weak', asked: worst.asked };
}
