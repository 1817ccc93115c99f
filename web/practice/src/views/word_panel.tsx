// The sounds of one word: those asked for, those heard, and both voices.
import { useEffect, useRef } from 'preact/hooks';
import { useSpeech, type Strings } from '../i18n/index.js';
import { writePhone, type Alphabet } from '../result/phones.js';
import { adviceFor, type Phone, type Word } from '../result/reading.js';

interface Props {
  word: Word;
  alphabet: Alphabet;
  canReplay: boolean;
  setAlphabet: (alphabet: Alphabet) => void;
  playOwn: () => void;
  playModel: () => void;
  playBoth: () => void;
  close: () => void;
}

export function WordPanel(props: Props) {
  const { word, alphabet } = props;
  const { t } = useSpeech();
  const own = props.canReplay && word.span !== null;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), [word]);
  const miscue = { none: '', omission: '', substitution: t.substitutedHint, repetition: t.repeatedHint }[word.miscue];
  return (
    <section class="word-panel" aria-labelledby="word-panel-title">
      <div class="card-head">
        <h3 id="word-panel-title" ref={title} tabIndex={-1}>
          {t.soundsOf(word.text)}
        </h3>
        <button type="button" class="quiet" onClick={props.close}>
          {t.close}
        </button>
      </div>
      <p class="advice">{adviceText(t, word, alphabet)}</p>
      {miscue !== '' && <p class="advice">{miscue}</p>}
      <ul class="phones">
        {word.phones.map((phone, i) => (
          <PhoneTile key={i} phone={phone} alphabet={alphabet} />
        ))}
      </ul>
      {word.syllables.length > 1 && <Syllables word={word} alphabet={alphabet} />}
      <div class="row">
        <button type="button" class="soft" disabled={!own} onClick={props.playOwn}>
          {t.yourVoice}
        </button>
        <button type="button" class="soft" onClick={props.playModel}>
          {t.modelVoice}
        </button>
        <button type="button" class="soft" disabled={!own} onClick={props.playBoth}>
          {t.bothVoices}
        </button>
        <AlphabetSwitch alphabet={alphabet} setAlphabet={props.setAlphabet} />
      </div>
    </section>
  );
}

function slashed(phone: string, alphabet: Alphabet): string {
  return `/${writePhone(phone, alphabet)}/`;
}

function adviceText(t: Strings, word: Word, alphabet: Alphabet): string {
  const advice = adviceFor(word);
  switch (advice.kind) {
    case 'fine':
      return t.adviceFine;
    case 'omitted':
      return t.adviceOmitted;
    case 'replace':
      return t.adviceReplace(slashed(advice.asked, alphabet), slashed(advice.heard, alphabet));
    case 'left-out':
      return t.adviceLeftOut(slashed(advice.asked, alphabet));
    case 'added':
      return t.adviceAdded(slashed(advice.added, alphabet));
    case 'weak':
      return t.adviceWeak(slashed(advice.asked, alphabet));
  }
}

function verdictText(t: Strings, phone: Phone, alphabet: Alphabet): string {
  if (phone.verdict === 'left-out') return t.phoneLeftOut;
  if (phone.verdict === 'misread') {
    return phone.heard === '' ? t.phoneLeftOut : t.phoneHeard(writePhone(phone.heard, alphabet));
  }
  if (phone.added !== '') return t.phoneAdded(writePhone(phone.added, alphabet));
  return phone.verdict === 'weak' ? t.phoneWeak : t.phoneRight;
}

function PhoneTile({ phone, alphabet }: { phone: Phone; alphabet: Alphabet }) {
  const { t } = useSpeech();
  const asked = writePhone(phone.asked, alphabet);
  const verdict = verdictText(t, phone, alphabet);
  const score = Math.round(phone.score);
  const band = phone.verdict === 'left-out' ? 'omitted' : phone.band;
  return (
    <li class={`phone band-${band}`}>
      <span class="visually-hidden">{t.phoneSaid(asked, verdict, score)}</span>
      <span class="phone-asked" aria-hidden="true">
        {asked}
      </span>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-back" width="100" height="6" />
        <rect class="bar-front" width={score} height="6" />
      </svg>
      <span class="phone-verdict" aria-hidden="true">
        {verdict}
      </span>
    </li>
  );
}

function Syllables({ word, alphabet }: { word: Word; alphabet: Alphabet }) {
  const { t } = useSpeech();
  return (
    <p class="hint">
      {t.stressLabel}:{' '}
      {word.syllables.map((syllable, i) => {
        const written = syllable.phones.map((phone) => writePhone(phone, alphabet)).join('');
        return (
          <span key={i}>
            {i > 0 && ' · '}
            {syllable.stressed ? <strong>ˈ{written}</strong> : written}
          </span>
        );
      })}
    </p>
  );
}

interface SwitchProps {
  alphabet: Alphabet;
  setAlphabet: (alphabet: Alphabet) => void;
}

function AlphabetSwitch({ alphabet, setAlphabet }: SwitchProps) {
  const { t } = useSpeech();
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">{t.alphabet}</legend>
      {(['ipa', 'arpabet'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name="alphabet" checked={alphabet === each} onChange={() => setAlphabet(each)} />
          <span>{each === 'ipa' ? 'IPA' : 'ARPAbet'}</span>
        </label>
      ))}
    </fieldset>
  );
}
