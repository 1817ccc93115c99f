import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesSeen, makeRecorder, openAllowedPage, openBrowser, seen } from './harness/browser.js';
import { programPath, SaywellServer } from './harness/saywell_server.js';
import { Site } from './harness/site.js';
import { padded, readWav, writeWav } from './harness/wav.js';

const speech = '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0930.wav';
const text = 'He might even have been made amiable himself.';

let folder: string;
let server: SaywellServer;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saywell-speech-'));
  writeWav(join(folder, 'speech.wav'), padded(readWav(speech), 1500, 3000));
  server = await SaywellServer.start();
  site = await Site.open(server.port);
  browser = await openBrowser({ microphoneFile: join(folder, 'speech.wav') });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

async function ready(): Promise<Page> {
  const page = await openAllowedPage(browser, site.address);
  await makeRecorder(page);
  await seen(page, { state: 'idle' });
  return page;
}

describe('a recording', () => {
  it('brings the scores that the command line gives for the file', async () => {
    const page = await ready();
    await page.evaluate((refText) => window.recorder.start({ request: { refText }, playDing: false, vad: true }), text);
    await seen(page, { code: 50301 });
    const { result } = (await seen(page, { code: 50200 })) as { result?: { overall: number } };
    console.log(await codesSeen(page), result?.overall);
    const direct = JSON.parse(
      execFileSync(programPath(), ['assess', speech, '--text', text, '--format', 'json'], { encoding: 'utf8' }),
    );
    expect(Math.abs(result!.overall - (direct.result ?? direct).overall)).toBeLessThanOrEqual(3);
    await page.context().close();
  });
});
