// A reading ends after the last word, or after a long silence and a question, but not at a pause within the text.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { desktopView, openBrowser, practise, speechFile, speechText, visit, writeMicrophoneFile } from './page.js';
import { assessFile, RunningServer } from './server.js';

const wordsBeforePause = 3;
const question = 'Have you finished?';

let folder: string;
let server: RunningServer;
let browser: Browser | null = null;
let cutMs: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saywell-microphone-'));
  server = await RunningServer.start();
  const { details } = assessFile(speechFile, speechText);
  cutMs = (details[wordsBeforePause - 1]!.end + details[wordsBeforePause]!.start) / 2;
});

afterEach(async () => {
  await browser?.close();
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A page whose microphone hears the sentence with a silence of `pauseS` in its middle. */
async function pageWithPause(pauseS: number): Promise<Page> {
  const microphone = join(folder, `pause-${pauseS}.wav`);
  writeMicrophoneFile(microphone, 6, 20, { atMs: cutMs, s: pauseS });
  browser = await openBrowser(microphone);
  const { page } = await visit(browser, server.url, desktopView);
  await page.evaluate(notePrompts);
  return page;
}

/** Records every text below the button. */
function notePrompts(): void {
  const said: string[] = [];
  Object.assign(window, { said });
  const note = (): void => {
    const text = document.querySelector('.record-state')?.textContent ?? '';
    if (said.at(-1) !== text) said.push(text);
  };
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const saidBelowButton = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);

async function readToTheEnd(page: Page): Promise<void> {
  await page.locator('.record-button').click();
  await page.locator('.read-text .word').first().waitFor();
}

const leftOut = (page: Page) => page.locator('.read-text .band-omitted').allTextContents();

it.each([1.6, 3])('goes on through a pause of %s s, and ends soon after the last word', async (pauseS) => {
  const page = await pageWithPause(pauseS);
  await readToTheEnd(page);
  expect(await page.locator('.read-text .word').count()).toBe(7);
  expect(await leftOut(page)).toEqual([]);
  expect(Number(await page.locator('.ring-number').textContent())).toBeGreaterThan(60);
  expect((await saidBelowButton(page)).filter((said) => said.startsWith(question))).toEqual([]);
});

it('asks in a longer pause, and goes on with whoever reads on', async () => {
  const page = await pageWithPause(6);
  await page.locator('.record-button').click();
  await page.getByText(question).waitFor();
  await page.locator('.record-state', { hasText: 'Listening to you' }).waitFor();
  await page.locator('.read-text .word').first().waitFor();
  expect(await leftOut(page)).toEqual([]);
});

it('asks before it ends where words are left', async () => {
  const page = await pageWithPause(0);
  await practise(page, 'He was not an ill-disposed young man, unless to be rather cold hearted is ill-disposed.');
  await page.locator('.record-button').click();
  await page.getByText(question).waitFor();
  await page.locator('.read-text .word').first().waitFor();
  expect(await leftOut(page)).toEqual(expect.arrayContaining(['unless', 'cold', 'hearted']));
});

it('takes the answer to its question', async () => {
  const page = await pageWithPause(0);
  await practise(page, 'He was not an ill-disposed young man, unless to be rather cold hearted is ill-disposed.');
  await page.locator('.record-button').click();
  await page.locator('.record').getByText('I have finished').click();
  await page.locator('.read-text .word').first().waitFor();
});

it('says after four seconds that it hears nothing', async () => {
  const microphone = join(folder, 'silence.wav');
  writeMicrophoneFile(microphone, 30);
  browser = await openBrowser(microphone);
  const { page } = await visit(browser, server.url, desktopView);
  await page.locator('.record-button').click();
  await page.locator('.record.recording').waitFor();
  await page.getByText('I can’t hear you').waitFor();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toMatch(/I heard nobody speak|no sound at all/);
});
