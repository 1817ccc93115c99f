// A recording of the longest duration: the server keeps exactly the played samples, and memory grows with them alone.
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { makeRecorder, openAllowedPage, openBrowser, seen } from '../harness/browser.js';
import { Site } from '../harness/site.js';
import { SpeechFolder } from '../harness/speech.js';
import { parseWav, type Wav } from '../harness/wav.js';

const rateHz = 16000;
const longestS = 180;
/** About that of the noise. */
const noiseLevel = 2000;
const pieceSamples = rateHz / 10;
/** Of a piece: one sample beside its place it is 0.995, two 0.98, and with 10 ms of silence in it 0.95. */
const leastLikeness = 0.99;
const megabyte = 1024 * 1024;
const folder = new SpeechFolder();
let site: Site;
let browser: Browser;
let played: Wav;

/** Low noise: every second of it differs, and a fraction of a sample makes no difference. */
function noise(durationS: number): Wav {
  let seed = 42;
  let low = 0;
  let lower = 0;
  const samples = Int16Array.from({ length: durationS * rateHz }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    low += 0.1 * (seed / 2147483648 - 1 - low);
    lower += 0.1 * (low - lower);
    return Math.round(20000 * lower);
  });
  return { rateHz, samples };
}

beforeAll(async () => {
  played = noise(longestS + 60);
  site = await Site.open(inject('serverPort'));
  browser = await openBrowser({ microphoneFile: folder.write('noise.wav', played) });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  folder.remove();
});

async function usedBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}

function correlation(a: Int16Array, b: Int16Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; ++i) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return ab / Math.sqrt(aa * bb);
}

function likeness(kept: Int16Array, at: number, offset: number, length = pieceSamples): number {
  return correlation(kept.subarray(at, at + length), played.samples.subarray(at + offset, at + offset + length));
}

/** The delay of a piece of the recording against its own place in the played noise. */
function offsetOf(kept: Int16Array, at: number, from: number, to: number): number {
  const length = 4000;
  let best = { offset: 0, found: -1 };
  for (let offset = Math.max(-at, from); offset < to; ++offset) {
    const found = likeness(kept, at, offset, length);
    if (found > best.found) best = { offset, found };
  }
  return best.offset;
}

/** The number of samples of [from, to) within a silence of 3 ms or more, which noise never has. */
function silentSamples(kept: Int16Array, from: number, to: number): number {
  let count = 0;
  let run = 0;
  for (const sample of [...kept.subarray(Math.max(0, from), to), noiseLevel]) {
    if (Math.abs(sample) < noiseLevel / 50) {
      ++run;
    } else {
      if (run >= 48) count += run;
      run = 0;
    }
  }
  return count;
}

/**
 * Where the recording differs from the played noise, 100 ms at a time, and the number of samples lost there. On a busy
 * machine the thread of Chromium's fake microphone is late: it then inserts 10 ms of silence, and continues with the
 * next sample. Such a silence loses nothing, and is only counted.
 */
function compare(kept: Int16Array): { lost: string[]; silenceMs: number } {
  let offset = offsetOf(kept, 0, 0, 30 * rateHz);
  const lost: string[] = [];
  let put = 0;
  for (let at = 0; at < kept.length; at += pieceSamples) {
    const found = likeness(kept, at, offset);
    if (found >= leastLikeness) continue;
    const next = offsetOf(kept, Math.min(at + pieceSamples, kept.length - 4000), offset - rateHz, offset + rateHz);
    const shift = next - offset;
    const silent = silentSamples(kept, at - pieceSamples, at + 2 * pieceSamples);
    // The low-pass rounds the ends of a silence.
    if (shift <= 0 && silent >= Math.max(96, -shift - 96)) put -= shift;
    else lost.push(`${at / rateHz} s: ${found.toFixed(3)}, ${shift} samples`);
    offset = next;
  }
  return { lost, silenceMs: put / 16 };
}

async function keptSamples(page: Page, recordId: string): Promise<Int16Array> {
  const bytes = await (await fetch(`http://127.0.0.1:${inject('serverPort')}/v1/recordings/${recordId}`)).arrayBuffer();
  const mine = await page.evaluate(() => window.recorder.audio()!.samples.length);
  const { samples } = parseWav(Buffer.from(bytes));
  expect(samples.length).toBe(mine);
  return samples;
}

it('180 s: no sample lost, memory flat', async () => {
  const page = await openAllowedPage(browser, site.address);
  const session = await page.context().newCDPSession(page);
  await makeRecorder(page);
  await seen(page, { state: 'idle' });
  await page.evaluate(() =>
    window.recorder.start({
      request: { refText: 'x', mode: 'record-only', coreType: 'en.pred.score' },
      playDing: false,
    }),
  );
  const memory: { atS: number; bytes: number; recorded: number }[] = [];
  for (const atS of [5, 60, 120, 175]) {
    await page.waitForFunction((ms) => window.recorder.recordedMs >= ms, atS * 1000, { timeout: 0, polling: 500 });
    const recorded = 2 * 16 * (await page.evaluate(() => window.recorder.recordedMs));
    memory.push({ atS, bytes: await usedBytes(session), recorded });
  }
  const { recordId } = await seen(page, { code: 50200 });
  expect(await seen(page, { code: 50300 })).toMatchObject({ reason: 'length', durationMs: longestS * 1000 });
  for (const { atS, bytes, recorded } of memory) {
    console.log(
      `${atS} s: ${(bytes / megabyte).toFixed(2)} MB in use, ${(recorded / megabyte).toFixed(2)} MB of it the recording`,
    );
  }
  const own = memory.map(({ bytes, recorded }) => bytes - recorded);
  expect(Math.max(...own) - own[0]!).toBeLessThan(0.5 * megabyte);

  const kept = await keptSamples(page, String(recordId));
  expect(kept.length).toBe(longestS * rateHz);
  const { lost, silenceMs } = compare(kept);
  console.log(`${silenceMs} ms of silence while the fake microphone was late`);
  expect(lost).toEqual([]);
});
