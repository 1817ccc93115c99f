// A learner's waiting times: from the last sample to the coloured words, and for the page itself.
// SAYWELL_BENCH_ROUNDS: readings, default 20.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { desktopView, openBrowser, writeMicrophoneFile } from '../browser/page.js';
import { RunningServer } from '../browser/server.js';

const rounds = Number(process.env.SAYWELL_BENCH_ROUNDS ?? 20);
const beforeS = 2.5;
// The speech of 3 s and half a second around it on both sides: a recording of 4 s.
const aroundMs = 500;
const speechMs = 2990;

let folder: string;
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saywell-bench-'));
  const microphone = join(folder, 'speech.wav');
  writeMicrophoneFile(microphone, beforeS, 2);
  [server, browser] = await Promise.all([RunningServer.start(), openBrowser(microphone)]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function report(what: string, timesMs: number[]): void {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN);
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms (${sorted.length} times)`);
}

/** `delays_ms` gets the server's share: from the last sample to its answer. */
async function openPage(delaysMs: number[]): Promise<Page> {
  const page = await (await browser.newContext(desktopView)).newPage();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const { result } = JSON.parse(payload.toString()) as { result?: { delaytime: number } };
      if (result) delaysMs.push(result.delaytime);
    }),
  );
  await page.addInitScript(() => {
    const times = { button: 0, stop: 0, words: 0 };
    Object.assign(window, { times });
    // It is painted two frames later.
    const whenPainted = (done: () => void): void => {
      requestAnimationFrame(() => requestAnimationFrame(done));
    };
    new MutationObserver(() => {
      if (times.button === 0 && document.querySelector('.record-button')) {
        times.button = -1;
        whenPainted(() => (times.button = performance.now()));
      }
      if (times.stop > 0 && times.words === 0 && document.querySelector('.read-text .word')) {
        times.words = -1;
        whenPainted(() => (times.words = performance.now()));
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(server.url);
  await page.waitForFunction(() => (window as unknown as { times: { button: number } }).times.button > 0);
  return page;
}

it('measures the page', async () => {
  const interactive: number[] = [];
  const coloured: number[] = [];
  const computed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await openPage(computed);
    interactive.push(await page.evaluate(() => (window as unknown as { times: { button: number } }).times.button));
    await page.locator('.record-button').click();
    const opened = Date.now();
    await page.locator('.record.recording').waitFor();
    const speechEnds = opened + beforeS * 1000 + speechMs + aroundMs;
    await page.waitForTimeout(Math.max(0, speechEnds - Date.now()));
    await page.evaluate(() => {
      const { times } = window as unknown as { times: { stop: number } };
      times.stop = performance.now();
      document.querySelector<HTMLButtonElement>('.recording .record-button')?.click();
    });
    await page.waitForFunction(() => (window as unknown as { times: { words: number } }).times.words > 0);
    coloured.push(
      await page.evaluate(() => {
        const { times } = window as unknown as { times: { stop: number; words: number } };
        return times.words - times.stop;
      }),
    );
    await page.context().close();
  }
  report('page interactive', interactive);
  report('last sample to coloured words', coloured);
  report('of it the server', computed);
  expect(coloured).toHaveLength(rounds);
});
