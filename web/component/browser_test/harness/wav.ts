// WAV files of 16-bit mono samples.
import { readFileSync, writeFileSync } from 'node:fs';

export interface Wav {
  rateHz: number;
  samples: Int16Array;
}

export function parseWav(file: Buffer): Wav {
  for (let at = 12, rateHz = 0; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    const name = file.toString('latin1', at, at + 4);
    if (name === 'fmt ') rateHz = file.readUInt32LE(at + 12);
    if (name === 'data') {
      const bytes = file.subarray(at + 8, at + 8 + size);
      const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i));
      return { rateHz, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('no WAV file');
}

export function readWav(path: string): Wav {
  return parseWav(readFileSync(path));
}

export function wavBytes({ rateHz, samples }: Wav): Buffer {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(2 * rateHz, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, i) => file.writeInt16LE(sample, 44 + 2 * i));
  return file;
}

/** With silence around it: the microphone opens before the recording begins. */
export function padded({ rateHz, samples }: Wav, beforeMs: number, afterMs: number): Wav {
  const before = Math.round((beforeMs / 1000) * rateHz);
  const all = new Int16Array(before + samples.length + Math.round((afterMs / 1000) * rateHz));
  all.set(samples, before);
  return { rateHz, samples: all };
}

export function tone(rateHz: number, hz: number, durationMs: number): Wav {
  const samples = Int16Array.from({ length: (durationMs / 1000) * rateHz }, (_, i) =>
    Math.round(10000 * Math.sin((2 * Math.PI * hz * i) / rateHz)),
  );
  return { rateHz, samples };
}

export function writeWav(path: string, wav: Wav): void {
  writeFileSync(path, wavBytes(wav));
}
