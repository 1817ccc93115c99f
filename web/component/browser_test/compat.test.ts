// A page written in 2011: only the script's address differs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type * as compat from '../src/compat/index.js';
import { openBrowser } from './harness/browser.js';
import { programPath, SaywellServer } from './harness/saywell_server.js';
import { Site } from './harness/site.js';
import { SpeechFolder, speechText } from './harness/speech.js';
import { tone, wavBytes } from './harness/wav.js';

declare global {
  const aispeech: typeof compat;
  interface Window {
    ai: compat.AiRecorder;
    aiPlayer: compat.AiPlayer;
    told: [string, number, string][];
    data: Record<string, { result?: { overall: unknown; rank: number }; errID?: number }> | undefined;
  }
}

const folder = new SpeechFolder();
let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await Site.open(inject('serverPort'));
  const audio = wavBytes(tone(16000, 440, 500));
  site.audio.set('a.wav', (response) => void response.end(audio));
  browser = await openBrowser({ microphoneFile: folder.writeSentence() });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  folder.remove();
});

async function openPage(address: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  await page.goto(`${address}/page`);
  await page.addScriptTag({ url: `${address}/dist/compat.iife.js` });
  await page.evaluate(() => {
    window.told = [];
    window.data = undefined;
    document.body.innerHTML = '<div id="flash"></div><div id="log"></div>';
  });
  return page;
}

/** `keys`: of an application whose secret the page carries. */
async function makeRecorder(page: Page, keys: { appKey?: string; secretKey?: string } = {}): Promise<void> {
  await page.evaluate((given) => {
    const note = (name: string) => (code: number, message: { toString(): string }) =>
      void window.told.push([name, code, String(message)]);
    window.ai = new aispeech.AiRecorder({
      id: 'flash',
      serverList: ['rtmp://localhost/v1.1/aistream.enscore'],
      width: 200,
      height: 30,
      ...given,
      onFlashLoad: note('load'),
      onConnectorStatusChange: note('connector'),
      onMicStatusChange: note('microphone'),
      onError: note('error'),
    });
  }, keys);
  await page.waitForFunction(() => window.ai.canRecord, undefined, { timeout: 60000 });
}

async function record(page: Page, duration: number): Promise<void> {
  await page.evaluate(
    ([refText, length]) => {
      const note = (name: string) => (code: number, message: { toString(): string }) =>
        void window.told.push([name, code, String(message)]);
      aispeech.SpeechResource.setRefText(refText).setCoreType('ensent').setScoreType('4').setUserId('eva');
      window.ai.record({
        duration: length,
        playNotifyAudio: false,
        serverParams: aispeech.SpeechResource.get(),
        onRecordIdGenerated: note('id'),
        onStart: note('start'),
        onStop: (code, message) => {
          note('stop')(code, message);
          window.ai.getScores({
            recordId: window.ai.getLastRecordId(),
            success: (data) => void (window.data = data as never),
          });
        },
      });
    },
    [speechText, duration] as const,
  );
  await page.waitForFunction(() => window.data !== undefined, undefined, { timeout: 60000 });
}

