// One reading: a drawing of its scores, its words, the sounds of a word, and its course over time.
import { useEffect, useRef, useState } from 'preact/hooks';
import { tipFor } from '../i18n/tips.js';
import { useSpeech, type Strings } from '../i18n/index.js';
import type { ResultJson } from '../result/answer.js';
import { bandOf, type Band } from '../result/bands.js';
import type { Alphabet } from '../result/phones.js';
import type { Pitch } from '../result/pitch.js';
import type { Reading, Span, Word } from '../result/reading.js';
import { Playback } from '../sound/playback.js';
import { Legend, ReadText } from './read_text.js';
import { ScorePicture } from './score_picture.js';
import { Timeline } from './timeline.js';
import { WordPanel } from './word_panel.js';

export interface Shown {
  recordId: string;
  text: string;
  result: ResultJson;
  reading: Reading;
  /** Null: being fetched, or not there any more (`audioGone`). */
  samples: Int16Array | null;
  wav: ArrayBuffer | null;
  audioGone: boolean;
  pitch: Pitch | null;
  /** Null: being fetched, or not to be had. */
  pauses: Span[] | null;
}

interface Props {
  shown: Shown;
  alphabet: Alphabet;
  dark: boolean;
  setAlphabet: (alphabet: Alphabet) => void;
  sayModel: (text: string) => Promise<void>;
  hush: () => void;
}

export function ResultCard(props: Props) {
  const { shown } = props;
  const { t } = useSpeech();
  const [selected, setSelected] = useState<number | null>(null);
  const own = useOwnVoice(shown.wav);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    setSelected(null);
    // On a phone the words are below the visible part.
    card.current?.querySelector('.read-text')?.scrollIntoView({ block: 'nearest' });
  }, [shown.recordId]);
  const word = selected === null ? undefined : shown.reading.words[selected];
  const playOwn = async (span: Span | null): Promise<void> => {
    props.hush();
    await own.play(span);
  };
  const playModel = async (of: Word): Promise<void> => {
    own.stop();
    await props.sayModel(of.text);
  };
  const select = (index: number): void => setSelected(selected === index ? null : index);
  // Back to the word whose sounds were open: what had the focus goes away.
  const close = (): void => {
    card.current?.querySelector<HTMLElement>('.read-text [aria-pressed="true"]')?.focus();
    setSelected(null);
  };
  return (
    <section
      ref={card}
      class="card result"
      aria-labelledby="result-title"
      data-record-id={shown.recordId}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <h2 id="result-title">{t.resultTitle}</h2>
      <p class="praise">{praise(t, shown.result.overall)}</p>
      <ReadText reading={shown.reading} selected={selected} select={select} />
      <Legend reading={shown.reading} />
      {word ? (
        <WordPanel
          word={word}
          alphabet={props.alphabet}
          setAlphabet={props.setAlphabet}
          canReplay={shown.wav !== null}
          playOwn={() => void playOwn(word.span)}
          playModel={() => void playModel(word)}
          playBoth={() => void playOwn(word.span).then(() => playModel(word))}
          close={close}
        />
      ) : (
        <p class="hint">{t.tapAWord}</p>
      )}
      <AudioTip tipId={shown.result.info.tipId} />
      <ScorePicture result={shown.result} />
      <Course {...props} selected={selected} select={select} own={own} playOwn={playOwn} />
    </section>
  );
}

function praise(t: Strings, overall: number): string {
  const praises: Record<Band, string> = {
    'very-good': t.praiseVeryGood,
    good: t.praiseGood,
    bad: t.praiseBad,
    'very-bad': t.praiseVeryBad,
  };
  return praises[bandOf(overall)];
}

function AudioTip({ tipId }: { tipId: number }) {
  const { language } = useSpeech();
  const tip = tipId === 0 ? null : tipFor(tipId);
  return tip && <p class="audio-tip">{tip[language]}</p>;
}

interface OwnVoice {
  /** Null: nothing plays. */
  positionMs: number | null;
  play: (span: Span | null) => Promise<void>;
  stop: () => void;
}

// Plays the learner's recording, and reports its position.
function useOwnVoice(wav: ArrayBuffer | null): OwnVoice {
  const playback = useRef<Playback | null>(null);
  const [positionMs, setPosition] = useState<number | null>(null);
  const frame = useRef(0);
  const stop = (): void => {
    cancelAnimationFrame(frame.current);
    playback.current?.stop();
    setPosition(null);
  };
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      void playback.current?.close();
      playback.current = null;
    },
    [],
  );
  useEffect(() => stop, [wav]);
  const play = async (span: Span | null): Promise<void> => {
    if (!wav) return;
    stop();
    playback.current ??= new Playback();
    const follow = (): void => {
      setPosition(playback.current?.positionMs ?? null);
      frame.current = requestAnimationFrame(follow);
    };
    frame.current = requestAnimationFrame(follow);
    const mine = frame;
    await playback.current.play(wav, span);
    cancelAnimationFrame(mine.current);
    setPosition(null);
  };
  return { positionMs, play, stop };
}

function pausesText(t: Strings, pauses: Span[] | null): string {
  if (!pauses) return '';
  if (pauses.length === 0) return t.noPauses;
  const longestMs = Math.max(...pauses.map(({ startMs, endMs }) => endMs - startMs));
  return t.pausesAre(pauses.length, (longestMs / 1000).toFixed(1));
}

interface CourseProps extends Props {
  selected: number | null;
  select: (index: number) => void;
  own: OwnVoice;
  playOwn: (span: Span | null) => Promise<void>;
}

function Course({ shown, alphabet, dark, selected, select, own, playOwn }: CourseProps) {
  const { t } = useSpeech();
  const playing = own.positionMs !== null;
  const selectAndPlay = (index: number): void => {
    select(index);
    const span = shown.reading.words[index]?.span;
    if (span) void playOwn(span);
  };
  return (
    <div class="course">
      <div class="card-head">
        <h3>{t.timeline}</h3>
        <button
          type="button"
          class="soft"
          disabled={!shown.wav}
          onClick={() => (playing ? own.stop() : void playOwn(null))}
        >
          {playing ? t.stopListening : t.playAll}
        </button>
      </div>
      {shown.samples ? (
        <Timeline
          reading={shown.reading}
          samples={shown.samples}
          pitch={shown.pitch}
          pauses={shown.pauses ?? []}
          alphabet={alphabet}
          selected={selected}
          positionMs={own.positionMs}
          dark={dark}
          select={selectAndPlay}
          playFrom={(at) => void playOwn({ startMs: at, endMs: shown.reading.durationMs })}
        />
      ) : (
        <p class="hint">{shown.audioGone ? t.audioGone : t.preparing}</p>
      )}
      <p class="hint">
        {t.timelineHint} {pausesText(t, shown.pauses)} {t.speed(Math.round(shown.result.fluency.speed))}
      </p>
    </div>
  );
}
