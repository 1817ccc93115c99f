// The practice page.
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Dispatch,
  type StateUpdater,
} from 'preact/hooks';
import type { Envelope, RecordedAudio } from '@saywell/component';
import { SpeechContext, strings, useSpeech } from './i18n/index.js';
import type { Attempt } from './history/attempt.js';
import { Rehearsal, type Step } from './rehearsal.js';
import { isScoreResult } from './result/answer.js';
import { pitchOf } from './result/pitch.js';
import { readingOf, withoutMarks } from './result/reading.js';
import { firstSentence } from './sentences.js';
import { ServerError, type Server } from './server.js';
import { loadSettings, saveSettings, type Settings, type Theme } from './settings.js';
import { ModelVoice } from './sound/model_voice.js';
import { samplesToWav, wavToSamples } from './sound/samples.js';
import { useAttempts } from './use_attempts.js';
import { useSession, type Session } from './use_session.js';
import { Header } from './views/header.js';
import { HistoryCard } from './views/history_card.js';
import { RecordButton } from './views/record_button.js';
import { ResultCard, type Shown } from './views/result_card.js';
import { SentenceCard } from './views/sentence_card.js';
import { SignIn } from './views/sign_in.js';
import { TipCard, type Trouble } from './views/tip_card.js';

const noMicrophoneCode = 50003;

/** Known before anything is asked: browsers give no microphone to a page that is not safe. */
function troubleAtStart(): Trouble | null {
  return window.isSecureContext ? null : { code: noMicrophoneCode, reason: 'insecure-page' };
}

export function App() {
  const [settings, setSettings] = useState<Settings>(loadSettings);
  const change = useCallback((changed: Partial<Settings>): void => {
    setSettings((before) => {
      const after = { ...before, ...changed };
      saveSettings(after);
      return after;
    });
  }, []);
  const t = strings[settings.language];
  const dark = useDark(settings.theme);
  useLayoutEffect(() => {
    document.documentElement.lang = settings.language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.title = t.title;
  }, [settings.language, dark, t]);
  const session = useSession();
  return (
    <SpeechContext.Provider value={{ language: settings.language, t }}>
      <Header settings={settings} user={session.caller?.userId ?? ''} change={change} />
      <main>
        {session.signedOut ? (
          <SignIn reason={session.signedOut} signIn={(token) => void session.signIn(token)} />
        ) : (
          <Practice settings={settings} dark={dark} change={change} session={session} />
        )}
      </main>
      <footer>
        <a href="/about">{t.aboutServer}</a>
      </footer>
    </SpeechContext.Provider>
  );
}

function useDark(theme: Theme): boolean {
  const system = useMemo(() => window.matchMedia('(prefers-color-scheme: dark)'), []);
  const [systemDark, setSystemDark] = useState(system.matches);
  useEffect(() => {
    const listen = (): void => setSystemDark(system.matches);
    system.addEventListener('change', listen);
    return () => system.removeEventListener('change', listen);
  }, [system]);
  return theme === 'auto' ? systemDark : theme === 'dark';
}

interface PracticeProps {
  settings: Settings;
  dark: boolean;
  change: (settings: Partial<Settings>) => void;
  session: Session;
}

const signedOutCodes = [40080, 50102];

function Practice({ settings, dark, change, session }: PracticeProps) {
  const { t } = useSpeech();
  const { server } = session;
  const [text, setText] = useState(firstSentence);
  const [trouble, setTrouble] = useState<Trouble | null>(troubleAtStart);
  const [note, setNote] = useState('');
  const attempts = useAttempts();
  const { shown, showAnswer, showAttempt, hide } = useShown(server);
  const voice = useModelVoice(server, setTrouble);
  const rehearsal = useRehearsal(session, setTrouble, (envelope, audio, read) => {
    const result: unknown = envelope.result;
    if (!isScoreResult(result)) {
      const code = envelope.errID ?? 500;
      setTrouble({ code });
      if (signedOutCodes.includes(code)) session.end();
      return;
    }
    const attempt = { recordId: envelope.recordId, at: Date.now(), text: read, overall: result.overall, result };
    showAnswer(attempt, audio);
    attempts.add(attempt);
  });
  const press = (): void => {
    if (rehearsal.step === 'recording') return rehearsal.stop();
    if (rehearsal.step !== 'idle') return;
    voice.hush();
    setTrouble(null);
    hide();
    rehearsal.start(text);
  };
  useSpaceBar(press);
  const busy = rehearsal.step !== 'idle';
  const choose = (chosen: string): void => {
    setText(chosen);
    setTrouble(null);
    if (shown && shown.text !== chosen) hide();
  };
  const clear = async (): Promise<void> => {
    hide();
    setNote((await attempts.clear(server)) ? t.cleared : t.clearPartly);
  };
  return (
    <>
      <SentenceCard
        text={withoutMarks(text)}
        busy={busy}
        speaking={voice.speaking}
        choose={choose}
        speak={(speed) => void voice.say(withoutMarks(text), speed)}
        hush={voice.hush}
      />
      <RecordButton phase={rehearsal.step} level={rehearsal.level} press={press} />
      {trouble && <TipCard trouble={trouble} again={rehearsal.step === 'idle' ? press : null} />}
      <p class="visually-hidden" role="status">
        {shown && !busy ? t.resultReady(Math.round(shown.result.overall)) : ''}
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
        attempts={attempts.list}
        shownId={shown?.recordId ?? null}
        note={note}
        show={(attempt) => {
          setText(attempt.text);
          setTrouble(null);
          showAttempt(attempt);
        }}
        clear={() => void clear()}
      />
    </>
  );
}

