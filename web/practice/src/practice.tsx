// Practising: the sentence, the button, the result and the readings so far.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSpeech, type Strings } from './i18n/index.js';
import type { Answer } from './rehearsal.js';
import { isScoreResult } from './result/answer.js';
import { needsWork, withoutMarks } from './result/reading.js';
import { firstSentence } from './sentences.js';
import type { Settings } from './settings.js';
import { samplesToWav } from './sound/samples.js';
import { useHistory } from './use_history.js';
import { useModelVoice } from './use_model_voice.js';
import { useRehearsal } from './use_rehearsal.js';
import type { Session } from './use_session.js';
import { useShown } from './use_shown.js';
import { HistoryCard } from './views/history_card.js';
import { focusRecordButton, RecordButton } from './views/record_button.js';
import { ResultCard, type Shown } from './views/result_card.js';
import { SentenceCard } from './views/sentence_card.js';
import { TipCard, type Trouble } from './views/tip_card.js';

const noMicrophoneCode = 50003;
const internalErrorCode = 500;
const notSignedInCode = 40080;

/** Known before anything is asked: browsers give no microphone to a page that is not safe. */
function troubleAtStart(): Trouble | null {
  return window.isSecureContext ? null : { code: noMicrophoneCode, reason: 'insecure-page' };
}

interface Props {
  settings: Settings;
  dark: boolean;
  change: (settings: Partial<Settings>) => void;
  session: Session;
}

export function Practice({ settings, dark, change, session }: Props) {
  const { t } = useSpeech();
  const practice = usePractice(session);
  const { text, trouble, shown, busy, voice, rehearsal, history } = practice;
  return (
    <>
      <SentenceCard
        text={withoutMarks(text)}
        busy={busy}
        speaking={voice.speaking}
        server={session.server}
        choose={practice.choose}
        speak={(speed) => void voice.say(text, speed)}
        hush={voice.hush}
      />
      <RecordButton phase={rehearsal.step} level={rehearsal.level} prompt={rehearsal.prompt} press={practice.press} />
      {trouble && <TipCard trouble={trouble} again={rehearsal.step === 'idle' ? practice.again : null} />}
      <p class="visually-hidden" role="status">
        {shown && !busy ? resultText(t, shown) : ''}
      </p>
      {shown && (
        <ResultCard
          shown={shown}
          alphabet={settings.alphabet}
          dark={dark}
          setAlphabet={(alphabet) => change({ alphabet })}
          sayModel={(word) => voice.say(word, 1)}
          hush={voice.hush}
        />
      )}
      <HistoryCard
        history={history}
        isOpen={session.caller?.open ?? true}
        shownId={shown?.recordId ?? null}
        show={practice.showAttempt}
        clearing={practice.hide}
      />
    </>
  );
}

/** The announcement of a result for screen readers. */
function resultText(t: Strings, { result, reading }: Shown): string {
  const words = reading.words.filter(needsWork).map((word) => word.text);
  const rest = words.length === 0 ? t.nothingToPractise : t.toPractise(words.join(', '));
  return `${t.resultReady(Math.round(result.overall))} ${rest}`;
}

function usePractice(session: Session) {
  const { server } = session;
  const [text, setText] = useState(firstSentence);
  const [trouble, setTrouble] = useState<Trouble | null>(troubleAtStart);
  const history = useHistory(server, session.caller, session.end);
  const { shown, showAnswer, showAttempt, hide } = useShown(server);
  const voice = useModelVoice(server, setTrouble);
  const answered = ({ envelope, text: read, audio, isLatest }: Answer): void => {
    const { recordId, errID, result } = envelope;
    if (errID === notSignedInCode) return session.end();
    if (!isScoreResult(result)) {
      const wav = audio ? samplesToWav(audio.samples, audio.sampleRateHz) : null;
      if (isLatest) setTrouble({ code: errID ?? internalErrorCode, wav });
      return;
    }
    const attempt = { recordId, at: Date.now(), text: read, overall: result.overall, result };
    history.add(attempt);
    if (!isLatest) return;
    setTrouble(null); // the page has already reported the delay of a late one
    showAnswer(attempt, audio);
  };
  const rehearsal = useRehearsal(session, { setTrouble, recordId: history.note, answered });
  const press = (): void => {
    if (rehearsal.step === 'recording') return rehearsal.stop();
    if (rehearsal.step !== 'idle') return;
    voice.hush();
    setTrouble(null);
    hide();
    rehearsal.start(text);
  };
  useSpaceBar(press);
  const again = (): void => {
    focusRecordButton(); // the pressed element disappears
    press();
  };
  const choose = (chosen: string): void => {
    setText(chosen);
    setTrouble(null);
    if (shown && shown.text !== chosen) hide();
  };
  const show: typeof showAttempt = (attempt) => {
    setText(attempt.text);
    setTrouble(null);
    showAttempt(attempt);
  };
  const busy = rehearsal.step !== 'idle';
  return { text, trouble, history, shown, busy, voice, rehearsal, press, again, choose, showAttempt: show, hide };
}

// The space bar is the button, unless it types or presses something else.
function useSpaceBar(press: () => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.repeat || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('button, a, input, select, textarea, [tabindex="0"]')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
