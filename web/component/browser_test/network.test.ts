import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { allSeen, makeRecorder, openAllowedPage, openBrowser, seen } from './harness/browser.js';
import { programPath, SaywellServer } from './harness/saywell_server.js';
import { Site } from './harness/site.js';
import { SpeechFolder, speechText } from './harness/speech.js';

const folder = new SpeechFolder();
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser({ microphoneFile: folder.writeSentence() });
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

const recordOnly = { request: { refText: 'x', mode: 'record-only' }, playDing: false };

describe('the connection', () => {
  let site: Site;
  let page: Page;

  beforeEach(async () => {
    site = await Site.open(inject('serverPort'));
    page = await openAllowedPage(browser, site.address);
  });

  afterEach(async () => {
    await page.context().close();
    await site.close();
  });

  it('stands when the server answers (50100), and its figures are told (50108)', async () => {
    await makeRecorder(page);
    expect(await seen(page, { code: 50100 })).toMatchObject({ server: site.address, attempt: 1 });
    const figures = await seen(page, { code: 50108 });
    expect(figures).toMatchObject({ unsentBytes: 0, forLearner: false });
    expect(figures['latencyMs']).toBeGreaterThan(0);
    expect(figures['sentBytesPerS']).toBeGreaterThan(0);
  });

  it('fails where no one listens (50101), and is tried again with growing pauses', async () => {
    site.setNetwork('down');
    await makeRecorder(page, { reconnectMinMs: 40, reconnectMaxMs: 200 });
    const [first, second, third] = await Promise.all([1, 2, 3].map((attempt) => seen(page, { code: 50101, attempt })));
    const [a, b, c] = [first, second, third].map((event) => Number(event!['retryInMs']));
    expect([a! >= 30 && a! <= 50, b! >= 60 && b! <= 100, c! >= 120 && c! <= 200]).toEqual([true, true, true]);
    site.setNetwork('up');
    await seen(page, { state: 'idle' });
  });

  it('that the server does not answer is given up (50104)', async () => {
    site.setNetwork('silent');
    await makeRecorder(page, { connectTimeoutMs: 300 });
    expect(await seen(page, { code: 50104 })).toMatchObject({ symbol: 'FMS_CONNECT_TIMEOUT', attempt: 1 });
    site.setNetwork('up');
    await seen(page, { state: 'idle' });
  });

  it('that stands and falls silent is given up when it is asked something (50104)', async () => {
    await makeRecorder(page, { silenceTimeoutMs: 300, reconnectMinMs: 50 });
    await seen(page, { state: 'idle' });
    site.setNetwork('silent');
    await page.evaluate((options) => window.recorder.start(options), recordOnly);
    await seen(page, { code: 50104 });
    expect(await seen(page, { code: 50300 })).toMatchObject({ reason: 'connection', durationMs: 0 });
    site.setNetwork('up');
  });

  it('is closed (50103), calls are refused meanwhile (50106), and it comes back', async () => {
    await makeRecorder(page, { reconnectMinMs: 50 });
    await seen(page, { state: 'idle' });
    site.setNetwork('down');
    expect(await seen(page, { code: 50103 })).toMatchObject({ symbol: 'FMS_CONNECT_CLOSED' });
    for (const call of ['start', 'replay'] as const) {
      const answer = await page.evaluate(([name, options]) => window.recorder[name](options as never), [
        call,
        recordOnly,
      ] as const);
      expect(answer).toMatchObject({ code: 50106, call });
    }
    const from = (await allSeen(page)).length;
    site.setNetwork('up');
    await seen(page, { code: 50100 }, from);
    await seen(page, { state: 'idle' }, from);
  });

  it("tells the network's coming and going (50105)", async () => {
    await makeRecorder(page, { reconnectMinMs: 50 });
    await seen(page, { state: 'idle' });
    await page.context().setOffline(true);
    expect(await seen(page, { code: 50105 })).toMatchObject({ online: false, forLearner: false });
    await page.context().setOffline(false);
    await seen(page, { code: 50105, online: true });
    await page.waitForFunction(() => window.recorder.state === 'idle');
  });

  it('that brings no result in time is told (50201), and the result when it comes all the same', async () => {
    await makeRecorder(page, { coreTimeoutMs: 500, reconnectMinMs: 50 });
    await seen(page, { state: 'idle' });
    await page.evaluate((options) => window.recorder.start(options), recordOnly);
    await seen(page, { state: 'recording' });
    site.setNetwork('down');
    await seen(page, { code: 50103 });
    await page.evaluate(() => window.recorder.stop());
    const { recordId } = await seen(page, { code: 50201 });
    expect(recordId).toBe((await seen(page, { code: 50300 }))['recordId']);
    site.setNetwork('up');
    expect(await seen(page, { code: 50200 })).toMatchObject({ late: true });
  });
});

