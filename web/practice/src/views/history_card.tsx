// Earlier readings: progress by sentence, the readings, and a way to delete them all.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attempt, Progress } from '../history/attempt.js';
import { progressOf } from '../history/attempt.js';
import { useSpeech, type Strings } from '../i18n/index.js';
import { bandOf } from '../result/bands.js';
import type { History } from '../use_history.js';

interface Props {
  history: History;
  /** The server needs no sign-in. */
  isOpen: boolean;
  shownId: string | null;
  show: (attempt: Attempt) => void;
  /** Called before anything is deleted. */
  clearing: () => void;
}

const maxSentences = 8;
const maxListed = 6;

export function HistoryCard({ history, isOpen, shownId, show, clearing }: Props) {
  const { t } = useSpeech();
  const { list: attempts, unreachable, showMore } = history;
  const { state, clear } = useClearing(history, clearing);
  return (
    <section class="card history" aria-labelledby="history-title">
      <div class="card-head">
        <h2 id="history-title" tabIndex={-1}>
          {t.history}
        </h2>
        {(attempts.length > 0 || state.kind === 'failed') && (
          <ClearButton state={state} isOpen={isOpen} clear={clear} />
        )}
      </div>
      <p role="status" class="hint">
        {noteOf(t, state) || (unreachable ? t.historyUnreachable : '')}
      </p>
      {attempts.length === 0 ? (
        <p class="hint">{unreachable ? '' : t.historyEmpty}</p>
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
      {showMore && (
        <button type="button" class="quiet" onClick={showMore}>
          {t.historyMore}
        </button>
      )}
      <p class="privacy">{isOpen ? t.privacyOpen(location.host) : t.privacy(location.host)}</p>
    </section>
  );
}

type Clearing = { kind: 'none' | 'running' | 'done' | 'unreachable' } | { kind: 'failed'; count: number };

function useClearing(history: History, clearing: () => void) {
  const [state, setState] = useState<Clearing>({ kind: 'none' });
  const clear = async (): Promise<void> => {
    clearing();
    setState({ kind: 'running' });
    const cleared = await history.clear();
    if (cleared === 'unreachable') setState({ kind: 'unreachable' });
    else setState(cleared.failed > 0 ? { kind: 'failed', count: cleared.failed } : { kind: 'done' });
  };
  return { state, clear: () => void clear() };
}

function noteOf(t: Strings, state: Clearing): string {
  if (state.kind === 'failed') return t.clearFailed(state.count);
  return { none: '', running: t.clearing, done: t.cleared, unreachable: t.clearUnreachable }[state.kind];
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

interface ClearProps {
  state: Clearing;
  isOpen: boolean;
  clear: () => void;
}

function ClearButton({ state, isOpen, clear }: ClearProps) {
  const { t } = useSpeech();
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (asking) cancel.current?.focus();
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <button
        type="button"
        class="quiet"
        ref={opener}
        disabled={state.kind === 'running'}
        onClick={() => setAsking(true)}
      >
        {state.kind === 'failed' ? t.clearAgain : t.clear}
      </button>
    );
  }
  return (
    <div class="ask" role="alertdialog" aria-label={t.clear} aria-describedby="clear-question">
      <p id="clear-question">{isOpen ? t.clearQuestionOpen : t.clearQuestion}</p>
      <div class="row">
        <button
          type="button"
          class="danger"
          onClick={() => {
            document.getElementById('history-title')?.focus(); // the pressed element disappears
            wasAsking.current = false;
            setAsking(false);
            clear();
          }}
        >
          {t.clearYes}
        </button>
        <button type="button" class="quiet" ref={cancel} onClick={() => setAsking(false)}>
          {t.cancel}
        </button>
      </div>
    </div>
  );
}
