// What the page says when a reading cannot be: in the learner's words, with what to do.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  desktopView,
  openBrowser,
  otherName,
  patienceMs,
  readAloud,
  seriousViolations,
  visit,
  writeMicrophoneFile,
} from './page.js';
import { RunningServer } from './server.js';
import { SaywellServer } from '../../component/browser_test/harness/saywell_server.js';
import { Site } from '../../component/browser_test/harness/site.js';

// Two seconds: long enough for the words that were not said.
const silenceBytes = 2 * 2 * 16_000;

let folder: string;
let open: RunningServer;
let school: RunningServer;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saywell-microphone-'));
  const microphone = join(folder, 'speech.wav');
  writeMicrophoneFile(microphone);
  [open, school, browser] = await Promise.all([
    RunningServer.start({ arguments: ['--allowed-hosts', otherName] }),
    RunningServer.start({ application: true }),
    openBrowser(microphone),
  ]);
});

afterAll(async () => {
  await browser.close();
  await Promise.all([open.stop(), school.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

it('tells whoever was silent, in both languages', async () => {
  const { page, sent } = await visit(browser, open.url, desktopView);
  await readAloud(page);
  // The file of the microphone has ended: there is silence from now on.
  const before = sent.bytes;
  await page.locator('.record-button').click();
  await vi.waitUntil(() => sent.bytes - before > silenceBytes, { timeout: patienceMs });
  await page.locator('.recording .record-button').click();
  const tip = page.getByRole('alert');
  await tip.waitFor();
  expect(await tip.textContent()).toMatch(/I heard nobody speak|no sound at all/);
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByLabel('Language').selectOption('zh');
  expect(await tip.textContent()).toMatch(/没有听到你说话|一点声音都没有/);
  await page.context().close();
});

it('loses nothing when the line breaks in mid-reading', async () => {
  const site = await Site.open(Number(new URL(open.url).port));
  const { page, sent } = await visit(browser, site.address, desktopView);
  await page.locator('.record-button').click();
  await page.locator('.record.recording').waitFor();
  await vi.waitUntil(() => sent.bytes > silenceBytes, { timeout: patienceMs });
  site.setNetwork('down');
  const tip = page.getByRole('alert');
  await tip.waitFor();
  expect(await tip.textContent()).toContain('connecting again');
  site.setNetwork('up');
  await tip.waitFor({ state: 'detached' });
  await page.locator('.read-text .word').first().waitFor();
  await page.context().close();
  await site.close();
});

it('loses nothing when the server is killed and started again in mid-reading', async () => {
  let killed = await SaywellServer.start();
  const site = await Site.open(killed.port);
  const { page, sent } = await visit(browser, site.address, desktopView);
  await page.locator('.record-button').click();
  await page.locator('.record.recording').waitFor();
  await vi.waitUntil(() => sent.bytes > silenceBytes, { timeout: patienceMs });
  await killed.kill();
  const tip = page.getByRole('alert');
  await tip.waitFor();
  expect(await tip.textContent()).toContain('nothing you said is lost');
  expect(await page.locator('.record.recording').count()).toBe(1);
  killed = await killed.restart();
  site.leadTo(killed.port);
  await page.locator('.read-text .word').first().waitFor();
  expect(await page.locator('.read-text .band-omitted').count()).toBe(0);
  expect(await tip.count()).toBe(0);
  expect(await page.locator('.attempt').count()).toBe(1);
  await page.context().close();
  await site.close();
  await killed.stop();
});

it('does not blame the microphone for a server that is away', async () => {
  const site = await Site.open(Number(new URL(open.url).port));
  const { page } = await visit(browser, site.address, desktopView);
  site.setNetwork('down');
  await page.locator('.record-button').click();
  const tip = page.getByRole('alert');
  await tip.waitFor();
  expect(await tip.textContent()).toContain('The server cannot be reached');
  site.setNetwork('up');
  await page.locator('.record.recording').waitFor();
  expect(await tip.count()).toBe(0);
  await page.context().close();
  await site.close();
});

it('says before the reading which words cannot be read', async () => {
  const { page } = await visit(browser, open.url, desktopView);
  await page.getByRole('button', { name: 'Another sentence' }).click();
  await page.getByLabel('Your sentence').fill('I like 🍕 very much');
  await page.getByText('This cannot be read aloud in English: 🍕').waitFor();
  expect(await page.getByRole('button', { name: 'Practise this' }).isDisabled()).toBe(true);
  await page.getByLabel('Your sentence').fill('I like pizza very much');
  await page.getByRole('button', { name: 'Practise this' }).click();
  expect(await page.locator('#sentence').textContent()).toBe('I like pizza very much');
  await page.context().close();
});

it('says what to do where the page is not safe', async () => {
  const { page } = await visit(browser, open.url.replace('localhost', otherName), desktopView);
  const tip = page.getByRole('alert');
  expect(await tip.textContent()).toContain('https://');
  expect(await tip.textContent()).toContain('50003');
  await page.getByRole('button', { name: 'Start reading' }).click();
  await tip.waitFor();
  expect(await tip.textContent()).toContain('https://');
  await page.context().close();
});

it('says how to allow the microphone to whoever refused it', async () => {
  const refusing = await openBrowser(null);
  const { page } = await visit(refusing, open.url, desktopView);
  await page.locator('.record-button').click();
  const tip = page.getByRole('alert');
  await tip.waitFor();
  expect(await tip.textContent()).toContain('allow the microphone');
  expect(await tip.textContent()).toContain('50002');
  await refusing.close();
});

it('asks for signing in where applications are configured', async () => {
  const { page } = await visit(browser, school.url, desktopView);
  await page.getByRole('heading', { name: /through your school/ }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByLabel('Key').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This key is not accepted.').waitFor();
  await page.context().close();
});

it('practises as the user of the token, which leaves the address', async () => {
  const token = await school.token('eva');
  const { page } = await visit(browser, `${school.url}/#token=${token}`, desktopView);
  await page.getByText('Signed in as eva').waitFor();
  expect(page.url()).not.toContain(token);
  await readAloud(page);
  await page.locator('.pitch').waitFor();
  const answer = await fetch(`${school.url}/v1/recordings`, { headers: { Authorization: `Bearer ${token}` } });
  const { recordings } = (await answer.json()) as { recordings: { userId: string }[] };
  expect(recordings.map((recording) => recording.userId)).toEqual(['eva']);
  await page.reload();
  await page.getByText('Signed in as eva').waitFor();
  await page.context().close();
});