describe('a recorder of 2011', () => {
  it('records and brings scores, called back in order', async () => {
    const page = await openPage(site.address);
    await makeRecorder(page);
    await record(page, 9000);
    const [told, data, id] = await page.evaluate(
      () => [window.told, window.data!, window.ai.getLastRecordId()] as const,
    );
    expect(Object.keys(data)).toEqual([id]);
    expect(data[id]!.result!.rank).toBe(4);
    expect(['A', 'B']).toContain(data[id]!.result!.overall);
    const order = told
      .filter(([name]) => name !== 'connector' && name !== 'microphone')
      .map(([name, code]) => [name, code]);
    expect(order).toEqual([
      ['load', 50000],
      ['id', 50304],
      ['start', 50301],
      ['stop', 50300],
    ]);
    expect(told.find(([name]) => name === 'id')![2]).toBe(id);
    expect(told).toContainEqual(['microphone', 50001, 'Microphone is unmuted.']);
    expect(told).toContainEqual(['connector', 50100, 'Recorder server connect successful.']);
    await page.context().close();
  });

  it('reports a wrong call, and has the states and volumes of the later generation', async () => {
    const page = await openPage(site.address);
    await makeRecorder(page);
    await page.evaluate(() => window.ai.stop());
    expect(await page.evaluate(() => window.told.at(-1))).toEqual(['error', 50353, 'Recorder status error.']);
    const words = await page.evaluate(() => {
      window.ai.setVolume(0.5);
      window.ai.setNotifyAudioVolume(0.1);
      window.ai.setMicVolume(0.9);
      const { ai } = window;
      return [
        [ai.getRecorderStatus(), ai.getMicStatus(), ai.getConnectorStatus(), ai.getCoreRequesterStatus()],
        [ai.getVolume(), ai.getNotifyAudioVolume(), ai.getMicVolume()],
      ];
    });
    expect(words).toEqual([
      ['recorder.idle', 'microphone.ready', 'connection.connected', 'corerequester.idle'],
      [0.5, 0.1, 0.9],
    ]);
    const { connection } = await page.evaluate(() => window.ai.getState());
    expect(connection).toEqual({ uri: site.address, latency: expect.any(Number), throughput: expect.any(Number) });
    await page.context().close();
  });

  it('runs in the order of the public wiki', async () => {
    const page = await openPage(site.address);
    await page.evaluate((refText) => {
      // As in pages of 2011: the resource first, everything else in callbacks.
      aispeech.SpeechResource.setScoreType('100');
      aispeech.SpeechResource.setCoreType('ensent');
      aispeech.SpeechResource.setRefText(refText);
      aispeech.SpeechResource.setUserId('eva');
      aispeech.SpeechResource.setApplicationId('open');
      const debug = new aispeech.AiDebug();
      document.body.insertAdjacentHTML('beforeend', '<div id="aispeechAiDebug"></div>');
      const recorder = new aispeech.AiRecorder({
        id: 'flash',
        serverList: ['rtmp://localhost/v1.1/aistream.enscore'],
        showFlash: true,
        height: 138,
        width: 215,
        onFlashLoad: () => debug.info('loaded'),
        onConnectorStatusChange: () => undefined,
        onMicStatusChange: () => undefined,
        onError: (code) => debug.error(code),
      });
      window.ai = recorder;
    }, speechText);
    await page.waitForFunction(() => window.ai.canRecord, undefined, { timeout: 60000 });
    await page.evaluate(() => {
      const note = (name: string) => (code: number) => void window.told.push([name, code, '']);
      window.ai.record({
        duration: 9000,
        playNotifyAudio: false,
        serverParams: aispeech.SpeechResource.get(),
        onRecordIdGenerated: note('id'),
        onStart: note('start'),
        onStop: note('own stop'),
      });
    });
    await page.waitForFunction(() => window.told.some(([name]) => name === 'start'), undefined, { timeout: 60000 });
    await page.evaluate(() => {
      window.ai.stop({
        onStop: (code) => {
          window.told.push(['stop', code, '']);
          const recordId = window.ai.getLastRecordId();
          window.ai.getScores({ recordId, success: (data) => void (window.data = data as never) });
        },
      });
    });
    await page.waitForFunction(() => window.data !== undefined, undefined, { timeout: 60000 });
    expect(await page.evaluate(() => window.told.map(([name, code]) => [name, code]))).toEqual([
      ['id', 50304],
      ['start', 50301],
      ['stop', 50300],
    ]);
    expect(await page.locator('#aispeechAiDebug').innerText()).toBe('loaded');
    await page.context().close();
  });

  it('tells what was said so far, as later pages take it', async () => {
    const page = await openPage(site.address);
    await makeRecorder(page);
    await page.evaluate((refText) => {
      window.ai.record({
        duration: 12000,
        playNotifyAudio: false,
        serverParams: { refText, coreType: 'en.rltm.score' },
        onInternalScore: (code, message) => {
          const { details } = message.result as unknown as { details: { char: string }[] };
          window.told.push(['internal', code, details.map(({ char }) => char).join(' ')]);
        },
      });
    }, speechText);
    await page.waitForFunction(() => window.told.some(([name]) => name === 'internal'), undefined, { timeout: 60000 });
    const [, code, words] = (await page.evaluate(() => window.told.find(([name]) => name === 'internal')))!;
    expect(code).toBe(50200);
    expect(speechText.startsWith(words)).toBe(true);
    await page.context().close();
  });

  it('replays, and calls back; onScore brings the answer', async () => {
    const page = await openPage(site.address);
    await makeRecorder(page);
    await page.evaluate(() => {
      const note = (name: string) => (code: number) => void window.told.push([name, code, '']);
      window.ai.record({
        duration: 500,
        playNotifyAudio: false,
        serverParams: { refText: 'x', mode: 'record-only' },
        onScore: (data) => {
          window.data = data as never;
          window.ai.startReplay({ startPos: 100, stopPos: 300, onStart: note('replay'), onStop: note('replayed') });
        },
      });
    });
    await page.waitForFunction(() => window.told.some(([name]) => name === 'replayed'), undefined, { timeout: 60000 });
    const [told, ids, last, activity] = await page.evaluate(
      () =>
        [window.told, Object.keys(window.data!), window.ai.getLastRecordId(), window.ai.getMicActivityLevel()] as const,
    );
    expect(told.slice(-2).map(([name, code]) => [name, code])).toEqual([
      ['replay', 50303],
      ['replayed', 50302],
    ]);
    expect(ids).toEqual([last]);
    expect(activity >= 0 && activity <= 100).toBe(true);
    await page.context().close();
  });

  it('shows and hides what stood where Flash stood, and takes it away', async () => {
    const page = await openPage(site.address);
    await makeRecorder(page);
    const shown = (): Promise<boolean> => page.locator('#flash meter').isVisible();
    expect(await shown()).toBe(true);
    await page.evaluate(() => window.ai.hideFlash());
    expect(await shown()).toBe(false);
    await page.evaluate(() => window.ai.showFlash());
    expect(await shown()).toBe(true);
    await page.evaluate(() => window.ai.hideVolumeBar());
    expect(await shown()).toBe(false);
    await page.evaluate(() => window.ai.showVolumeBar());
    expect(await shown()).toBe(true);
    await page.evaluate(() => window.ai.transparentFlash());
    expect(await page.locator('#flash').evaluate(({ style }) => style.opacity)).toBe('0');
    await page.evaluate(() => window.ai.disconnect());
    expect(await page.locator('#flash meter').count()).toBe(0);
    await page.context().close();
  });

  it('signs in with the secret of its page, and warns of it on the console', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'saywell-web-'));
    const printed = execFileSync(programPath(), ['app', '--data-dir', dataDir, 'add', 'old', '--format', 'json'], {
      encoding: 'utf8',
    });
    const { applicationId: appKey, secret: secretKey } = JSON.parse(printed) as {
      applicationId: string;
      secret: string;
    };
    const server = await SaywellServer.start(['--bind', '127.0.0.1'], dataDir);
    const closedSite = await Site.open(server.port);
    const page = await openPage(closedSite.address);
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await makeRecorder(page, { appKey, secretKey });
    await record(page, 500);
    expect(warnings.join()).toContain('secretKey');
    await page.context().close();
    await closedSite.close();
    await server.stop();
  });
});

