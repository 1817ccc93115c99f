// A recording of the longest duration: what the server keeps is what was played, and memory is the recording's own.
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { makeRecorder, openAllowedPage, openBrowser, seen } from '../harness/browser.js';
import { Site } from '../harness/site.js';
import { SpeechFolder } from '../harness/speech.js';
import { parseWav, type Wav } from '../harness/wav.js';

const rateHz = 16000;
const longestS = 180;
const megabyte = 1024 * 1024;
const folder = new SpeechFolder();
let site: Site;
let browser: Browser;
let played: Wav;

/** Noise below 4 kHz: no second of it is like another. */
function noise(durationS: number): Wav {
  let seed = 42;
  let low = 0;
  let lower = 0;
  const samples = Int16Array.from({ length: durationS * rateHz }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    low += 0.4 * (seed / 2147483648 - 1 - low);
    lower += 0.4 * (low - lower);
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

/** Where in what was played a piece of the recording comes from, searched around `expected`. */
function bestOffset(kept: Int16Array, at: number, expected: number, around: number): { offset: number; likeness: number } {
  const piece = kept.subarray(at, at + 4000);
  let best = { offset: 0, likeness: -1 };
  for (let offset = Math.max(-at, expected - around); offset <= expected + around; ++offset) {
    const likeness = correlation(piece, played.samples.subarray(at + offset, at + offset + piece.length));
    if (likeness > best.likeness) best = { offset, likeness };
  }
  return best;
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
  await page.evaluate(() => window.recorder.start({ request: { refText: 'x', mode: 'record-only', coreType: 'en.pred.score' }, playDing: false }));
  const memory: { atS: number; bytes: number; recorded: number }[] = [];
  for (const atS of [5, 60, 120, 175]) {
    await page.waitForFunction((ms) => window.recorder.recordedMs >= ms, atS * 1000, { timeout: 0, polling: 500 });
    const recorded = 2 * 16 * (await page.evaluate(() => window.recorder.recordedMs));
    memory.push({ atS, bytes: await usedBytes(session), recorded });
  }
  const { recordId } = await seen(page, { code: 50200 });
  expect(await seen(page, { code: 50300 })).toMatchObject({ reason: 'length', durationMs: longestS * 1000 });
  for (const { atS, bytes, recorded } of memory) {
    console.log(`${atS} s: ${(bytes / megabyte).toFixed(2)} MB in use, ${(recorded / megabyte).toFixed(2)} MB of it the recording`);
  }
  const own = memory.map(({ bytes, recorded }) => bytes - recorded);
  expect(Math.max(...own) - own[0]!).toBeLessThan(1.5 * megabyte);

  const kept = await keptSamples(page, String(recordId));
  expect(kept.length).toBe(longestS * rateHz);
  const first = bestOffset(kept, 0, 30 * rateHz, 30 * rateHz);
  const offsets: number[] = [];
  const unlike: string[] = [];
  for (let atS = 0; atS < longestS; atS += 5) {
    const { offset, likeness } = bestOffset(kept, atS * rateHz, offsets.at(-1) ?? first.offset, 1600);
    offsets.push(offset);
    if (likeness < 0.98) unlike.push(`${atS} s: ${likeness.toFixed(3)}`);
  }
  console.log(`offsets of ${offsets.length} places: ${Math.min(...offsets)} to ${Math.max(...offsets)} samples`);
  expect(unlike).toEqual([]);
  expect(Math.max(...offsets) - Math.min(...offsets)).toBeLessThanOrEqual(1);
});
