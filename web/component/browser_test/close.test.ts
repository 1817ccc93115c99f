// Nothing is left behind: counts everything that a recorder and a player ask of the browser until they are closed.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makePlayer, makeRecorder, openAllowedPage, openBrowser, seen } from './harness/browser.js';
import { Site } from './harness/site.js';
import { tone, wavBytes } from './harness/wav.js';

declare global {
  interface Window {
    counted: {
      listeners: number;
      timers: number;
      contexts: AudioContext[];
      sockets: WebSocket[];
      tracks: MediaStreamTrack[];
      urls: number;
    };
  }
}

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await Site.open(inject('serverPort'));
  const audio = wavBytes(tone(16000, 440, 2000));
  site.audio.set('long.wav', (response) => void response.end(audio));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Wraps everything that a page can leave behind. */
function count(): void {
  const counted: Window['counted'] = { listeners: 0, timers: 0, contexts: [], sockets: [], tracks: [], urls: 0 };
  window.counted = counted;
  for (const target of [window, navigator.mediaDevices, document] as EventTarget[]) {
    const known = new Set<string>();
    const names = new Map<EventListener, number>();
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    const note = (type: string, listener: EventListener, there: boolean) => {
      if (!names.has(listener)) names.set(listener, names.size);
      const key = `${type} ${names.get(listener)}`;
      counted.listeners -= known.size;
      if (there) known.add(key);
      else known.delete(key);
      counted.listeners += known.size;
    };
    target.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      note(type, listener, true);
      options?.signal?.addEventListener('abort', () => note(type, listener, false));
      add(type, listener, options);
    };
    target.removeEventListener = (type: string, listener: EventListener) => {
      note(type, listener, false);
      remove(type, listener);
    };
  }
  const running = new Set<unknown>();
  const { setInterval: every, clearInterval: stop } = window;
  window.setInterval = ((...args: Parameters<typeof every>) => {
    const timer = every(...args);
    running.add(timer);
    counted.timers = running.size;
    return timer;
  }) as typeof every;
  window.clearInterval = (timer) => {
    running.delete(timer);
    counted.timers = running.size;
    stop(timer);
  };
  const { setTimeout: later, clearTimeout: never } = window;
  window.setTimeout = ((work: () => void, delayMs: number) => {
    const timer = later(() => {
      running.delete(timer);
      counted.timers = running.size;
      work();
    }, delayMs);
    running.add(timer);
    counted.timers = running.size;
    return timer;
  }) as unknown as typeof later;
  window.clearTimeout = (timer) => {
    running.delete(timer);
    counted.timers = running.size;
    never(timer);
  };
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      counted.contexts.push(this);
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL) {
      super(url);
      counted.sockets.push(this);
    }
  };
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    counted.tracks.push(...stream.getTracks());
    return stream;
  };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    ++counted.urls;
    return createObjectURL(blob);
  };
  URL.revokeObjectURL = (url) => {
    --counted.urls;
    revokeObjectURL(url);
  };
}

async function counters(page: Page) {
  return page.evaluate(() => ({
    listeners: window.counted.listeners,
    timers: window.counted.timers,
    urls: window.counted.urls,
    contexts: window.counted.contexts.map(({ state }) => state),
    sockets: window.counted.sockets.map(({ readyState }) => readyState >= WebSocket.CLOSING),
    tracks: window.counted.tracks.map(({ readyState }) => readyState),
  }));
}

async function openCountedPage(): Promise<Page> {
  const page = await openAllowedPage(browser, site.address);
  await page.evaluate(count);
  return page;
}

const clean = { listeners: 0, timers: 0, urls: 0 };

describe('after close()', () => {
  it('a recorder has left nothing, and tells nothing', async () => {
    const page = await openCountedPage();
    const before = await page.evaluate(() => Object.keys(window).length);
    await makeRecorder(page);
    await seen(page, { state: 'idle' });
    await page.evaluate(() =>
      window.recorder.start({ request: { refText: 'x', mode: 'record-only' }, playDing: false }),
    );
    await seen(page, { state: 'recording' });
    const during = await counters(page);
    expect(during).toMatchObject({ contexts: ['running'], sockets: [false], tracks: ['live'], urls: 0 });
    expect(during.listeners).toBeGreaterThan(0);
    await page.evaluate(() => window.recorder.close());
    expect(await counters(page)).toEqual({ ...clean, contexts: ['closed'], sockets: [true], tracks: ['ended'] });
    expect(await page.evaluate(() => Object.keys(window).length)).toBe(before + 1); // the test's own window.recorder
    const told = await page.evaluate(() => window.seen.length);
    await page.evaluate(() => window.recorder.reconnect());
    expect(await page.evaluate(() => window.seen.length)).toBe(told);
    await page.context().close();
  });

  it('a recorder that is closed at once has left nothing', async () => {
    const page = await openCountedPage();
    await page.evaluate(async () => {
      await new window.saywell.Recorder().close();
      const second = new window.saywell.Recorder();
      await Promise.resolve(); // it has begun to open the microphone
      await second.close();
    });
    // The browser's answer comes later, and has no receiver.
    await page.waitForFunction(() => window.counted.tracks.some(({ readyState }) => readyState === 'ended'));
    await page.waitForFunction(() => window.counted.contexts.some(({ state }) => state === 'closed'));
    expect(await counters(page)).toEqual({ ...clean, contexts: ['closed'], sockets: [], tracks: ['ended'] });
    await page.context().close();
  });

  it('a player that plays has left nothing', async () => {
    const page = await openCountedPage();
    await makePlayer(page);
    await page.evaluate(() => window.player.load('/audio/long.wav'));
    await seen(page, { code: 50400 });
    await page.evaluate(() => window.player.play());
    expect((await counters(page)).timers).toBeGreaterThan(0);
    await page.evaluate(() => window.player.close());
    expect(await counters(page)).toMatchObject({ ...clean, contexts: ['closed'] });
    await page.context().close();
  });

  it('the page has but the one name of the script file', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.address}/page`);
    const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
    await page.addScriptTag({ url: `${site.address}/dist/saywell.iife.js` });
    const after = await page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(after.filter((name) => !before.includes(name))).toEqual(['saywell']);
    await page.addScriptTag({ url: `${site.address}/dist/compat.iife.js` });
    const both = await page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(both.filter((name) => !after.includes(name))).toEqual(['aispeech']);
    await page.close();
  });
});
