// The scores as a drawing: a ring for the whole, a bar for each part.
import { useSpeech } from '../i18n/index.js';
import type { ResultJson } from '../result/answer.js';
import { bandOf } from '../result/bands.js';

const radius = 52;
const circumference = 2 * Math.PI * radius;

export function ScorePicture({ result }: { result: ResultJson }) {
  const { t } = useSpeech();
  const bars: [string, string, number | null][] = [
    [t.accuracy, t.accuracyHint, result.accuracy],
    [t.fluency, t.fluencyHint, result.fluency.overall],
    [t.rhythm, t.rhythmHint, result.rhythm?.overall ?? null],
    [t.integrity, t.integrityHint, result.integrity],
  ];
  return (
    <div class="scores">
      <Ring score={Math.round(result.overall)} />
      <dl class="bars">
        {bars.map(([name, hint, score]) => (
          <Bar key={name} name={name} hint={hint} score={score} />
        ))}
      </dl>
    </div>
  );
}

function Ring({ score }: { score: number }) {
  const { t } = useSpeech();
  return (
    <svg class={`ring band-${bandOf(score)}`} viewBox="0 0 120 120" role="img" aria-label={`${t.overall}: ${score}`}>
      <circle class="ring-back" cx="60" cy="60" r={radius} />
      <circle
        class="ring-front"
        cx="60"
        cy="60"
        r={radius}
        stroke-dasharray={`${(circumference * score) / 100} ${circumference}`}
        transform="rotate(-90 60 60)"
      />
      <text x="60" y="66" class="ring-number">
        {score}
      </text>
      <text x="60" y="84" class="ring-name">
        {t.overall}
      </text>
    </svg>
  );
}

function Bar({ name, hint, score }: { name: string; hint: string; score: number | null }) {
  const { t } = useSpeech();
  const width = score ?? 0;
  return (
    <div class={score === null ? 'bar' : `bar band-${bandOf(score)}`}>
      <dt title={hint}>{name}</dt>
      <dd>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-back" width="100" height="8" />
          <rect class="bar-front" width={width} height="8" />
        </svg>
        <span class="bar-number">{score === null ? t.noRhythm : Math.round(score)}</span>
      </dd>
    </div>
  );
}
