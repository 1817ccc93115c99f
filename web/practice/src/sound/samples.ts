// Converts samples for players and drawings.

const headerBytes = 44;

/** 16-bit samples, one channel, as a WAV file. */
export function samplesToWav(samples: Int16Array, sampleRateHz: number): ArrayBuffer {
  const bytes = new ArrayBuffer(headerBytes + samples.length * 2);
  const view = new DataView(bytes);
  const text = (at: number, word: string): void => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => view.setInt16(headerBytes + i * 2, sample, true));
  return bytes;
}

/** The samples of a WAV file as the server converts recordings: 16 bits, one channel. Null: not that. */
export function wavToSamples(bytes: ArrayBuffer): Int16Array | null {
  const view = new DataView(bytes);
  if (bytes.byteLength < headerBytes || view.getUint32(0) !== 0x52494646) return null;
  let at = 12;
  while (at + 8 <= bytes.byteLength) {
    const size = view.getUint32(at + 4, true);
    if (view.getUint32(at) === 0x64617461) {
      const count = Math.floor(Math.min(size, bytes.byteLength - at - 8) / 2);
      return Int16Array.from({ length: count }, (_, i) => view.getInt16(at + 8 + i * 2, true));
    }
    at += 8 + size + (size % 2);
  }
  return null;
}

/** The peak of each of `count` equal parts, 0 to 1; the loudest is 1. */
export function peaksOf(samples: Int16Array, count: number): Float32Array<ArrayBuffer> {
  const peaks = new Float32Array(count);
  samples.forEach((sample, i) => {
    const bin = Math.min(count - 1, Math.floor((i * count) / samples.length));
    peaks[bin] = Math.max(peaks[bin] ?? 0, Math.abs(sample));
  });
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 1);
  return peaks.map((peak) => peak / loudest);
}
