// The recording over time: waveform, pitch and pauses, with words and phones below.
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import WaveSurfer from 'wavesurfer.js';
import { useSpeech } from '../i18n/index.js';
import { writePhone, type Alphabet } from '../result/phones.js';
import { pitchHeight, type Pitch } from '../result/pitch.js';
import type { Reading, Span } from '../result/reading.js';
import { peaksOf } from '../sound/samples.js';

interface Props {
  reading: Reading;
  samples: Int16Array;
  pitch: Pitch | null;
  pauses: Span[];
  alphabet: Alphabet;
  selected: number | null;
  /** ms; null: nothing plays. */
  positionMs: number | null;
  dark: boolean;
  select: (index: number) => void;
  playFrom: (positionMs: number) => void;
}

const heightPx = 112;
const minZoom = 0.5;
const maxZoom = 4;
const peaksPerSecond = 120;
// The room that a phone's letters need.
const pixelsPerSecond = 190;
// The rate of the component's and the server's recordings.
const samplesPerMs = 16;

export function Timeline(props: Props) {
  const { t } = useSpeech();
  const { reading, pitch, pauses } = props;
  const { view } = reading;
  const lengthMs = view.endMs - view.startMs;
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  useFollow(scroller, props.positionMs, view);
  const place = (span: Span) => ({
    left: `${(100 * (span.startMs - view.startMs)) / lengthMs}%`,
    width: `${(100 * (span.endMs - span.startMs)) / lengthMs}%`,
  });
  const widthPx = Math.round((lengthMs / 1000) * pixelsPerSecond * zoom);
  return (
    <>
      <div class="row zoom">
        <button type="button" class="quiet" disabled={zoom <= minZoom} onClick={() => setZoom(zoom / 2)}>
          {t.zoomOut}
        </button>
        <button type="button" class="quiet" disabled={zoom >= maxZoom} onClick={() => setZoom(zoom * 2)}>
          {t.zoomIn}
        </button>
      </div>
      <div ref={scroller} class="timeline-scroll" tabIndex={0} role="group" aria-label={t.timeline}>
        <div class="timeline" style={{ minWidth: '100%', width: `${widthPx}px` }}>
          <div class="wave-area" style={{ height: `${heightPx}px` }}>
            {pauses.map((pause) => (
              <div key={pause.startMs} class="pause" style={place(pause)}>
                <span>{t.pause(((pause.endMs - pause.startMs) / 1000).toFixed(1))}</span>
              </div>
            ))}
            <Wave {...props} />
            {pitch && <PitchCurve pitch={pitch} view={view} />}
          </div>
          <WordLane {...props} place={place} />
          <PhoneLane {...props} place={place} />
        </div>
      </div>
    </>
  );
}

/** Keeps the playing position in sight. */
function useFollow(scroller: RefObject<HTMLDivElement>, positionMs: number | null, view: Span): void {
  useEffect(() => {
    const box = scroller.current;
    if (!box || positionMs === null) return;
    const at = ((positionMs - view.startMs) / (view.endMs - view.startMs)) * box.scrollWidth;
    const isSeen = at >= box.scrollLeft && at <= box.scrollLeft + 0.9 * box.clientWidth;
    if (!isSeen) box.scrollLeft = at - 0.1 * box.clientWidth;
  }, [scroller, positionMs, view]);
}

function Wave({ reading, samples, positionMs, dark, playFrom }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const play = useRef(playFrom);
  play.current = playFrom;
  useEffect(() => {
    if (!holder.current) return undefined;
    const colours = getComputedStyle(holder.current);
    const { startMs, endMs } = reading.view;
    const seconds = (endMs - startMs) / 1000;
    const seen = samples.subarray(startMs * samplesPerMs, endMs * samplesPerMs);
    const made = WaveSurfer.create({
      container: holder.current,
      height: heightPx,
      peaks: [peaksOf(seen, Math.max(1, Math.round(seconds * peaksPerSecond)))],
      duration: seconds,
      waveColor: colours.getPropertyValue('--wave').trim(),
      progressColor: colours.getPropertyValue('--wave-played').trim(),
      cursorColor: colours.getPropertyValue('--accent').trim(),
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      hideScrollbar: true,
    });
    made.on('interaction', (at) => play.current(startMs + at * 1000));
    wave.current = made;
    return () => {
      wave.current = null;
      made.destroy();
    };
  }, [reading, samples, dark]);
  useEffect(() => {
    wave.current?.setTime(Math.max(0, (positionMs ?? 0) - reading.view.startMs) / 1000);
  }, [positionMs, reading]);
  return <div class="wave" ref={holder} aria-hidden="true" />;
}

function PitchCurve({ pitch, view }: { pitch: Pitch; view: Span }) {
  const { t } = useSpeech();
  const path = pitch.lines
    .map((line) =>
      line
        .map((point, i) => {
          const y = 92 - 84 * pitchHeight(point.hz, pitch);
          return `${i === 0 ? 'M' : 'L'}${(point.atMs - view.startMs).toFixed(0)} ${y.toFixed(1)}`;
        })
        .join(''),
    )
    .join('');
  const label = t.pitchRange(Math.round(pitch.lowHz), Math.round(pitch.highHz));
  return (
    <svg
      class="pitch"
      viewBox={`0 0 ${view.endMs - view.startMs} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={path} />
    </svg>
  );
}

type LaneProps = Props & { place: (span: Span) => { left: string; width: string } };

function WordLane({ reading, selected, select, place }: LaneProps) {
  return (
    <div class="lane words" lang="en">
      {reading.words.map(
        (word) =>
          word.span && (
            <button
              key={word.index}
              type="button"
              tabIndex={-1}
              class={`band-${word.band}`}
              aria-pressed={selected === word.index}
              style={place(word.span)}
              onClick={() => select(word.index)}
            >
              {word.text}
            </button>
          ),
      )}
      {reading.extras.map((extra) => (
        <span key={`extra-${extra.span.startMs}`} class="lane-extra" style={place(extra.span)}>
          {extra.text}
        </span>
      ))}
    </div>
  );
}

function PhoneLane({ reading, alphabet, place }: LaneProps) {
  const phones = reading.words.flatMap((word) => word.phones);
  return (
    <div class="lane phones-lane" aria-hidden="true">
      {phones.map(
        (phone, i) =>
          phone.span && (
            <span key={i} class={`band-${phone.band}`} style={place(phone.span)}>
              {writePhone(phone.asked, alphabet)}
            </span>
          ),
      )}
    </div>
  );
}
