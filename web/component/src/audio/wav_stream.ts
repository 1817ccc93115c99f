// Turns a WAV file of 16-bit samples into PCM while its bytes arrive.
import { Pcm } from './pcm.js';

const unknownSizes = new Set([0, 0xffffffff]);
const maxHeadBytes = 64 * 1024;

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

interface Head {
  rateHz: number;
  channels: number;
  dataAt: number;
  dataBytes: number | null;
}

/** Null: not enough bytes yet. 'other': no WAV file of this kind. */
function readHead(bytes: Uint8Array): Head | null | 'other' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 12) return null;
  if (tagAt(view, 0) !== 'RIFF' || tagAt(view, 8) !== 'WAVE') return 'other';
  let format: { rateHz: number; channels: number } | null = null;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tagAt(view, at) === 'fmt ') {
      if (body + 16 > view.byteLength) return null;
      const isPcm16 = view.getUint16(body, true) === 1 && view.getUint16(body + 14, true) === 16;
      format = { channels: view.getUint16(body + 2, true), rateHz: view.getUint32(body + 4, true) };
      if (!isPcm16 || format.channels < 1 || format.channels > 2) return 'other';
      if (format.rateHz < 8000 || format.rateHz > 96000) return 'other'; // every browser plays these
    } else if (tagAt(view, at) === 'data') {
      return format ? { ...format, dataAt: body, dataBytes: unknownSizes.has(size) ? null : size } : 'other';
    }
    at = body + size + (size % 2);
  }
  return view.byteLength > maxHeadBytes ? 'other' : null;
}

export class WavStream {
  private front = new Uint8Array(0);
  private dataLeft = Infinity;
  /** Once the header has arrived. */
  pcm: Pcm | null = null;

  /** False: no WAV file of 16-bit samples; it took nothing. */
  push(bytes: Uint8Array): boolean {
    const joined = new Uint8Array(this.front.length + bytes.length);
    joined.set(this.front);
    joined.set(bytes, this.front.length);
    this.front = joined;
    if (!this.pcm) {
      const head = readHead(joined);
      if (head === 'other') return false;
      if (!head) return true;
      const frames = head.dataBytes === null ? null : Math.floor(head.dataBytes / (2 * head.channels));
      this.pcm = new Pcm(head.rateHz, head.channels, frames);
      this.dataLeft = head.dataBytes ?? Infinity;
      this.front = joined.subarray(head.dataAt);
    }
    this.takeFrames(this.pcm);
    return true;
  }

  private takeFrames(pcm: Pcm): void {
    const frameBytes = 2 * pcm.channelCount;
    const usable = Math.min(this.front.length, this.dataLeft);
    const whole = usable - (usable % frameBytes);
    const view = new DataView(this.front.buffer, this.front.byteOffset, whole);
    const samples = new Int16Array(whole / 2);
    for (let i = 0; i < samples.length; ++i) samples[i] = view.getInt16(2 * i, true);
    pcm.append(samples);
    this.dataLeft -= whole;
    this.front = this.front.slice(whole);
  }
}