describe('a network that is cut in mid-recording', () => {
  let site: Site;
  let page: Page;

  beforeEach(async () => {
    site = await Site.open(inject('serverPort'));
    page = await openAllowedPage(browser, site.address);
    await makeRecorder(page, { reconnectMinMs: 100 });
    await seen(page, { state: 'idle' });
  });

  afterEach(async () => {
    await page.context().close();
    await site.close();
  });

  /** The server keeps exactly the samples that the page recorded. */
  async function nothingLost(recordId: string): Promise<void> {
    const same = await page.evaluate(async (id) => {
      const mine = window.recorder.audio()!.samples;
      const kept = new Int16Array((await (await fetch(`/v1/recordings/${id}`)).arrayBuffer()).slice(44));
      return mine.length === kept.length && mine.every((sample, i) => sample === kept[i]);
    }, recordId);
    expect(same).toBe(true);
  }

  it('for five seconds loses nothing, and the result comes', async () => {
    await page.evaluate(
      (refText) => window.recorder.start({ request: { refText, tokenId: 'cut' }, playDing: false }),
      speechText,
    );
    const first = await seen(page, { code: 50304 });
    await page.waitForFunction(() => window.recorder.audio()!.samples.length > 2.5 * 16000);
    site.setNetwork('down');
    await seen(page, { code: 50103 });
    await page.waitForFunction(() => window.recorder.audio()!.samples.length > 7.5 * 16000);
    expect(await page.evaluate(() => window.recorder.state)).toBe('recording');
    site.setNetwork('up');
    const second = await seen(page, { code: 50304, replaces: first['recordId'] as string });
    await page.evaluate(() => window.recorder.stop());
    const { result, recordId } = (await seen(page, { code: 50200, tokenId: 'cut' })) as {
      result?: { overall: number };
      recordId?: string;
    };
    expect(recordId).toBe(second['recordId']);
    expect(result!.overall).toBeGreaterThan(60);
    await nothingLost(recordId!);
    const known = await page.evaluate((id) => window.recorder.results.get(id)?.recordId, String(first['recordId']));
    expect(known).toBe(recordId);
  });

  it('and back only after the recording has ended loses nothing either', async () => {
    await page.evaluate((options) => window.recorder.start(options), recordOnly);
    await page.waitForFunction(() => (window.recorder.audio()?.samples.length ?? 0) > 8000);
    site.setNetwork('down');
    await seen(page, { code: 50103 });
    await page.evaluate(() => window.recorder.stop());
    await seen(page, { state: 'not_ready' });
    site.setNetwork('up');
    const { recordId } = await seen(page, { code: 50200 });
    await nothingLost(String(recordId));
  });

  it('right after the stop finds the result that is there, and sends nothing twice', async () => {
    await page.evaluate((options) => window.recorder.start({ ...options, maxDurationMs: 500 }), recordOnly);
    await seen(page, { code: 50301 });
    site.holdAnswers();
    await seen(page, { code: 50300 });
    const { recordId } = await seen(page, { code: 50304 });
    await page.waitForFunction(async (id) => (await fetch(`/v1/results/${id}`)).status === 200, String(recordId), {
      polling: 100,
    });
    site.setNetwork('down');
    site.setNetwork('up');
    expect(await seen(page, { code: 50200 })).toMatchObject({ recordId });
    const ids = (await allSeen(page)).filter(({ code }) => code === 50304);
    expect(ids.length).toBe(1);
    await nothingLost(String(recordId));
  });
});

describe('a server with applications', () => {
  let server: SaywellServer;
  let site: Site;
  let page: Page;
  let application: { applicationId: string; secret: string };

  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'saywell-web-'));
    const made = execFileSync(programPath(), ['app', '--data-dir', dataDir, 'add', 'web', '--format', 'json'], {
      encoding: 'utf8',
    });
    application = JSON.parse(made) as typeof application;
    server = await SaywellServer.start(['--bind', '127.0.0.1'], dataDir);
    site = await Site.open(server.port);
  });

  afterAll(async () => {
    await site?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    page = await openAllowedPage(browser, site.address);
  });

  afterEach(() => page.context().close());

  async function tokenOf(userId: string): Promise<string> {
    const { applicationId, secret } = application;
    const body = JSON.stringify({ applicationId, secret, userId, role: 'learner' });
    const answer = await fetch(`http://127.0.0.1:${server.port}/v1/sessions`, { method: 'POST', body });
    return ((await answer.json()) as { token: string }).token;
  }

  it('rejects who is not signed in (50102), and is not asked again by itself', async () => {
    await makeRecorder(page);
    expect(await seen(page, { code: 50102 })).toMatchObject({
      symbol: 'FMS_CONNECT_REJECTED',
      errID: 40080,
      retryInMs: null,
    });
    await seen(page, { code: 50001 });
    expect(await page.evaluate(() => window.recorder.connected)).toBe(false);
  });

  it('rejects a token that is none', async () => {
    await makeRecorder(page, {}, 'nonsense');
    expect(await seen(page, { code: 50102 })).toMatchObject({ errID: 40080 });
  });

  it("takes the user's token, and gives that user's recordings back", async () => {
    await makeRecorder(page, {}, await tokenOf('eva'));
    await seen(page, { state: 'idle' });
    await page.evaluate((options) => window.recorder.start({ ...options, maxDurationMs: 300 }), recordOnly);
    const { envelope, recordId } = (await seen(page, { code: 50200 })) as {
      envelope?: { userId: string };
      recordId?: string;
    };
    expect(envelope!.userId).toBe('eva');
    await page.evaluate((options) => window.recorder.start({ ...options, maxDurationMs: 300 }), recordOnly);
    await page.waitForFunction(() => window.recorder.results.size === 2);
    await page.evaluate((id) => window.recorder.replay({ recordId: id }), recordId!);
    await seen(page, { code: 50302, recordId: recordId! });
  });

  it('refuses to record as another user, and says so', async () => {
    await makeRecorder(page, {}, await tokenOf('eva'));
    await seen(page, { state: 'idle' });
    await page.evaluate(() =>
      window.recorder.start({ request: { refText: 'x', mode: 'record-only', userId: 'adam' }, playDing: false }),
    );
    expect(await seen(page, { code: 50300 })).toMatchObject({ reason: 'refused', durationMs: 0 });
    expect(((await seen(page, { code: 50200 })) as { refusal?: { code: number } }).refusal!.code).toBe(40082);
  });
});