interface Showing {
  shown: Shown | null;
  showAnswer: (attempt: Attempt, audio: RecordedAudio | null) => void;
  showAttempt: (attempt: Attempt) => void;
  hide: () => void;
}

// What is shown at once, and what is fetched for it afterwards: the recording, where it is not here
// any more, and the pitch.
function useShown(server: Server): Showing {
  const [shown, setShown] = useState<Shown | null>(null);
  const complete = (recordId: string, part: Partial<Shown>): void =>
    setShown((before) => (before?.recordId === recordId ? { ...before, ...part } : before));
  const show = (attempt: Attempt, samples: Int16Array | null, wav: ArrayBuffer | null): void => {
    const { recordId, text, result } = attempt;
    const reading = readingOf(text, result);
    setShown({ recordId, text, result, reading, samples, wav, audioGone: false, pitch: null });
    server.analysis(recordId).then(
      (analysis) => complete(recordId, { pitch: pitchOf(analysis.f0) }),
      () => undefined, // without the curve; the recording may not be kept (store: false)
    );
    if (wav) return;
    server.recording(recordId).then(
      (kept) => complete(recordId, { wav: kept, samples: wavToSamples(kept) }),
      () => complete(recordId, { audioGone: true }),
    );
  };
  return {
    shown,
    showAnswer: (attempt, audio) =>
      show(attempt, audio?.samples ?? null, audio && samplesToWav(audio.samples, audio.sampleRateHz)),
    showAttempt: (attempt) => show(attempt, null, null),
    hide: () => setShown(null),
  };
}

function useModelVoice(server: Server, tell: (trouble: Trouble) => void) {
  const voice = useMemo(() => new ModelVoice(server), [server]);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => void voice.close(), [voice]);
  const say = async (text: string, speed: number): Promise<void> => {
    setSpeaking(true);
    try {
      await voice.say(withoutMarks(text), speed);
    } catch (error) {
      tell({ code: error instanceof ServerError && error.code > 0 ? error.code : 50101 });
    } finally {
      setSpeaking(false);
    }
  };
  return { speaking, say, hush: useCallback(() => voice.hush(), [voice]) };
}

type Answered = (envelope: Envelope, audio: RecordedAudio | null, text: string) => void;

/** Troubles of the line, which pass. */
const connectionCodes = [50101, 50103, 50104];

function useRehearsal(session: Session, setTrouble: Dispatch<StateUpdater<Trouble | null>>, answered: Answered) {
  const [step, setStep] = useState<Step>('idle');
  const [level, setLevel] = useState(0);
  const read = useRef('');
  const latest = useRef(answered);
  latest.current = answered;
  const rehearsal = useMemo(
    () =>
      new Rehearsal(session.token, {
        step: setStep,
        level: setLevel,
        trouble: (code, reason, message) => setTrouble({ code, reason, message }),
        connected: () => setTrouble((before) => (before && connectionCodes.includes(before.code) ? null : before)),
        answer: (envelope, audio) => latest.current(envelope, audio, read.current),
      }),
    [session.token, setTrouble],
  );
  useEffect(() => () => void rehearsal.close(), [rehearsal]);
  const start = (text: string): void => {
    read.current = text;
    rehearsal.start(text);
  };
  return { step, level, start, stop: () => rehearsal.stop() };
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
