import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { StartOptions } from '../src/index.js';
import { allSeen, codesSeen, makeRecorder, openAllowedPage, openBrowser, seen } from './harness/browser.js';
import { programPath } from './harness/saywell_server.js';
import { Site } from './harness/site.js';
import { speechFile, SpeechFolder, speechText } from './harness/speech.js';

const folder = new SpeechFolder();
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await Site.open(inject('serverPort'));
  browser = await openBrowser({ microphoneFile: folder.writeSentence() });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  folder.remove();
});

beforeEach(async () => {
  page = await openAllowedPage(browser, site.address);
});

afterEach(() => page.context().close());

const quick: StartOptions = { request: { refText: speechText, mode: 'record-only' }, playDing: false };

async function ready(): Promise<void> {
  await makeRecorder(page);
  await seen(page, { state: 'idle' });
}

function call(
  name: 'start' | 'stop' | 'replay' | 'stopReplay',
  given?: unknown,
): Promise<{ code: number; [detail: string]: unknown }> {
  return page.evaluate(([method, argument]) => (window.recorder[method] as (given?: unknown) => never)(argument), [
    name,
    given,
  ] as const);
}

/** A recording of about half a second, with its id. */
async function recorded(): Promise<string> {
  const from = (await allSeen(page)).length;
  await call('start', { ...quick, maxDurationMs: 500 });
  return String((await seen(page, { code: 50200 }, from))['recordId']);
}

