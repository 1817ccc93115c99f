// The fields of an answer that the page reads (docs/result.schema.json): en.word.score, en.sent.score and
// en.pred.score. Times are ms from the start of the recording; null: not said.
export interface PhoneJson {
  char: string;
  score: number;
  start: number | null;
  end: number | null;
  /** 0 right, 1 right but with another phone added after it, 2 omitted, 3 misread */
  pherr: 0 | 1 | 2 | 3;
  added?: string;
  heard: string;
}

export interface SyllableJson {
  char: string;
  ref: 0 | 1;
}

export interface WordJson {
  char: string;
  score: number;
  start: number | null;
  end: number | null;
  miscue: 'none' | 'omission' | 'substitution' | 'repetition';
  stressscore: number;
  phone: PhoneJson[];
  stress?: SyllableJson[];
}

export interface SentenceJson {
  char: string;
  snt_details: WordJson[];
}

export interface ExtraJson {
  kind: 'insertion' | 'repetition' | 'noise';
  char: string;
  /** Index of the word before it; -1: before the first. */
  after: number;
  start: number;
  end: number;
}

export interface ResultJson {
  overall: number;
  pron: number;
  accuracy: number;
  integrity: number;
  fluency: { overall: number; pause: number; speed: number };
  rhythm: { overall: number; stress: number; sense: number; tone: number } | null;
  details: (WordJson | SentenceJson)[];
  extra: ExtraJson[];
  info: { tipId: number };
  wavetime: number;
  delaytime: number;
}

/** The words of any kind of result, in the order of the text. */
export function wordsOf(result: ResultJson): WordJson[] {
  return result.details.flatMap((entry) => ('snt_details' in entry ? entry.snt_details : [entry]));
}

/** Whether it has the fields that this page shows (not the .pron kinds, not letters of rank 4). */
export function isScoreResult(result: unknown): result is ResultJson {
  const given = result as Partial<ResultJson> | null;
  return typeof given?.overall === 'number' && Array.isArray(given.details) && Array.isArray(given.extra);
}