describe('what else such pages use', () => {
  it('a player', async () => {
    const page = await openPage(site.address);
    await page.evaluate(() => {
      const note = (name: string) => (code: number) => void window.told.push([name, code, '']);
      window.aiPlayer = new aispeech.AiPlayer({ onFlashLoad: note('load'), onError: note('error') });
      const play = () =>
        window.aiPlayer.play({ position: 100, duration: 200, onStart: note('start'), onStop: note('stop') });
      const success = (code: number) => {
        note('success')(code);
        play();
      };
      const error = (code: number) => {
        note('failed')(code);
        window.aiPlayer.load({ url: '/audio/a.wav', success });
      };
      window.aiPlayer.load({ url: '/audio/missing.wav', error });
    });
    await page.waitForFunction(() => window.told.some(([name]) => name === 'stop'), undefined, { timeout: 60000 });
    expect(await page.evaluate(() => window.told.map(([name, code]) => [name, code]))).toEqual([
      ['load', 50000],
      ['failed', 50409],
      ['error', 50409],
      ['success', 50400],
      ['start', 50401],
      ['stop', 50402],
    ]);
    expect(
      await page.evaluate(() => [
        window.aiPlayer.getPosition(),
        window.aiPlayer.getDuration(),
        window.aiPlayer.getPlayerStatus(),
      ]),
    ).toEqual([300, 500, 'player.loaded']);
    await page.context().close();
  });

  it('a voice for a text', async () => {
    const page = await openPage(site.address);
    await page.evaluate(() => {
      const note = (name: string) => (code: number) => void window.told.push([name, code, '']);
      window.aiPlayer = new aispeech.AiPlayer({ onError: note('error') });
      void window.aiPlayer.synth({ text: '你好', lang: 'cn' });
      void window.aiPlayer.synth({
        text: 'Ten of clubs.',
        lang: 'en',
        applicationId: 'open',
        ttsUrl: 'http://localhost/tts',
        coreType: 'en.sent.syn',
        resource: 'x',
        onGetSessionSuccess: () => void window.told.push(['session', 0, '']),
        onPlayStop: note('stop'),
      });
    });
    await page.waitForFunction(() => window.told.some(([name]) => name === 'stop'), undefined, { timeout: 60000 });
    expect(await page.evaluate(() => window.told.map(([name, code]) => [name, code]))).toEqual([
      ['error', 50451],
      ['session', 0],
      ['stop', 50402],
    ]);
    expect(site.requests.some((asked) => asked.startsWith('GET /v1/speech?text=Ten+of+clubs.'))).toBe(true);
    await page.context().close();
  });

  it('status codes and a log in the page', async () => {
    const page = await openPage(site.address);
    const codes = await page.evaluate(() => [
      aispeech.AiStatusCode.get(50300),
      aispeech.AiStatusCode.get(50108),
      aispeech.AiStatusCode.get(20001, 'cn'),
    ]);
    expect(codes[0]).toMatchObject({
      id: 50300,
      state: 'RECORD_STOP',
      feedback: { en: 'Recorder record stop.', cn: '录音结束。' },
    });
    expect(codes[1]!.feedback).toEqual({});
    expect(Object.keys(codes[2]!.feedback)).toEqual(['cn']);
    const logs = await page.evaluate(() => {
      const debug = new aispeech.AiDebug('log');
      debug.setLevel('warn');
      debug.error('wrong');
      debug.info('unheard');
      return debug.getLogs();
    });
    expect(logs).toEqual(['error: wrong']);
    expect(await page.locator('#log').innerText()).toBe('wrong');
    await page.context().close();
  });
});