describe('a recording', () => {
  it('brings the scores that the command line gives for the file, and its codes in order', async () => {
    await ready();
    await call('start', { request: { refText: speechText, tokenId: 'mine' }, playDing: false, vad: true });
    const answer = await seen(page, { code: 50200, tokenId: 'mine' });
    const scores = answer['result'] as { overall: number; accuracy: number };
    const printed = execFileSync(programPath(), ['assess', speechFile, '--text', speechText, '--format', 'json'], {
      encoding: 'utf8',
    });
    const { result } = JSON.parse(printed) as { result: { overall: number; accuracy: number } };
    expect(Math.abs(scores.overall - result.overall)).toBeLessThanOrEqual(3);
    expect(Math.abs(scores.accuracy - result.accuracy)).toBeLessThanOrEqual(3);
    expect(await seen(page, { code: 50300 })).toMatchObject({ stopType: 'auto', reason: 'silence', tokenId: 'mine' });
    const codes = await codesSeen(page);
    expect(codes.slice(0, 3).sort()).toEqual([50000, 50001, 50100]);
    expect(codes.slice(3)).toEqual([50004, 50304, 50301, 50300, 50200]);
    expect(await page.evaluate(() => [...window.recorder.results.keys()])).toEqual([answer['recordId']]);
  });

  it('has what was said until the very stop, not whole pieces of the audio thread alone', async () => {
    await ready();
    const { settings } = (await seen(page, { code: 50001 })) as { settings?: { sampleRateHz: number } };
    const pieceFrames = 1024;
    const wholePieces = (samples: number): boolean => {
      const frames = (samples * settings!.sampleRateHz) / 16000;
      const nearest = Math.round(frames / pieceFrames) * pieceFrames;
      return Math.ceil((nearest * 16000) / settings!.sampleRateHz) === samples;
    };
    const lengths: number[] = [];
    for (let i = 0; i < 6; i++) {
      const from = (await allSeen(page)).length;
      await call('start', quick);
      await page.waitForFunction(() => window.recorder.state === 'recording' && window.recorder.recordedMs > 100);
      await call('stop');
      const { durationMs } = (await seen(page, { code: 50300 }, from)) as { durationMs?: number };
      lengths.push(durationMs! * 16);
      await seen(page, { code: 50200 }, from);
    }
    expect(lengths.every(wholePieces)).toBe(false);
  });

  it('that is stopped and followed at once keeps its end and its events', async () => {
    await ready();
    await call('start', quick);
    await page.waitForFunction(() => window.recorder.recordedMs > 100);
    const codes = await page.evaluate((options) => {
      const stopped = window.recorder.stop();
      const started = window.recorder.start({ ...options, request: { ...options.request, tokenId: 'next' } });
      return [stopped.code, started.code];
    }, quick);
    expect(codes).toEqual([50004, 50004]);
    await seen(page, { code: 50301, tokenId: 'next' });
    const order = (await allSeen(page)).flatMap(({ code, tokenId }) => (tokenId ? [[code, tokenId === 'next']] : []));
    const stops = order.filter(([code]) => code === 50300);
    expect(stops).toEqual([[50300, false]]);
    await call('stop');
    await seen(page, { code: 50200, tokenId: 'next' });
  });

  it('has the microphone as it is, and says so', async () => {
    await ready();
    const { settings } = (await seen(page, { code: 50001 })) as { settings?: unknown };
    expect(settings).toMatchObject({ echoCancellation: false, noiseSuppression: false, autoGainControl: false });
    expect(await page.evaluate(() => window.recorder.microphone)).toEqual(settings);
  });

  it('reports the changes to the signal that the page has asked for', async () => {
    await makeRecorder(page, { echoCancellation: true, noiseSuppression: true, autoGainControl: true });
    const { settings } = (await seen(page, { code: 50001 })) as { settings?: unknown };
    expect(settings).toMatchObject({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
  });

  it('begins after the ding, and is stopped by hand', async () => {
    await ready();
    await call('start', { request: { refText: speechText }, playDing: true });
    await seen(page, { state: 'recording' });
    await page.waitForFunction(() => window.recorder.audio()!.samples.length > 16000);
    expect((await call('stop')).code).toBe(50004);
    expect(await seen(page, { code: 50300 })).toMatchObject({ stopType: 'manual', reason: 'manual' });
    const { durationMs } = (await seen(page, { code: 50300 })) as { durationMs?: number };
    const { envelope } = (await seen(page, { code: 50200 })) as {
      envelope?: { result?: { wavetime: number }; errID?: number };
    };
    // Half a sentence may or may not be scored; in either case the server has the reported recording.
    expect(envelope?.result?.wavetime ?? durationMs).toBeCloseTo(durationMs!, -1);
  });

  it('stops by itself at its longest duration, to the sample', async () => {
    await ready();
    await call('start', { ...quick, maxDurationMs: 333 });
    expect(await seen(page, { code: 50300 })).toMatchObject({ stopType: 'auto', reason: 'length', durationMs: 333 });
    await seen(page, { code: 50200 });
    expect(await page.evaluate(() => window.recorder.audio()!.samples.length)).toBe(5328);
  });

  it('may begin before the last result is in; results are matched by record id', async () => {
    await ready();
    await call('start', { request: { refText: speechText, tokenId: 'first' }, playDing: false, maxDurationMs: 300 });
    await seen(page, { code: 50300, tokenId: 'first' });
    await call('start', { request: { refText: speechText, tokenId: 'second' }, playDing: false, maxDurationMs: 300 });
    const first = await seen(page, { code: 50200, tokenId: 'first' });
    const second = await seen(page, { code: 50200, tokenId: 'second' });
    expect((await seen(page, { code: 50304, tokenId: 'first' }))['recordId']).toBe(first['recordId']);
    expect((await seen(page, { code: 50304, tokenId: 'second' }))['recordId']).toBe(second['recordId']);
  });

  it('that is stopped before it has begun is none', async () => {
    await ready();
    await page.evaluate(
      (options) => {
        window.recorder.start(options);
        window.recorder.stop();
      },
      { ...quick, playDing: true },
    );
    expect(await seen(page, { code: 50300 })).toMatchObject({ durationMs: 0, stopType: 'manual' });
    expect(await recorded()).not.toBe('');
    const results = (await allSeen(page)).filter(({ code }) => code === 50200);
    expect(results.length).toBe(1);
  });

  it('that the kernel refuses brings the learner the reason', async () => {
    await ready();
    await call('start', { request: { refText: speechText }, playDing: false, maxDurationMs: 200 });
    const { refusal } = (await seen(page, { code: 50200 })) as {
      refusal?: { code: number; message: { en: string; zh: string } };
    };
    expect(refusal!.code).toBeGreaterThan(20000);
    expect(refusal!.message.en).not.toBe('');
    expect(refusal!.message.zh).not.toBe('');
  });
});

describe('levels', () => {
  it('are told while the microphone is open', async () => {
    await page.evaluate(() => {
      window.recorder = new window.saywell.Recorder();
    });
    const loud = await page.evaluate(
      () =>
        new Promise<{ rmsDbfs: number; meter: number }>((resolve) =>
          window.recorder.on('level', (level) => level.meter > 0.5 && resolve(level)),
        ),
    );
    expect(loud.rmsDbfs).toBeGreaterThan(-30);
    expect(loud.meter).toBeLessThanOrEqual(1);
  });
});

describe('a replay', () => {
  it('plays the last recording, or a part of it', async () => {
    await ready();
    const recordId = await recorded();
    await call('replay', { startMs: 100, stopMs: 300 });
    expect(await seen(page, { code: 50303 })).toMatchObject({ recordId, startMs: 100, stopMs: 300 });
    expect(await seen(page, { code: 50302 })).toMatchObject({ recordId, stopType: 'auto', positionMs: 300 });
    expect(await page.evaluate(() => window.recorder.state)).toBe('idle');
  });

  it('plays an earlier recording from the server', async () => {
    await ready();
    const recordId = await recorded();
    await recorded();
    await call('replay', { recordId });
    expect(await seen(page, { code: 50303 })).toMatchObject({ recordId, startMs: 0, stopMs: 500 });
    expect(await seen(page, { code: 50302 })).toMatchObject({ stopType: 'auto', positionMs: 500 });
    expect(site.requests).toContain(`GET /v1/recordings/${recordId}.wav`);
  });

  it('is stopped by hand', async () => {
    await ready();
    await recorded();
    await call('replay');
    await seen(page, { code: 50303 });
    expect((await call('stopReplay')).code).toBe(50004);
    expect(await seen(page, { code: 50302 })).toMatchObject({ stopType: 'manual' });
  });

  it.each([
    ['an id that the server does not know', { recordId: 'unknown' }, 'recordId'],
    ['a start behind the end', { startMs: 5000 }, 'startMs'],
  ])('is refused for %s', async (_, options, parameter) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await ready();
    await recorded();
    expect((await call('replay', options)).code).toBe(50004);
    expect(await seen(page, { code: 50352 })).toMatchObject({ parameter });
    expect(await page.evaluate(() => window.recorder.state)).toBe('idle');
    expect(errors).toEqual([]);
  });
});

describe('wrong parameters', () => {
  const { request } = quick;

  it('of start are told by name (50351)', async () => {
    await ready();
    for (const [given, parameter] of [
      [7, 'start'],
      [{}, 'request'],
      [{ request: 'x' }, 'request'],
      [{ request, duration: 5 }, 'duration'],
      [{ request, maxDurationMs: 0 }, 'maxDurationMs'],
      [{ request, maxDurationMs: 180001 }, 'maxDurationMs'],
      [{ request, playDing: 1 }, 'playDing'],
      [{ request, vad: { silenceMs: 100 } }, 'vad'],
      [{ request: { refText: 5 } }, 'refText'],
      [{ request: { coreType: null } }, 'coreType'],
      [{ request: { tokenId: 1 } }, 'tokenId'],
      [{ request: { userId: [] } }, 'userId'],
    ] as [unknown, string][]) {
      expect(await call('start', given), parameter).toMatchObject({ code: 50351, call: 'start', parameter });
    }
    expect(await seen(page, { code: 50351 })).toMatchObject({ symbol: 'ERROR_STARTRECORD_PARAMETER_ERROR' });
    expect(await page.evaluate(() => window.recorder.state)).toBe('idle');
  });

  it('of the request are told as the server names them (50351)', async () => {
    await ready();
    await call('start', { request: { refText: speechText, rang: 4 }, playDing: false });
    expect(await seen(page, { code: 50351 })).toMatchObject({ call: 'start', parameter: 'rang' });
    expect(await seen(page, { code: 50300 })).toMatchObject({ durationMs: 0, reason: 'refused' });
    expect(await page.evaluate(() => window.recorder.state)).toBe('idle');
  });

  it('of replay are told by name (50352)', async () => {
    await ready();
    for (const [given, parameter] of [
      [7, 'replay'],
      [{}, 'recordId'],
      [{ recordId: '' }, 'recordId'],
      [{ recordId: 'x', position: 5 }, 'position'],
      [{ recordId: 'x', startMs: -1 }, 'startMs'],
      [{ recordId: 'x', stopMs: '5' }, 'stopMs'],
      [{ recordId: 'x', startMs: 5, stopMs: 1 }, 'stopMs'],
    ] as [unknown, string][]) {
      expect(await call('replay', given), parameter).toMatchObject({ code: 50352, call: 'replay', parameter });
    }
    expect(await seen(page, { code: 50352 })).toMatchObject({ symbol: 'ERROR_STARTREPLAY_PARAMETER_ERROR' });
    expect(await page.evaluate(() => window.recorder.state)).toBe('idle');
  });
});

describe('calls in the wrong state (50353)', () => {
  type Call = Parameters<typeof call>[0];
  const every: Call[] = ['start', 'stop', 'replay', 'stopReplay'];

  function refusals(state: string, names: Call[]): object[] {
    return names.map((name) => ({ code: 50353, call: name, status: `status.invalid:${state}` }));
  }

  async function refused(state: string, names: Call[]): Promise<void> {
    for (const [i, name] of names.entries()) expect(await call(name, quick)).toMatchObject(refusals(state, names)[i]!);
  }

  /** In the same turn as the call that leads to the state, which would pass by itself. */
  async function refusedRightAfter(first: 'new' | 'start' | 'replay', state: string, names: Call[]): Promise<void> {
    const answers = await page.evaluate(
      ([before, refusedCalls, options]) => {
        if (before === 'new') window.recorder = new window.saywell.Recorder();
        else if (before === 'start') window.recorder.start({ ...options, playDing: true });
        else window.recorder.replay();
        return refusedCalls.map((name) => (window.recorder[name] as (given: unknown) => unknown)(options));
      },
      [first, names, quick] as const,
    );
    expect(answers).toMatchObject(refusals(state, names));
  }

  it('init', () => refusedRightAfter('new', 'init', every));

  it('not_ready', async () => {
    await makeRecorder(page, { deviceId: 'f00d' });
    await seen(page, { code: 50003 });
    await seen(page, { code: 50100 });
    await refused('not_ready', every);
  });

  it('idle', async () => {
    await ready();
    await refused('idle', ['stop', 'stopReplay']);
  });

  it('torecord', async () => {
    await ready();
    await refusedRightAfter('start', 'torecord', ['start', 'replay', 'stopReplay']);
  });

  it('recording', async () => {
    await ready();
    await call('start', quick);
    await seen(page, { state: 'recording' });
    await refused('recording', ['start', 'replay', 'stopReplay']);
  });

  it('replaying', async () => {
    await ready();
    await recorded();
    await refusedRightAfter('replay', 'replaying', ['start', 'replay', 'stop']);
  });
});
