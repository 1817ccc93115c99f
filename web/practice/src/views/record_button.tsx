import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSpeech } from '../i18n/index.js';
import type { Prompt, Step } from '../rehearsal.js';

interface Props {
  phase: Step;
  /** 0 to 1 */
  level: number;
  prompt: Prompt;
  press: () => void;
}

/** A phone has no space bar to speak of. */
const hasKeyboard = window.matchMedia('(hover: hover) and (pointer: fine)').matches;

export function RecordButton({ phase, level, prompt, press }: Props) {
  const { t } = useSpeech();
  const saying: Record<Step, string> = {
    idle: hasKeyboard ? t.recordHintSpace : t.recordHint,
    asking: t.allowMicrophone,
    preparing: t.preparing,
    recording: t.recording,
    checking: t.checking,
  };
  const asking: Record<Prompt, string> = {
    none: t.recording,
    ask: t.askFinished,
    'not-heard': t.notHeard,
    muted: t.muted,
  };
  const active = phase === 'recording';
  const waits = phase !== 'idle' && !active;
  return (
    <div class={`record ${phase}`}>
      <button
        type="button"
        class="record-button"
        style={{ '--level': active ? level.toFixed(3) : '0' }}
        aria-disabled={waits}
        aria-label={active ? t.recordStop : t.record}
        onClick={press}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          {active ? (
            <rect x="7" y="7" width="10" height="10" rx="2.5" />
          ) : (
            <path d="M12 14.5a3.5 3.5 0 0 0 3.5-3.5V6a3.5 3.5 0 0 0-7 0v5a3.5 3.5 0 0 0 3.5 3.5zM18 11a6 6 0 0 1-12 0M12 17v3.5" />
          )}
        </svg>
      </button>
      <p class="record-state" role="status">
        {active ? asking[prompt] : saying[phase]}
      </p>
      {active && prompt === 'ask' ? (
        <FinishedButton press={press} />
      ) : (
        <p class="hint">{active ? t.recordingHint : '\u00a0'}</p>
      )}
      <meter class="visually-hidden" min={0} max={1} value={active ? level : 0} aria-label={t.level} />
    </div>
  );
}

// The answer to "finished?". When it disappears with the focus, the round button gets the focus.
function FinishedButton({ press }: { press: () => void }) {
  const { t } = useSpeech();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const own = button.current;
    return () => {
      if (own === document.activeElement) focusRecordButton();
    };
  }, []);
  return (
    <button type="button" class="soft" ref={button} onClick={press}>
      {t.recordStop}
    </button>
  );
}

export function focusRecordButton(): void {
  document.querySelector<HTMLElement>('.record-button')?.focus();
}
