// Debian's Chromium, with a microphone that plays a file, and a page that has loaded the component.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type * as component from '../../src/index.js';

declare global {
  interface Window {
    saywell: typeof component;
    /** What happened, in order: coded events and changes of state. */
    seen: SeenEvent[];
    recorder: component.Recorder;
    player: component.Player;
  }
}

export interface SeenEvent {
  code?: number;
  state?: string;
  [detail: string]: unknown;
}

const executablePath = process.env['SAYWELL_CHROMIUM'] ?? '/usr/bin/chromium';

export interface BrowserWishes {
  /** The microphone's audio, once from its opening on; null: none of Chromium's own devices. */
  microphoneFile?: string | null;
  flags?: string[];
  env?: Record<string, string>;
}

export async function openBrowser({ microphoneFile, flags = [], env = {} }: BrowserWishes = {}): Promise<Browser> {
  const args = ['--autoplay-policy=no-user-gesture-required', ...flags];
  if (microphoneFile !== null) args.push('--use-fake-device-for-media-stream');
  if (microphoneFile) args.push(`--use-file-for-fake-audio-capture=${microphoneFile}%noloop`);
  return chromium.launch({
    executablePath,
    args,
    env: { ...process.env, ...env } as Record<string, string>,
    chromiumSandbox: false,
  });
}

export async function openPage(context: BrowserContext, address: string, path = '/page'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address + path);
  await page.addScriptTag({ url: `${address}/dist/saywell.iife.js` });
  await page.evaluate(() => {
    window.seen = [];
  });
  return page;
}

/** A page in a new context, whose microphone is allowed. */
export async function openAllowedPage(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  return openPage(context, address);
}

/** Makes window.recorder, and records its events; `session` is the answer of getSession. */
export async function makeRecorder(
  page: Page,
  options: component.RecorderOptions = {},
  session?: component.Session,
): Promise<void> {
  await page.evaluate(
    ([given, token]) => {
      const getSession = token === undefined ? {} : { getSession: () => token };
      window.recorder = new window.saywell.Recorder({ ...given, ...getSession });
      window.recorder.on('status', (event) => window.seen.push({ ...event }));
      window.recorder.on('state', ({ state }) => window.seen.push({ state }));
    },
    [options, session] as const,
  );
}

export async function makePlayer(page: Page, options: component.PlayerOptions = {}): Promise<void> {
  await page.evaluate((given) => {
    window.player = new window.saywell.Player(given);
    window.player.on('status', (event) => window.seen.push({ ...event }));
    window.player.on('state', ({ state }) => window.seen.push({ state }));
  }, options);
}

/** Waits until an event was seen that fits every field of `wanted`, after the first `from` ones. */
export async function seen(page: Page, wanted: SeenEvent, from = 0): Promise<SeenEvent> {
  const found = await page.waitForFunction(
    ([fields, first]) =>
      window.seen.slice(first).find((event) => Object.entries(fields).every(([name, value]) => event[name] === value)),
    [wanted, from] as const,
    { timeout: 60000, polling: 20 },
  );
  return (await found.jsonValue()) as SeenEvent;
}

export async function allSeen(page: Page): Promise<SeenEvent[]> {
  return page.evaluate(() => window.seen);
}

/** The order of the codes seen so far, without the information that is not for learners. */
export async function codesSeen(page: Page): Promise<number[]> {
  const events = await allSeen(page);
  return events.flatMap(({ code, forLearner }) => (code !== undefined && forLearner ? [code] : []));
}
