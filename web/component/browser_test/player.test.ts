import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { allSeen, codesSeen, makePlayer, openBrowser, openPage, seen } from './harness/browser.js';
import { Site } from './harness/site.js';
import { SpeechFolder } from './harness/speech.js';
import { tone, wavBytes } from './harness/wav.js';

const folder = new SpeechFolder();
const short = wavBytes(tone(16000, 440, 400));
const long = wavBytes(tone(16000, 440, 4000));
let site: Site;
let browser: Browser;
let page: Page;

function wav(bytes: Buffer): (response: ServerResponse) => void {
  return (response) => void response.setHeader('Content-Type', 'audio/wav').end(bytes);
}

interface HeldFile {
  asked: Promise<void>;
  more: () => void;
  breakOff: () => void;
}

/** Sends the first part at once, and the rest when `more` is called, or never. */
function held(name: string, bytes: Buffer, firstBytes: number): HeldFile {
  let open: ServerResponse | undefined;
  let begin: () => void;
  const asked = new Promise<void>((resolve) => (begin = resolve));
  site.audio.set(name, (response) => {
    open = response;
    begin();
    response.writeHead(200, { 'Content-Type': 'audio/wav', 'Content-Length': bytes.length });
    response.write(bytes.subarray(0, firstBytes));
  });
  return { asked, more: () => void open!.end(bytes.subarray(firstBytes)), breakOff: () => void open!.destroy() };
}

beforeAll(async () => {
  site = await Site.open(inject('serverPort'));
  browser = await openBrowser();
  site.audio.set('short.wav', wav(short));
  site.audio.set('long.wav', wav(long));
  site.audio.set('nonsense.wav', (response) => void response.end('this is no audio at all'));
  site.audio.set('failing.wav', (response) => void response.writeHead(503).end());
  site.audio.set('forbidden.wav', (response) => void response.writeHead(403).end());
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  folder.remove();
});

beforeEach(async () => {
  page = await openPage(await browser.newContext(), site.address);
  await makePlayer(page, { loadTimeoutMs: 5000 });
});

afterEach(() => page.context().close());

type Call = 'load' | 'play' | 'pause' | 'resume' | 'seek' | 'stop' | 'setVolume';

function call(name: Call, given?: unknown): Promise<{ code: number; [detail: string]: unknown }> {
  return page.evaluate(([method, argument]) => (window.player[method] as (given?: unknown) => never)(argument), [
    name,
    given,
  ] as const);
}

async function loaded(name: string): Promise<void> {
  const from = (await allSeen(page)).length;
  await call('load', `/audio/${name}`);
  await seen(page, { code: 50400 }, from);
}

