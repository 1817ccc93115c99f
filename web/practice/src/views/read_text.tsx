// The text as it was read: every word is a button in its colour, with omissions and other speech.
import { useEffect, useState } from 'preact/hooks';
import { useSpeech, type Strings } from '../i18n/index.js';
import { bands, type Band } from '../result/bands.js';
import type { Extra, Reading, Word } from '../result/reading.js';

interface Props {
  reading: Reading;
  selected: number | null;
  select: (index: number) => void;
}

export function bandName(t: Strings, band: Band): string {
  const names: Record<Band, string> = {
    'very-good': t.bandVeryGood,
    good: t.bandGood,
    bad: t.bandBad,
    'very-bad': t.bandVeryBad,
  };
  return names[band];
}

export function ReadText({ reading, selected, select }: Props) {
  const long = reading.words.length > 14;
  // One word is in the Tab order, so that Tab leads from it to its panel; the arrows lead from word to word.
  const [reachable, setReachable] = useState(0);
  useEffect(() => setReachable(0), [reading]);
  return (
    <p class={long ? 'read-text long' : 'read-text'} lang="en" onKeyDown={moveBetweenWords}>
      {reading.pieces.map((piece, i) => {
        if (piece.kind === 'text') return piece.text;
        if (piece.kind === 'extra') return <ExtraChip key={`extra-${i}`} extra={piece.extra} />;
        const { index } = piece.word;
        return (
          <WordButton
            key={i}
            word={piece.word}
            selected={selected === index}
            reachable={(selected ?? reachable) === index}
            focused={() => setReachable(index)}
            select={select}
          />
        );
      })}
    </p>
  );
}

// Left and right go from word to word, as in a text.
function moveBetweenWords(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !(event.currentTarget instanceof HTMLElement)) return;
  const words = [...event.currentTarget.querySelectorAll('button')];
  const at = words.findIndex((word) => word === document.activeElement);
  words[at + step]?.focus();
  event.preventDefault();
}

interface WordProps {
  word: Word;
  selected: boolean;
  /** By the Tab key. */
  reachable: boolean;
  focused: () => void;
  select: (index: number) => void;
}

function WordButton({ word, selected, reachable, focused, select }: WordProps) {
  const { t } = useSpeech();
  const omitted = word.miscue === 'omission';
  const label = omitted
    ? t.missingWord(word.text)
    : t.wordScore(word.text, Math.round(word.score), bandName(t, word.band));
  const note = { omission: t.missing, substitution: t.substituted, repetition: t.repeated, none: '' }[word.miscue];
  return (
    <button
      type="button"
      class={`word band-${omitted ? 'omitted' : word.band}`}
      aria-label={note === '' || omitted ? label : `${label}, ${note}`}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      onFocus={focused}
      data-score={Math.round(word.score)}
      onClick={() => select(word.index)}
    >
      <span>{word.text}</span>
      {word.miscue === 'repetition' && <span aria-hidden="true">&thinsp;↻</span>}
      {word.miscue === 'substitution' && <span aria-hidden="true">&thinsp;≠</span>}
    </button>
  );
}

function ExtraChip({ extra }: { extra: Extra }) {
  const { t } = useSpeech();
  const saying = {
    insertion: t.extraWord(extra.text),
    repetition: t.extraRepetition(extra.text),
    noise: t.extraNoise,
  }[extra.kind];
  const sign = { insertion: '+', repetition: '↻', noise: '≈' }[extra.kind];
  return (
    <>
      {' '}
      <span class="extra" title={saying}>
        <span aria-hidden="true">
          {sign}
          {extra.text}
        </span>
        <span class="visually-hidden">{saying}</span>
      </span>
    </>
  );
}

interface SignProps {
  sign: string;
  meaning: string;
}

function Sign({ sign, meaning }: SignProps) {
  return (
    <li>
      <span class="extra" aria-hidden="true">
        {sign}
      </span>{' '}
      {meaning}
    </li>
  );
}

/** The signs of this reading. */
function Signs({ reading }: { reading: Reading }) {
  const { t } = useSpeech();
  const has = (kind: Extra['kind']): boolean => reading.extras.some((extra) => extra.kind === kind);
  const repeated = reading.words.some((word) => word.miscue === 'repetition') || has('repetition');
  return (
    <>
      {reading.words.some((word) => word.miscue === 'substitution') && <Sign sign="≠" meaning={t.substituted} />}
      {repeated && <Sign sign="↻" meaning={t.repeated} />}
      {has('insertion') && <Sign sign="+" meaning={t.added} />}
      {has('noise') && <Sign sign="≈" meaning={t.noise} />}
    </>
  );
}

export function Legend({ reading }: { reading: Reading }) {
  const { t } = useSpeech();
  return (
    <ul class="legend" aria-label={t.legend}>
      {bands.map((band) => (
        <li key={band}>
          <span class={`word band-${band}`}>{bandName(t, band)}</span>
        </li>
      ))}
      <li>
        <span class="word band-omitted">
          <span>{t.missing}</span>
        </span>
      </li>
      <Signs reading={reading} />
    </ul>
  );
}
