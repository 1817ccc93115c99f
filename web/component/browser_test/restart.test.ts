// The real server is killed and started again while a recording is made, while it is sent, and after it was sent.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allSeen, makeRecorder, openAllowedPage, openBrowser, seen } from './harness/browser.js';
import { SaywellServer } from './harness/saywell_server.js';
import { Site } from './harness/site.js';
import { SpeechFolder, speechText } from './harness/speech.js';

const folder = new SpeechFolder();
const quickly = { reconnectMinMs: 20, reconnectMaxMs: 100 };
let browser: Browser;
let server: SaywellServer;
let site: Site;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser({ microphoneFile: folder.writeSentence() });
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

beforeEach(async () => {
  server = await SaywellServer.start();
  site = await Site.open(server.port);
  page = await openAllowedPage(browser, site.address);
});

afterEach(async () => {
  await page.context().close();
  await site.close();
  await server.stop();
});

/** Kills the server; a new one answers as soon as it accepts connections. */
async function restartServer(): Promise<void> {
  await server.kill();
  await seen(page, { code: 50103 });
  server = await server.restart();
  site.leadTo(server.port);
}

async function noteHeld(): Promise<void> {
  await page.evaluate(() => {
    window.recorder.on('held', ({ refusal, retryInMs }) => window.seen.push({ held: refusal.code, retryInMs }));
  });
}

const recordedS = () => page.evaluate(() => window.recorder.recordedMs / 1000);

/** The ids of the server's whole recordings. */
async function wholeIds(): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/v1/recordings`);
  const { recordings } = (await answer.json()) as { recordings: { recordId: string; cutShort: boolean }[] };
  return recordings.filter(({ cutShort }) => !cutShort).map(({ recordId }) => recordId);
}

/** There is one answer, and the server has that one recording, sample for sample. */
async function oneRecordingAndNothingLost(recordId: string): Promise<void> {
  expect((await allSeen(page)).filter(({ code }) => code === 50200)).toHaveLength(1);
  expect(await wholeIds()).toEqual([recordId]);
  const same = await page.evaluate(async (id) => {
    const mine = window.recorder.audio(id)!.samples;
    const kept = new Int16Array((await (await fetch(`/v1/recordings/${id}`)).arrayBuffer()).slice(44));
    return mine.length > 16000 && mine.length === kept.length && mine.every((sample, i) => sample === kept[i]);
  }, recordId);
  expect(same).toBe(true);
}

describe('a server that is killed and started again', () => {
  it('in mid-recording gets everything once its models are loaded', async () => {
    await makeRecorder(page, quickly);
    await noteHeld();
    await seen(page, { state: 'idle' });
    await page.evaluate((refText) => window.recorder.start({ request: { refText }, playDing: false }), speechText);
    const first = await seen(page, { code: 50304 });
    await page.waitForFunction(() => window.recorder.recordedMs > 2000);
    await restartServer();
    // It accepts connections before it can assess: recordings refused then are kept.
    expect(await seen(page, { held: 40051 })).toMatchObject({ retryInMs: expect.any(Number) });
    expect(await page.evaluate(() => window.recorder.state)).toBe('recording');
    const second = await seen(page, { code: 50304, replaces: first['recordId'] as string });
    const atRestartS = await recordedS();
    await page.waitForFunction((s) => window.recorder.recordedMs > 1000 * Math.max(s + 1, 8), atRestartS);
    await page.evaluate(() => window.recorder.stop());
    const { recordId, result } = (await seen(page, { code: 50200 })) as {
      recordId?: string;
      result?: { overall: number };
    };
    expect(recordId).toBe(second['recordId']);
    expect(result!.overall).toBeGreaterThan(60);
    await oneRecordingAndNothingLost(recordId!);
  });

  it('in mid-upload gets everything', async () => {
    await makeRecorder(page, quickly);
    await seen(page, { state: 'idle' });
    await page.evaluate((refText) => window.recorder.start({ request: { refText }, playDing: false }), speechText);
    await page.waitForFunction(() => window.recorder.recordedMs > 2000);
    site.setNetwork('silent'); // from now on nothing sent arrives
    await page.waitForFunction(() => window.recorder.recordedMs > 8000);
    await page.evaluate(() => window.recorder.stop());
    await seen(page, { code: 50300 });
    await server.kill();
    site.setNetwork('down');
    await seen(page, { code: 50103 });
    server = await server.restart();
    site.leadTo(server.port);
    site.setNetwork('up');
    const { recordId, result } = (await seen(page, { code: 50200 })) as {
      recordId?: string;
      result?: { overall: number };
    };
    expect(result!.overall).toBeGreaterThan(60);
    await oneRecordingAndNothingLost(recordId!);
  });

  it('after it has acknowledged a recording answers under the same id', async () => {
    await makeRecorder(page, quickly);
    await seen(page, { state: 'idle' });
    await page.evaluate((refText) => window.recorder.start({ request: { refText }, playDing: false }), speechText);
    await page.waitForFunction(() => window.recorder.recordedMs > 2000);
    site.holdAnswers();
    await page.evaluate(() => window.recorder.stop());
    const { recordId } = await seen(page, { code: 50300 });
    const stored = async () => (await wholeIds()).includes(String(recordId));
    while (!(await stored())) await page.waitForTimeout(20);
    await restartServer();
    expect(await seen(page, { code: 50200 })).toMatchObject({ recordId });
    await oneRecordingAndNothingLost(String(recordId));
  });

  it('before the recording has begun takes it as soon as it can', async () => {
    await makeRecorder(page, quickly);
    await noteHeld();
    await seen(page, { state: 'idle' });
    await restartServer();
    const from = (await allSeen(page)).length;
    await seen(page, { state: 'idle' });
    await page.waitForFunction(() => window.recorder.state === 'idle');
    const options = { request: { refText: 'x', mode: 'record-only' }, playDing: false, maxDurationMs: 1500 };
    await page.evaluate((given) => window.recorder.start(given), options);
    const { recordId } = await seen(page, { code: 50200 }, from);
    await oneRecordingAndNothingLost(String(recordId));
  });
});
