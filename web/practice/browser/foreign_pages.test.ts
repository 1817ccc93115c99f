// Pages of other origins, and names that their authors pointed at this machine: in Chromium, none of them gets in.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { speechFile, speechText } from './page.js';
import { RunningServer } from './server.js';

/** A name that leads to this machine, as its owner can have it (DNS rebinding). */
const rebound = 'evil.example';

let server: RunningServer;
let foreign: Server;
let foreignUrl: string;
let browser: Browser;

beforeAll(async () => {
  foreign = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>foreign</title>');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  foreignUrl = `http://localhost:${(foreign.address() as AddressInfo).port}/`;
  [server, browser] = await Promise.all([
    RunningServer.start(),
    chromium.launch({
      executablePath: process.env.SAYWELL_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', `--host-resolver-rules=MAP ${rebound} 127.0.0.1`],
    }),
  ]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await new Promise((resolve) => foreign.close(resolve));
});

async function openPage(address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  return page;
}

async function recordings(): Promise<number> {
  const listed = (await (await fetch(`${server.url}/v1/recordings`)).json()) as { recordings: unknown[] };
  return listed.recordings.length;
}

/** Posts the speech by a form, as a page needs no permission to. The status and the text that the browser then shows. */
async function postForm(page: Page, action: string): Promise<{ status: number; text: string }> {
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.evaluate(
      ({ url, audio, request }) => {
        const form = document.createElement('form');
        Object.assign(form, { action: url, method: 'POST', enctype: 'multipart/form-data' });
        const file = document.createElement('input');
        Object.assign(file, { type: 'file', name: 'audio' });
        const files = new DataTransfer();
        files.items.add(new File([Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0))], 'speech.wav'));
        file.files = files.files;
        const fields = document.createElement('input');
        Object.assign(fields, { type: 'hidden', name: 'request', value: request });
        form.append(file, fields);
        document.body.append(form);
        form.submit();
      },
      {
        url: action,
        audio: readFileSync(speechFile).toString('base64'),
        request: JSON.stringify({ refText: speechText }),
      },
    ),
  ]);
  await page.waitForLoadState();
  return { status: response.status(), text: await page.evaluate(() => document.body.textContent ?? '') };
}

/** 'open' or 'closed': what becomes of a WebSocket of the page. */
function openWebSocket(page: Page, url: string): Promise<string> {
  return page.evaluate(
    (address) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => resolve('open');
        socket.onclose = () => resolve('closed');
      }),
    url,
  );
}

/** The status of what the page gets to read, or 'unreadable'. */
function read(page: Page, url: string, method = 'GET'): Promise<number | string> {
  return page.evaluate(
    (asked) =>
      fetch(asked.url, { method: asked.method }).then(
        (response) => response.status,
        () => 'unreadable',
      ),
    { url, method },
  );
}

const streamOf = (url: string): string => `${url.replace('http', 'ws')}/v1/stream`;

it("its own page posts and streams, so that the others' failing means something", async () => {
  const page = await openPage(`${server.url}/about`);
  expect(await openWebSocket(page, streamOf(server.url))).toBe('open');
  expect(await read(page, `${server.url}/v1/recordings`)).toBe(200);
  const before = await recordings();
  expect((await postForm(page, `${server.url}/v1/assess`)).status).toBe(200);
  expect(await recordings()).toBe(before + 1);
});

describe('a page of another origin', () => {
  it('posts no form', async () => {
    const before = await recordings();
    const page = await openPage(foreignUrl);
    const { status, text } = await postForm(page, `${server.url}/v1/assess`);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ errID: 40082, field: 'Origin' });
    expect(await recordings()).toBe(before);
  });

  it('posts no form from a frame without an origin', async () => {
    const before = await recordings();
    const page = await openPage(foreignUrl);
    const status = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-forms');
      frame.srcdoc = `<form action="${url}" method="post"></form><script>document.forms[0].submit()</script>`;
      document.body.append(frame);
    }, `${server.url}/v1/assess?refText=x`);
    expect((await status).request().headers()['origin']).toBe('null');
    expect((await status).status()).toBe(403);
    expect(await recordings()).toBe(before);
  });

  it('opens no stream', async () => {
    const page = await openPage(foreignUrl);
    expect(await openWebSocket(page, streamOf(server.url))).toBe('closed');
  });

  it('reads nothing and deletes nothing', async () => {
    const before = await recordings();
    const page = await openPage(foreignUrl);
    expect(await read(page, `${server.url}/v1/recordings`)).toBe('unreadable');
    expect(await read(page, `${server.url}/v1/users/guest`, 'DELETE')).toBe('unreadable');
    expect(await recordings()).toBe(before);
  });
});

describe('a name that was pointed at this machine', () => {
  const of = (url: string): string => url.replace('localhost', rebound);

  it('shows, lists, stores and streams nothing', async () => {
    const before = await recordings();
    const page = await (await browser.newContext()).newPage();
    const answer = await page.goto(of(server.url));
    expect(answer?.status()).toBe(421);
    expect(await page.evaluate(() => location.hostname)).toBe(rebound);
    expect(await read(page, `${of(server.url)}/v1/recordings`)).toBe(421);
    expect(await read(page, `${of(server.url)}/v1/assess?refText=x`, 'POST')).toBe(421);
    expect(await openWebSocket(page, streamOf(of(server.url)))).toBe('closed');
    const { status } = await postForm(page, `${of(server.url)}/v1/assess`);
    expect(status).toBe(421);
    expect(await recordings()).toBe(before);
  });

  it('is no way around the origin either', async () => {
    const before = await recordings();
    const page = await (await browser.newContext()).newPage();
    await page.goto(foreignUrl.replace('localhost', rebound));
    expect((await postForm(page, `${server.url}/v1/assess`)).status).toBe(403);
    expect(await openWebSocket(page, streamOf(server.url))).toBe('closed');
    expect(await recordings()).toBe(before);
  });
});
