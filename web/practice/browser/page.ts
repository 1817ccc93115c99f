// A browser with a microphone that plays a file, and the page in it.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

export const speechFile = '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0880.wav';
export const speechText = 'He was not an ill-disposed young man.';

// Not as a script of the page: its policy would refuse it.
const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// For machines with other work.
export const patienceMs = 60_000;

const rateHz = 16_000;
const headerBytes = 44;

/** A silence of `s` seconds, `atMs` into the speech. */
export interface Pause {
  atMs: number;
  s: number;
}

/**
 * The speech with silence around it: the fake microphone starts the file when it is opened, and the
 * recorder must be recording by the time the speech begins.
 */
export function writeMicrophoneFile(path: string, beforeS = 6, afterS = 0.5, pause: Pause = { atMs: 0, s: 0 }): void {
  const speech = readFileSync(speechFile);
  const samples = speech.subarray(headerBytes);
  const silence = (seconds: number): Buffer => Buffer.alloc(Math.round(seconds * rateHz) * 2);
  const cut = Math.round((pause.atMs / 1000) * rateHz) * 2;
  const parts = [silence(beforeS), samples.subarray(0, cut), silence(pause.s), samples.subarray(cut), silence(afterS)];
  const all = Buffer.concat(parts);
  const head = Buffer.from(speech.subarray(0, headerBytes));
  head.writeUInt32LE(headerBytes - 8 + all.length, 4);
  head.writeUInt32LE(all.length, 40);
  writeFileSync(path, Buffer.concat([head, all]));
}

/** A name other than localhost that leads to it. */
export const otherName = 'saywell.test';

/** `microphone`: a WAV file, or null for a browser that refuses the microphone. */
export function openBrowser(microphone: string | null): Promise<Browser> {
  const flags = [
    '--use-fake-device-for-media-stream',
    `--host-resolver-rules=MAP ${otherName} 127.0.0.1`,
    '--no-sandbox',
  ];
  if (microphone !== null) {
    flags.push('--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}%noloop`);
  }
  return chromium.launch({
    executablePath: process.env.SAYWELL_CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  });
}

export const desktopView: BrowserContextOptions = { viewport: { width: 1200, height: 900 }, locale: 'en-US' };
export const phoneView: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'en-US',
};

export interface Visit {
  page: Page;
  /** Requested addresses of other hosts, and errors of scripts. */
  strangers: string[];
  errors: string[];
  /** The messages of the page's WebSockets. */
  sent: { bytes: number };
}

/** Opens the page at `address`, in a new context. */
export async function visit(browser: Browser, address: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const { host } = new URL(address);
  const strangers: string[] = [];
  const errors: string[] = [];
  const sent = { bytes: 0 };
  const meet = (url: string): void => {
    const { protocol, host: asked } = new URL(url);
    if (!['data:', 'blob:'].includes(protocol) && asked !== host) strangers.push(url);
  };
  page.on('request', (request) => meet(request.url()));
  page.on('websocket', (socket) => {
    meet(socket.url());
    socket.on('framesent', ({ payload }) => (sent.bytes += payload.length));
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(address);
  await page.locator('.record-button, .sign-in').first().waitFor();
  return { page, strangers, errors, sent };
}

/** Enters an own text. */
export async function practise(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Another sentence' }).click();
  await page.getByLabel('Your sentence').fill(text);
  await page.getByRole('button', { name: 'Practise this' }).click();
}

/** Reads the sentence that is shown, until its words are coloured. */
export async function readAloud(page: Page): Promise<void> {
  await page.locator('.record-button').click();
  await page.locator('.read-text .word').first().waitFor();
}

/** Serious and critical findings of axe-core: "rule: element", one per line. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeScript);
  return page.evaluate(async () => {
    interface Violation {
      id: string;
      impact: string;
      nodes: { html: string }[];
    }
    // Colours in the transition between themes do not count.
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}

/** The pixels by which the page is wider than the window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** True when every element of `selector` is inside the window. */
export function isSeen(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.every((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    }),
  );
}
