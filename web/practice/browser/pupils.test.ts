// Two pupils, one after the other, on one browser: each sees only their own readings.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktopView, openBrowser, practise, readAloud, speechText, visit, writeMicrophoneFile } from './page.js';
import { RunningServer } from './server.js';

const evasText = 'He was not an ill-disposed young man!';

let folder: string;
let microphone: string;
let server: RunningServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saywell-microphone-'));
  microphone = join(folder, 'speech.wav');
  writeMicrophoneFile(microphone);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ids of the server's recordings of the token's user. */
async function onServer(token = ''): Promise<string[]> {
  const headers: Record<string, string> = token === '' ? {} : { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${server.url}/v1/recordings`, { headers });
  const { recordings } = (await answer.json()) as { recordings: { recordId: string }[] };
  return recordings.map(({ recordId }) => recordId);
}

async function clearEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Clear everything|Try to delete again/ }).click();
  await page.getByRole('button', { name: 'Yes, delete everything' }).click();
}

/** All that a browser may keep for the page, as text. */
async function keptByBrowser(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, await caches.keys()]);
  });
}

describe('where pupils sign in', () => {
  let browser: Browser;
  let page: Page;
  let eva: string;
  let adam: string;

  beforeAll(async () => {
    server = await RunningServer.start({ application: true });
    browser = await openBrowser(microphone);
    [eva, adam] = await Promise.all([server.token('eva'), server.token('adam')]);
    ({ page } = await visit(browser, `${server.url}/#token=${eva}`, desktopView));
    await practise(page, evasText);
    await readAloud(page);
    await page.locator('.attempt').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  it('the list is the same on another device', async () => {
    const elsewhere = await visit(browser, `${server.url}/#token=${eva}`, desktopView);
    await elsewhere.page.locator('.attempt').click();
    await elsewhere.page.locator('.read-text .word').first().waitFor();
    expect(await elsewhere.page.locator('.progress p').first().textContent()).toBe(evasText);
    await elsewhere.page.context().close();
  });

  it('nothing of the first is left after signing out', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    expect(await keptByBrowser(page)).not.toContain('ill-disposed');
    expect(await keptByBrowser(page)).not.toContain(eva);
    await page.reload();
    await page.getByRole('heading', { name: /through your school/ }).waitFor();
  });

  it('the second sees nothing of the first', async () => {
    await page.goto(`${server.url}/#token=${adam}`);
    await page.getByText('Signed in as adam').waitFor();
    await page.getByText('Your readings will be listed here.').waitFor();
    expect(await page.locator('body').textContent()).not.toContain(evasText);
  });

  it('nor when the link is opened while the first is still signed in', async () => {
    await page.goto(`${server.url}/#token=${eva}`);
    await page.locator('.attempt').click();
    await page.locator('.read-text .word').first().waitFor();
    await page.evaluate((token) => (location.hash = `token=${token}`), adam);
    await page.getByText('Signed in as adam').waitFor();
    await page.getByText('Your readings will be listed here.').waitFor();
    expect(await page.locator('.read-text').count()).toBe(0);
    expect(await page.locator('body').textContent()).not.toContain(evasText);
  });

  it('clearing deletes on the server, is done only when all is, and can be tried again', async () => {
    await page.goto(`${server.url}/#token=${eva}`);
    await page.locator('.attempt').waitFor();
    expect(await onServer(eva)).toHaveLength(1);
    await page.route('**/v1/recordings/*', (route) =>
      route.request().method() === 'DELETE' ? route.fulfill({ status: 503, json: { errID: 503 } }) : route.continue(),
    );
    await clearEverything(page);
    await page.getByText('One recording could not be deleted.').waitFor();
    expect(await page.locator('.attempt').count()).toBe(1);
    expect(await onServer(eva)).toHaveLength(1);
    await page.unroute('**/v1/recordings/*');
    await clearEverything(page);
    await page.getByText('Everything is deleted.').waitFor();
    expect(await page.locator('.attempt').count()).toBe(0);
    expect(await onServer(eva)).toEqual([]);
  });

  it('a teacher who practises sees and clears their own readings alone', async () => {
    const audio = new FormData();
    audio.set('audio', new Blob([Buffer.alloc(3200)]), 'a.wav');
    audio.set('request', JSON.stringify({ refText: 'x', mode: 'record-only', userId: 'adam' }));
    const headers = { Authorization: `Bearer ${adam}` };
    await fetch(`${server.url}/v1/assess`, { method: 'POST', body: audio, headers });
    const before = await onServer(adam);
    const teacher = await server.token('ms-lee', 'teacher');
    const visited = await visit(browser, `${server.url}/#token=${teacher}`, desktopView);
    await visited.page.getByText('Your readings will be listed here.').waitFor();
    await readAloud(visited.page);
    await clearEverything(visited.page);
    await visited.page.getByText('Everything is deleted.').waitFor();
    expect(before).toHaveLength(1);
    expect(await onServer(adam)).toEqual(before);
    await visited.page.context().close();
  });

  it('a token that has ended asks for signing in', async () => {
    await page.goto(`${server.url}/#token=${eva}`);
    await page.getByText('Signed in as eva').waitFor();
    const headers = { Authorization: `Bearer ${await server.token('boss', 'teacher')}` };
    await fetch(`${server.url}/v1/users/eva`, { method: 'DELETE', headers }); // removes tokens, too
    await page.locator('.record-button').click();
    await page.getByRole('heading', { name: /through your school/ }).waitFor();
    await page.getByLabel('Key').fill(adam);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Signed in as adam').waitFor();
  });
});

describe('on an open server', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await openBrowser(microphone);
    ({ page } = await visit(browser, server.url, desktopView));
    await readAloud(page);
    await page.locator('.attempt').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  it('the list lives in the tab', async () => {
    await page.reload();
    await page.locator('.attempt').waitFor();
    const other = await page.context().newPage();
    await other.goto(server.url);
    await other.getByText('Your readings will be listed here.').waitFor();
    expect(await other.locator('body').textContent()).not.toContain(`${speechText}1 reading`);
    expect(await other.locator('.attempt').count()).toBe(0);
    await other.close();
  });

  it('clearing deletes what this tab made, and nothing else', async () => {
    const stranger = await fetch(`${server.url}/v1/assess?refText=x&mode=record-only`, {
      method: 'POST',
      body: Buffer.alloc(3200),
    });
    const { recordId } = (await stranger.json()) as { recordId: string };
    expect(await onServer()).toHaveLength(2);
    await clearEverything(page);
    await page.getByText('Everything is deleted.').waitFor();
    expect(await onServer()).toEqual([recordId]);
    await page.reload();
    await page.getByText('Your readings will be listed here.').waitFor();
  });
});