describe('loading', () => {
  it('of an address succeeds (50400), and it plays to its end (50401, 50402)', async () => {
    await loaded('short.wav');
    expect(await seen(page, { code: 50400 })).toMatchObject({ durationMs: 400, source: '/audio/short.wav' });
    await call('play');
    expect(await seen(page, { code: 50402 })).toMatchObject({ stopType: 'auto', positionMs: 400 });
    expect(await codesSeen(page)).toEqual([50000, 50004, 50400, 50004, 50401, 50402]);
    expect(await page.evaluate(() => window.player.state)).toBe('loaded');
  });

  it('of bytes succeeds, whatever the browser decodes', async () => {
    const source = folder.write('tone.wav', tone(44100, 440, 1000));
    for (const [name, codec] of [
      ['tone.mp3', 'libmp3lame'],
      ['tone.ogg', 'libopus'],
    ] as const) {
      const path = join(folder.path, name);
      execFileSync('ffmpeg', ['-v', 'error', '-i', source, '-c:a', codec, path]);
      const from = (await allSeen(page)).length;
      await page.evaluate((text) => {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        window.player.load(bytes.buffer);
      }, readFileSync(path).toString('base64'));
      const { durationMs } = await seen(page, { code: 50400 }, from);
      expect(Math.abs(Number(durationMs) - 1000), name).toBeLessThan(100);
    }
  });

  it("of the server's recordings succeeds", async () => {
    const body = new FormData();
    body.set('audio', new Blob([new Uint8Array(short)]), 'short.wav');
    body.set('request', JSON.stringify({ refText: 'x', mode: 'record-only' }));
    const answer = await fetch(`http://127.0.0.1:${inject('serverPort')}/v1/assess`, { method: 'POST', body });
    const { recordId } = (await answer.json()) as { recordId: string };
    await call('load', { recordId });
    expect(await seen(page, { code: 50400 })).toMatchObject({ source: recordId, durationMs: 400 });
  });

  it.each([
    ['of a file that is not there', { url: '/audio/missing.wav' }, { code: 50409, httpStatus: 404 }],
    ['of a recording that is not there', { recordId: 'missing' }, { code: 50409, httpStatus: 404 }],
    ['from a server that fails', { url: '/audio/failing.wav' }, { code: 50410, httpStatus: 503 }],
    ['of what is not to be had', { url: '/audio/forbidden.wav' }, { code: 50412, httpStatus: 403 }],
    ['of what is no audio', { url: '/audio/nonsense.wav' }, { code: 50412 }],
    ['from a server that is not there', { url: 'http://localhost:1/x.wav' }, { code: 50412 }],
  ])('%s fails', async (_, source, wanted) => {
    expect((await call('load', source)).code).toBe(50004);
    expect(await seen(page, { code: wanted.code })).toMatchObject(wanted);
    expect(await page.evaluate(() => window.player.state)).toBe('idle');
  });

  it('from a server that never answers fails (50412)', async () => {
    site.audio.set('never.wav', () => undefined);
    await makePlayer(page, { loadTimeoutMs: 200 });
    await call('load', '/audio/never.wav');
    expect(await seen(page, { code: 50412 })).toMatchObject({ detail: 'no answer within 200 ms' });
  });

  it('of a file that breaks off fails (50410)', async () => {
    const file = held('broken.wav', long, 5000);
    await call('load', '/audio/broken.wav');
    await file.asked;
    file.breakOff();
    expect(await seen(page, { code: 50410 })).toMatchObject({ source: '/audio/broken.wav' });
  });

  it('can be given up', async () => {
    held('slow.wav', long, 100);
    await call('load', '/audio/slow.wav');
    expect((await call('stop')).code).toBe(50004);
    await loaded('short.wav');
  });
});

describe('on a line that is too slow', () => {
  it('it waits (50403, 50411), and goes on when enough has come (50404)', async () => {
    const file = held('slow.wav', long, 44 + 32000);
    await loaded('slow.wav');
    expect(await seen(page, { code: 50400 })).toMatchObject({ durationMs: 4000 });
    await call('play');
    const waiting = await seen(page, { code: 50403 });
    expect(waiting['positionMs']).toBe(1000);
    const slow = await seen(page, { code: 50411 });
    expect(Number(slow['arrivingBytesPerS'])).toBeLessThan(Number(slow['neededBytesPerS']));
    expect(slow['neededBytesPerS']).toBe(32000);
    expect(await page.evaluate(() => window.player.state)).toBe('buffering');
    for (const name of ['load', 'play', 'resume'] as const) {
      expect(await call(name)).toMatchObject({ code: 50454, status: 'status.invalid:buffering' });
    }
    expect(await call('seek', 3000)).toMatchObject({ code: 50408 });
    file.more();
    expect(await seen(page, { code: 50404 })).toMatchObject({ positionMs: 1000 });
    expect(await seen(page, { code: 50402 })).toMatchObject({ positionMs: 4000, stopType: 'auto' });
  });

  it('what had come when it broke off is played to its end (50410)', async () => {
    const file = held('broken.wav', long, 44 + 32000);
    await loaded('broken.wav');
    await call('play');
    file.breakOff();
    await seen(page, { code: 50410 });
    expect(await seen(page, { code: 50402 })).toMatchObject({ positionMs: 1000, stopType: 'auto' });
  });
});

