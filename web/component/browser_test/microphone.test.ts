import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { codesSeen, makeRecorder, openAllowedPage, openBrowser, openPage, seen } from './harness/browser.js';
import { PulseAudio } from './harness/pulse_audio.js';
import { Site } from './harness/site.js';

let site: Site;

beforeAll(async () => {
  site = await Site.open(inject('serverPort'));
});

afterAll(() => site.close());

async function notReady(page: Page): Promise<void> {
  const answer = await page.evaluate(() => window.recorder.start({ request: { refText: 'x' } }));
  expect(answer).toMatchObject({ code: 50353, status: 'status.invalid:not_ready' });
}

describe("Chromium's own microphone", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser({ flags: ['--host-resolver-rules=MAP plain.test 127.0.0.1'] });
  });

  afterAll(() => browser.close());

  it('is found when it is allowed (50001)', async () => {
    const page = await openAllowedPage(browser, site.address);
    await makeRecorder(page);
    expect(await seen(page, { code: 50001 })).toMatchObject({ symbol: 'MIC_UNMUTED' });
    await page.context().close();
  });

  it('is refused (50002), and comes when it is allowed later', async () => {
    const context = await browser.newContext();
    const page = await openPage(context, site.address);
    await makeRecorder(page);
    expect(await seen(page, { code: 50002 })).toMatchObject({ symbol: 'MIC_MUTED', reason: 'refused' });
    await seen(page, { code: 50100 });
    await notReady(page);
    await context.grantPermissions(['microphone']);
    await seen(page, { code: 50001 });
    await seen(page, { state: 'idle' });
    await context.close();
  });

  it('is not to be had on a page that is neither https nor localhost (50003, with what to do)', async () => {
    const context = await browser.newContext();
    const page = await openPage(context, site.address.replace('localhost', 'plain.test'));
    await makeRecorder(page);
    const event = await seen(page, { code: 50003 });
    expect(event).toMatchObject({ reason: 'insecure-page', symbol: 'MIC_NOT_FOUND' });
    expect((event['hint'] as { en: string }).en).toContain('https://');
    await context.close();
  });

  it('is not called missing where the policy forbids the audio thread (50003, with what to do)', async () => {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await openPage(context, site.address, '/strict-page');
    await makeRecorder(page);
    const event = await seen(page, { code: 50003 });
    expect(event).toMatchObject({ reason: 'policy' });
    expect((event['hint'] as { en: string }).en).toContain('workletUrl');
    await page.evaluate(() => window.recorder.close());
    await makeRecorder(page, { workletUrl: '/dist/saywell.worklet.js' });
    await seen(page, { code: 50001 });
    await context.close();
  });

  it('is tried again with the next connection when the file of the audio thread did not come', async () => {
    site.audio.set('worklet.js', (response) => void response.writeHead(404).end());
    const page = await openAllowedPage(browser, site.address);
    await makeRecorder(page, { workletUrl: '/audio/worklet.js', reconnectMinMs: 50 });
    expect(await seen(page, { code: 50003 })).toMatchObject({ reason: 'unreachable' });
    await seen(page, { code: 50100 });
    const worklet = await (await fetch(`${site.address}/dist/saywell.worklet.js`)).text();
    site.audio.set('worklet.js', (response) => response.setHeader('Content-Type', 'text/javascript').end(worklet));
    site.setNetwork('down');
    await seen(page, { code: 50103 });
    site.setNetwork('up');
    await seen(page, { code: 50001 });
    await page.context().close();
  });

  it('that is asked for by an id that is not there is missing (50003)', async () => {
    const page = await openAllowedPage(browser, site.address);
    await makeRecorder(page, { deviceId: 'f00d' });
    expect(await seen(page, { code: 50003 })).toMatchObject({ reason: 'none-found' });
    await page.context().close();
  });
});

describe('a microphone of the system', () => {
  let sound: PulseAudio;

  beforeAll(async () => {
    sound = await PulseAudio.start();
  });

  afterAll(() => sound?.stop());

  // Chromium hears of devices from udev, which knows nothing of PulseAudio's modules: each case has a browser of its own.
  async function withRecorder(work: (page: Page) => Promise<void>): Promise<void> {
    const browser = await openBrowser({ microphoneFile: null, env: sound.environment });
    const page = await openAllowedPage(browser, site.address);
    await makeRecorder(page);
    await seen(page, { code: 50100 });
    await work(page);
    await browser.close();
  }

  it('is absent (50003)', () =>
    withRecorder(async (page) => {
      expect(await seen(page, { code: 50003 })).toMatchObject({ symbol: 'MIC_NOT_FOUND', reason: 'none-found' });
      await notReady(page);
    }));

  it('is found (50001), and pulled while it records (50002): what was said until then is sent', async () => {
    sound.plugIn();
    await withRecorder(async (page) => {
      await seen(page, { code: 50001 });
      await page.evaluate(() =>
        window.recorder.start({ request: { refText: 'x', mode: 'record-only' }, playDing: false }),
      );
      await page.waitForFunction(() => window.recorder.recordedMs > 200);
      const before = (await codesSeen(page)).length;
      sound.pull();
      const { durationMs } = (await seen(page, { code: 50300, reason: 'microphone', stopType: 'auto' })) as {
        durationMs?: number;
      };
      expect(durationMs).toBeGreaterThan(200);
      await seen(page, { code: 50200 });
      const codes = (await codesSeen(page)).slice(before);
      expect(codes.filter((code) => code !== 50003)).toEqual([50002, 50300, 50200]);
      await notReady(page);
    });
  });
});
