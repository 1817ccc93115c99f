// What was read before: progress by sentence, the readings, and the way to delete it all.
import { useState } from 'preact/hooks';
import type { Attempt, Progress } from '../history/attempt.js';
import { progressOf } from '../history/attempt.js';
import { useSpeech } from '../i18n/index.js';
import { bandOf } from '../result/bands.js';

interface Props {
  attempts: readonly Attempt[];
  shownId: string | null;
  /** What the last clearing said; empty: nothing. */
  note: string;
  show: (attempt: Attempt) => void;
  clear: () => void;
}

const maxSentences = 8;
const maxListed = 6;

export function HistoryCard({ attempts, shownId, note, show, clear }: Props) {
  const { t } = useSpeech();
  return (
    <section class="card history" aria-labelledby="history-title">
      <div class="card-head">
        <h2 id="history-title">{t.history}</h2>
        {attempts.length > 0 && <ClearButton clear={clear} />}
      </div>
      <p role="status" class="hint">
        {note}
      </p>
      {attempts.length === 0 ? (
        <p class="hint">{t.historyEmpty}</p>
      ) : (
        <ul class="progress-list">
          {progressOf(attempts)
            .slice(0, maxSentences)
            .map((progress) => (
              <li key={progress.text}>
                <ProgressOfSentence progress={progress} />
                <ol class="attempts">
                  {attempts
                    .filter((attempt) => attempt.text === progress.text)
                    .slice(0, maxListed)
                    .map((attempt) => (
                      <AttemptButton
                        key={attempt.recordId}
                        attempt={attempt}
                        shown={attempt.recordId === shownId}
                        show={show}
                      />
                    ))}
                </ol>
              </li>
            ))}
        </ul>
      )}
      <p class="privacy">{t.privacy(location.host)}</p>
    </section>
  );
}

function ProgressOfSentence({ progress }: { progress: Progress }) {
  const { t } = useSpeech();
  return (
    <div class="progress">
      <div>
        <p lang="en">{progress.text}</p>
        <p class="hint">
          {t.attempts(progress.count)} · {t.best(Math.round(progress.best))}
          {progress.count > 1 && ` · ${t.trend(Math.round(progress.first), Math.round(progress.last))}`}
        </p>
      </div>
      {progress.scores.length > 1 && <Sparkline scores={progress.scores} />}
    </div>
  );
}

function Sparkline({ scores }: { scores: number[] }) {
  const x = (i: number): number => 4 + (92 * i) / (scores.length - 1);
  const y = (score: number): number => 36 - (32 * score) / 100;
  return (
    <svg class="sparkline" viewBox="0 0 100 40" aria-hidden="true">
      <polyline points={scores.map((score, i) => `${x(i)},${y(score)}`).join(' ')} />
      {scores.map((score, i) => (
        <circle key={i} class={`band-${bandOf(score)}`} cx={x(i)} cy={y(score)} r="2.5" />
      ))}
    </svg>
  );
}

interface AttemptProps {
  attempt: Attempt;
  shown: boolean;
  show: (attempt: Attempt) => void;
}

function AttemptButton({ attempt, shown, show }: AttemptProps) {
  const { language, t } = useSpeech();
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(attempt.at);
  const score = Math.round(attempt.overall);
  return (
    <li>
      <button
        type="button"
        class={`attempt band-${bandOf(score)}`}
        aria-pressed={shown}
        aria-label={t.showAttempt(when, score)}
        onClick={() => show(attempt)}
      >
        <strong>{score}</strong> <span>{when}</span>
      </button>
    </li>
  );
}

function ClearButton({ clear }: { clear: () => void }) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" class="quiet" onClick={() => setAsking(true)}>
        {t.clear}
      </button>
    );
  }
  return (
    <div class="ask" role="alertdialog" aria-label={t.clear} aria-describedby="clear-question">
      <p id="clear-question">{t.clearQuestion}</p>
      <div class="row">
        <button
          type="button"
          class="danger"
          onClick={() => {
            setAsking(false);
            clear();
          }}
        >
          {t.clearYes}
        </button>
        <button type="button" class="quiet" autofocus onClick={() => setAsking(false)}>
          {t.cancel}
        </button>
      </div>
    </div>
  );
}