describe('playing', () => {
  it('of a part ends where it was asked to, to the sample', async () => {
    await loaded('long.wav');
    await call('play', { positionMs: 1000, durationMs: 250 });
    expect(await seen(page, { code: 50401 })).toMatchObject({ positionMs: 1000 });
    expect(await seen(page, { code: 50402 })).toMatchObject({ positionMs: 1250, stopType: 'auto' });
  });

  it('pauses and goes on (50405, 50406), and is stopped by hand', async () => {
    await loaded('long.wav');
    await call('play');
    await page.waitForFunction(() => window.player.positionMs > 200);
    await call('pause');
    const { positionMs } = await seen(page, { code: 50405 });
    expect(await page.evaluate(() => window.player.positionMs)).toBe(positionMs);
    await call('resume');
    expect(await seen(page, { code: 50406 })).toMatchObject({ positionMs });
    await page.waitForFunction((before) => window.player.positionMs > before, Number(positionMs));
    await call('stop');
    expect(await seen(page, { code: 50402 })).toMatchObject({ stopType: 'manual' });
  });

  it('goes on from where it is moved to (50407), also while it pauses', async () => {
    await loaded('long.wav');
    await call('play');
    await call('seek', 3800);
    expect(await seen(page, { code: 50407 })).toMatchObject({ positionMs: 3800 });
    expect(await seen(page, { code: 50402 })).toMatchObject({ positionMs: 4000, stopType: 'auto' });
    await call('play');
    await call('pause');
    await call('seek', 3900);
    expect(await page.evaluate(() => window.player.positionMs)).toBe(3900);
    const from = (await allSeen(page)).length;
    await call('resume');
    expect(await seen(page, { code: 50402 }, from)).toMatchObject({ positionMs: 4000 });
  });

  it('cannot be moved out of the audio (50408)', async () => {
    await loaded('long.wav');
    await call('play');
    for (const positionMs of [4000, -1, 'x'])
      expect(await call('seek', positionMs)).toMatchObject({ code: 50408, positionMs });
    expect(await page.evaluate(() => window.player.state)).toBe('playing');
  });

  it('needs something that is loaded (50413)', async () => {
    expect(await call('play')).toMatchObject({ code: 50413, call: 'play' });
    expect(await call('seek', 0)).toMatchObject({ code: 50413, call: 'seek' });
  });
});

describe('wrong parameters', () => {
  it('of load (50451)', async () => {
    for (const source of [
      undefined,
      '',
      5,
      {},
      { url: '' },
      { recordId: 7 },
      { url: 'x', recordId: 'y' },
      { file: 'x' },
      [],
    ]) {
      expect(await call('load', source)).toMatchObject({ code: 50451, parameter: 'source' });
    }
    const empty = await page.evaluate(() => window.player.load(new ArrayBuffer(0)));
    expect(empty).toMatchObject({ code: 50451 });
  });

  it('of play (50450)', async () => {
    await loaded('short.wav');
    for (const [given, parameter] of [
      [{ positionMs: -1 }, 'positionMs'],
      [{ positionMs: 400 }, 'positionMs'],
      [{ durationMs: 0 }, 'durationMs'],
      [{ durationMs: '5' }, 'durationMs'],
      [{ position: 0 }, 'position'],
      [7, 'play'],
    ] as const) {
      expect(await call('play', given)).toMatchObject({ code: 50450, parameter });
    }
    expect(await page.evaluate(() => window.player.state)).toBe('loaded');
  });

  it('of setVolume (50452)', async () => {
    for (const volume of [-0.1, 1.1, '1', null]) expect(await call('setVolume', volume)).toMatchObject({ code: 50452 });
    expect((await call('setVolume', 0.25)).code).toBe(50004);
    expect(await page.evaluate(() => window.player.volume)).toBe(0.25);
  });

  it('of the player itself are thrown (50453)', async () => {
    const thrown = await page.evaluate(() => {
      try {
        return new window.saywell.Player({ volume: 5 }).state;
      } catch (error) {
        const { code, option, message } = error as { code: number; option: string; message: string };
        return { code, option, message };
      }
    });
    expect(thrown).toMatchObject({ code: 50453, option: 'volume' });
  });
});

describe('calls in the wrong state (50454)', () => {
  async function refused(state: string, names: Call[]): Promise<void> {
    for (const name of names) {
      expect(await call(name), name).toMatchObject({ code: 50454, call: name, status: `status.invalid:${state}` });
    }
  }

  it('idle', () => refused('idle', ['pause', 'resume', 'stop']));

  it('loading', async () => {
    held('slow.wav', long, 100);
    await call('load', '/audio/slow.wav');
    await refused('loading', ['load', 'play', 'pause', 'resume', 'seek']);
  });

  it('loaded', async () => {
    await loaded('short.wav');
    await refused('loaded', ['pause', 'resume', 'seek', 'stop']);
  });

  it('playing', async () => {
    await loaded('long.wav');
    await call('play');
    await refused('playing', ['load', 'play', 'resume']);
  });

  it('pause', async () => {
    await loaded('long.wav');
    await call('play');
    await call('pause');
    await refused('pause', ['load', 'play', 'pause']);
  });
});
