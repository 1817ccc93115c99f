// The pauses of a reading: where the voice activity detector hears no speech between the first word and the last.
import type { Span } from './reading.js';

/** A shorter silence is part of speaking. */
export const shortestPauseMs = 350;

/** `speech`: of GET /v1/recordings/{id}/analysis. `said`: from the first word to the end of the last; null: nothing. */
export function pausesOf(speech: readonly { start: number; end: number }[], said: Span | null): Span[] {
  if (!said) return [];
  const pauses: Span[] = [];
  let quietFromMs = said.startMs;
  for (const { start, end } of [...speech].sort((a, b) => a.start - b.start)) {
    const untilMs = Math.min(start, said.endMs);
    if (untilMs - quietFromMs >= shortestPauseMs) pauses.push({ startMs: quietFromMs, endMs: untilMs });
    quietFromMs = Math.max(quietFromMs, end);
  }
  return pauses;
}
