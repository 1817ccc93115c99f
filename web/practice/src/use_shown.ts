// The shown reading, and the data fetched for it: its analysis, and the recording if the page no longer has it.
import { useState } from 'preact/hooks';
import type { RecordedAudio } from '@saywell/component';
import type { Attempt } from './history/attempt.js';
import { pausesOf } from './result/pauses.js';
import { pitchOf } from './result/pitch.js';
import { readingOf } from './result/reading.js';
import type { Server } from './server.js';
import { samplesToWav, wavToSamples } from './sound/samples.js';
import type { Shown } from './views/result_card.js';

interface Showing {
  shown: Shown | null;
  showAnswer: (attempt: Attempt, audio: RecordedAudio | null) => void;
  showAttempt: (attempt: Attempt) => void;
  hide: () => void;
}

export function useShown(server: Server): Showing {
  const [shown, setShown] = useState<Shown | null>(null);
  const complete = (recordId: string, part: Partial<Shown>): void =>
    setShown((before) => (before?.recordId === recordId ? { ...before, ...part } : before));
  const show = (attempt: Attempt, samples: Int16Array | null, wav: ArrayBuffer | null): void => {
    const { recordId, text, result } = attempt;
    const reading = readingOf(text, result);
    setShown({ recordId, text, result, reading, samples, wav, audioGone: false, pitch: null, pauses: null });
    server.analysis(recordId).then(
      ({ f0, speech }) => complete(recordId, { pitch: pitchOf(f0), pauses: pausesOf(speech, reading.said) }),
      () => undefined, // without curve and pauses; the recording may not be kept (store: false)
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
