// A code in the learner's words, and the next step.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { tipFor } from '../i18n/tips.js';
import { useSpeech, type Language } from '../i18n/index.js';
import { Playback } from '../sound/playback.js';

export interface Trouble {
  code: number;
  /** For 50003: the reason for a missing microphone. */
  reason?: string;
  /** The code's own message, if this page has no text for it. */
  message?: Record<Language, string>;
  /** The recording that could not be scored. */
  wav?: ArrayBuffer | null;
}

export function TipCard({ trouble, again }: { trouble: Trouble; again: (() => void) | null }) {
  const { language, t } = useSpeech();
  const tip = tipFor(trouble.code, trouble.reason) ?? trouble.message;
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), [trouble]);
  return (
    <section ref={card} class="card tip" role="alert">
      <h2>{t.tipTitle}</h2>
      <p>{tip?.[language] ?? t.codeLabel(trouble.code)}</p>
      <div class="row">
        {again && (
          <button type="button" class="soft" onClick={again}>
            {t.tryAgain}
          </button>
        )}
        {trouble.wav && <PlayButton wav={trouble.wav} />}
        <span class="hint">{t.codeLabel(trouble.code)}</span>
      </div>
    </section>
  );
}

/** Plays the recording, for learners who wonder why it could not be scored. */
function PlayButton({ wav }: { wav: ArrayBuffer }) {
  const { t } = useSpeech();
  const playback = useMemo(() => new Playback(), []);
  useEffect(() => () => void playback.close(), [playback]);
  return (
    <button type="button" class="soft" onClick={() => void playback.play(wav)}>
      {t.playAll}
    </button>
  );
}
