// From the button to the coloured words, and the actions that the page then offers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  desktopView,
  isSeen,
  openBrowser,
  overhang,
  patienceMs,
  phoneView,
  readAloud,
  seriousViolations,
  speechFile,
  speechText,
  visit,
  writeMicrophoneFile,
} from './page.js';
import { assessFile, RunningServer } from './server.js';

const tolerancePoints = 3;

let folder: string;
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saywell-microphone-'));
  const microphone = join(folder, 'speech.wav');
  writeMicrophoneFile(microphone);
  [server, browser] = await Promise.all([RunningServer.start(), openBrowser(microphone)]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const words = (page: Page) => page.locator('.read-text .word');

async function numberIn(page: Page, selector: string): Promise<number> {
  return Number(await page.locator(selector).first().textContent());
}

describe('a reading on the desktop', () => {
  let page: Page;
  let strangers: string[];
  let errors: string[];

  beforeAll(async () => {
    ({ page, strangers, errors } = await visit(browser, server.url, desktopView));
    await readAloud(page);
    await page.locator('.timeline .wave').waitFor();
    await page.locator('.pitch').waitFor();
  });

  afterAll(() => page.context().close());

  it('colours every word', async () => {
    expect(await words(page).allTextContents()).toEqual(['He', 'was', 'not', 'an', 'ill-disposed', 'young', 'man']);
    for (const word of await words(page).all()) expect(await word.getAttribute('class')).toMatch(/band-/);
  });

  it('scores as the command line does', async () => {
    const expected = assessFile(speechFile, speechText);
    expect(Math.abs((await numberIn(page, '.ring-number')) - expected.overall)).toBeLessThanOrEqual(tolerancePoints);
    expect(Math.abs((await numberIn(page, '.bar-number')) - expected.accuracy)).toBeLessThanOrEqual(tolerancePoints);
  });

  it('shows every sound of a word, in both alphabets', async () => {
    await words(page).nth(4).click();
    const sounds = page.locator('.phone-asked');
    expect(await sounds.allTextContents()).toEqual(['ɪ', 'l', 'd', 'ɪ', 's', 'p', 'oʊ', 'z', 'd']);
    await page.getByText('ARPAbet').click();
    expect(await sounds.allTextContents()).toEqual(['IH', 'L', 'D', 'IH', 'S', 'P', 'OW', 'Z', 'D']);
    await page.getByText('IPA').click();
  });

  it('plays the word as it was read, and the model after it', async () => {
    const asked = page.waitForRequest((request) => request.url().includes('/v1/speech?text=ill-disposed'));
    await page.getByRole('button', { name: 'You, then the model' }).click();
    expect((await (await asked).response())?.status()).toBe(200);
  });

  it('draws words and sounds below the wave', async () => {
    expect(await page.locator('.lane.words button').count()).toBe(7);
    expect(await page.locator('.phones-lane span').count()).toBeGreaterThan(15);
    expect((await page.locator('.pitch path').getAttribute('d'))?.length).toBeGreaterThan(100);
  });

  it('has nothing that keeps anybody out, in both languages, light and dark', async () => {
    await page.locator('.sentence-card .quiet').click();
    for (const language of ['zh', 'en']) {
      await page.locator('header select').nth(0).selectOption(language);
      for (const theme of ['dark', 'light']) {
        await page.locator('header select').nth(1).selectOption(theme);
        await page.locator(`html[data-theme="${theme}"] .word-panel`).waitFor();
        expect(await seriousViolations(page)).toEqual([]);
      }
    }
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('keeps the reading, and shows it again after the page was closed', async () => {
    await page.reload();
    await page.locator('.attempt').click();
    await page.locator('.timeline .wave').waitFor();
    expect(await words(page).count()).toBe(7);
  });

  it('asks no other host and makes no mistake', () => {
    expect(strangers).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('deletes everything, on the server too', async () => {
    const listed = async (): Promise<number> => {
      const answer = (await (await fetch(`${server.url}/v1/recordings`)).json()) as { recordings: unknown[] };
      return answer.recordings.length;
    };
    expect(await listed()).toBe(1);
    await page.getByRole('button', { name: 'Clear everything' }).click();
    await page.getByRole('button', { name: 'Yes, delete everything' }).click();
    await page.getByText('Everything is deleted.').waitFor();
    expect(await page.locator('.attempt').count()).toBe(0);
    expect(await listed()).toBe(0);
    await page.reload();
    await page.getByText('Your readings will be listed here.').waitFor();
  });
});

describe('a reading on a phone, in Chinese and in the dark', () => {
  let page: Page;

  beforeAll(async () => {
    ({ page } = await visit(browser, server.url, { ...phoneView, locale: 'zh-CN', colorScheme: 'dark' }));
  });

  afterAll(() => page.context().close());

  it('fits, and keeps nobody out', async () => {
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '换一句' }).tap();
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: '取消' }).tap();
  });

  it('fits with its result, too', async () => {
    await page.locator('.record-button').tap();
    await words(page).first().waitFor();
    await vi.waitUntil(() => isSeen(page, '.read-text .word'), { timeout: patienceMs });
    await words(page).nth(4).tap();
    await page.locator('.timeline .wave').waitFor();
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe('a reading by keyboard alone', () => {
  it('goes from the sentence to a sound and back', async () => {
    const { page } = await visit(browser, server.url, desktopView);
    await page.keyboard.press('Space');
    await words(page).first().waitFor();
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    for (let i = 0; i < 20 && (await focused()) !== 'He'; i++) await page.keyboard.press('Tab');
    expect(await focused()).toBe('He');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The sounds of “was”' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.word-panel').waitFor({ state: 'detached' });
    expect(await focused()).toBe('was');
    await page.context().close();
  });
});
