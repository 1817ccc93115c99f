// The F0 of GET /v1/recordings/{id}/analysis as a curve.
export interface Analysis {
  recordId: string;
  duration: number;
  f0: { start: number; step: number; hz: number[] };
  speech: { start: number; end: number }[];
}

export interface PitchPoint {
  atMs: number;
  hz: number;
}

export interface Pitch {
  /** Voiced stretches, each of at least two points. */
  lines: PitchPoint[][];
  lowHz: number;
  highHz: number;
}

/** Null: nothing is voiced. */
export function pitchOf(f0: Analysis['f0']): Pitch | null {
  const lines: PitchPoint[][] = [];
  let line: PitchPoint[] = [];
  f0.hz.forEach((hz, i) => {
    if (hz > 0) line.push({ atMs: f0.start + i * f0.step, hz });
    if ((hz <= 0 || i === f0.hz.length - 1) && line.length > 0) {
      if (line.length > 1) lines.push(line);
      line = [];
    }
  });
  const heights = lines.flat().map((point) => point.hz);
  if (heights.length === 0) return null;
  return { lines, lowHz: Math.min(...heights), highHz: Math.max(...heights) };
}

/** 0 (lowest) to 1 (highest), in musical steps: equal distances sound equal. */
export function pitchHeight(hz: number, pitch: Pitch): number {
  // A monotonous voice is drawn in the middle, not as noise over the full height.
  const octaves = Math.max(Math.log2(pitch.highHz / pitch.lowHz), 0.25);
  const middle = Math.sqrt(pitch.lowHz * pitch.highHz);
  return 0.5 + Math.log2(hz / middle) / octaves;
}
