// Reading aloud, for the page: the step, the level, what to say meanwhile.
import { useEffect, useMemo, useRef, useState, type Dispatch, type StateUpdater } from 'preact/hooks';
import { Rehearsal, type Answer, type Prompt, type Step } from './rehearsal.js';
import { keptReason } from './result/kept_reason.js';
import type { Session } from './use_session.js';
import type { Trouble } from './views/tip_card.js';

/** Troubles of the connection, which pass. */
const connectionCodes = [50101, 50103, 50104];
const rejectedCode = 50102;

interface Hooks {
  setTrouble: Dispatch<StateUpdater<Trouble | null>>;
  recordId: (recordId: string) => void;
  answered: (answer: Answer) => void;
}

const passes = (trouble: Trouble): boolean => trouble.reason === keptReason || connectionCodes.includes(trouble.code);

export function useRehearsal(session: Session, hooks: Hooks) {
  const [step, setStep] = useState<Step>('idle');
  const [level, setLevel] = useState(0);
  const [prompt, setPrompt] = useState<Prompt>('none');
  const latest = useRef({ ...hooks, session });
  latest.current = { ...hooks, session };
  const rehearsal = useMemo(() => {
    const setTrouble: Hooks['setTrouble'] = (trouble) => latest.current.setTrouble(trouble);
    return new Rehearsal(session.token, {
      step: setStep,
      level: setLevel,
      prompt: setPrompt,
      trouble: (code, reason, message) => {
        const { caller, end } = latest.current.session;
        if (code === rejectedCode && caller && !caller.open) return end();
        setTrouble({ code, reason, message });
      },
      connected: () => setTrouble((before) => (before && passes(before) ? null : before)),
      recordId: (recordId) => latest.current.recordId(recordId),
      answer: (answer) => latest.current.answered(answer),
    });
  }, [session.token]);
  useEffect(() => () => void rehearsal.close(), [rehearsal]);
  const endOfSpeechMs = session.caller?.endOfSpeechMs;
  if (endOfSpeechMs !== undefined) rehearsal.endOfSpeechMs = endOfSpeechMs;
  const start = (text: string): void => rehearsal.start(text);
  return { step, level, prompt, start, stop: () => rehearsal.stop() };
}
