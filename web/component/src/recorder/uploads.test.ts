import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerFetch } from '../server_fetch.js';
import type { Envelope } from '../types.js';
import type { Connection, ServerMessage } from './connection.js';
import { isResendable } from './refusals.js';
import { Upload } from './upload.js';
import { Uploads } from './uploads.js';

const pieceSamples = 1600;
const options = {
  silenceTimeoutMs: 10000,
  connectTimeoutMs: 10000,
  resendTimeoutMs: 60000,
  reconnectMinMs: 100,
  reconnectMaxMs: 1000,
};

/** A connection that records its messages: commands by name, samples by their number. */
class FakeConnection {
  ready = true;
  unsentBytes = 0;
  sent: (string | number)[] = [];
  send(content: object): void {
    this.sent.push(content instanceof Int16Array ? content.length : (content as { cmd: string }).cmd);
  }
  expectAnswer(): void {}
  pauseWatch(): void {}

  /** Since the last call. */
  take(): (string | number)[] {
    return this.sent.splice(0);
  }
}

class FakeServer {
  readonly asked: string[] = [];
  answer: () => Promise<Response> = () => Promise.reject(new Error('nobody'));
  get(path: string): Promise<Response> {
    this.asked.push(path);
    return this.answer();
  }
}

function answering(status: number, body: object): () => Promise<Response> {
  return () => Promise.resolve(new Response(JSON.stringify(body), { status }));
}

const notReady = { errID: 40051, error: 'models load', eof: 1 };

describe('uploads', () => {
  let connection: FakeConnection;
  let server: FakeServer;
  let uploads: Uploads;
  let upload: Upload;
  let happened: unknown[];

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
    server = new FakeServer();
    happened = [];
    const listener = {
      started: ({ recordId }: Upload, replaces: string | undefined) => happened.push(['started', recordId, replaces]),
      stoppedByServer: (_: Upload, why: string) => happened.push(['stoppedByServer', why]),
      partial: () => undefined,
      held: (_: Upload, { errID }: Envelope) => happened.push(['held', errID]),
      answered: (_: Upload, { recordId, errID }: Envelope) => happened.push(['answered', recordId, errID]),
    };
    uploads = new Uploads(connection as unknown as Connection, server as unknown as ServerFetch, listener, options);
    upload = new Upload('token', { cmd: 'start' });
    uploads.begin(upload);
  });

  afterEach(() => {
    uploads.close();
    vi.useRealTimers();
  });

  const say = (pieces: number) => uploads.append(upload, new Int16Array(pieces * pieceSamples));
  const tell = (message: ServerMessage) => uploads.message(message);
  const start = (recordId: string) => tell({ cmd: 'start', recordId, tokenId: 'token' });

  it('keep what a server that is not ready refuses, and send it from its beginning', async () => {
    say(1);
    expect(connection.take()).toEqual(['start', pieceSamples]);
    tell({ cmd: 'start', tokenId: 'token', ...notReady });
    say(1);
    expect(connection.take()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(connection.take()).toEqual(['start', 2 * pieceSamples]);
    start('a');
    uploads.end(upload);
    expect(connection.take()).toEqual(['stop']);
    tell({ cmd: 'stop', recordId: 'a' });
    tell({ recordId: 'a', eof: 1, result: {} });
    expect(happened).toEqual([
      ['held', 40051],
      ['started', 'a', undefined],
      ['answered', 'a', undefined],
    ]);
  });

  it('go on when the server refuses in mid-recording, under a new id', async () => {
    start('a');
    say(1);
    tell({ recordId: 'a', errID: 40002, error: 'no room', eof: 1 });
    say(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(connection.take()).toEqual(['start', pieceSamples, 'start', 2 * pieceSamples]);
    start('b');
    expect(happened).toEqual([
      ['started', 'a', undefined],
      ['held', 40002],
      ['started', 'b', 'a'],
    ]);
  });

  it('wait longer after every refusal, and give up some time after the end', async () => {
    say(1);
    uploads.end(upload);
    let attempts = 0;
    for (let waitedMs = 0; waitedMs < 2 * options.resendTimeoutMs; waitedMs += 10) {
      attempts += connection.take().filter((sent) => sent === 'start').length;
      if (upload.startSent) tell({ cmd: 'start', tokenId: 'token', ...notReady });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(attempts).toBeGreaterThan(40); // 60 s in pauses of about 1 s
    expect(attempts).toBeLessThan(100);
    expect(happened.at(-1)).toEqual(['answered', '', 40051]);
    expect(happened.filter((each) => (each as string[])[0] === 'answered')).toHaveLength(1);
  });

  it('give up sooner what has not begun', async () => {
    for (let waitedMs = 0; waitedMs < 2 * options.connectTimeoutMs; waitedMs += 10) {
      if (upload.startSent) tell({ cmd: 'start', tokenId: 'token', ...notReady });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(happened.slice(-2)).toEqual([
      ['stoppedByServer', 'refused'],
      ['answered', '', 40051],
    ]);
  });

  it('let the next recording pass one that waits', () => {
    say(1);
    uploads.end(upload);
    tell({ cmd: 'start', tokenId: 'token', ...notReady });
    connection.take();
    const next = new Upload('next', { cmd: 'start' });
    uploads.begin(next);
    expect(connection.take()).toEqual(['start']);
  });

  async function acknowledge(): Promise<void> {
    say(1);
    start('a');
    uploads.end(upload);
    tell({ cmd: 'stop', recordId: 'a' });
    await vi.advanceTimersByTimeAsync(0);
    connection.take();
    happened.length = 0;
  }

  it('ask for the result of what a server on its way down had acknowledged', async () => {
    await acknowledge();
    tell({ recordId: 'a', errID: 503, error: 'shutting down', eof: 1 });
    uploads.disconnected();
    server.answer = answering(202, { recordId: 'a', state: 'queued' });
    uploads.connected();
    await vi.advanceTimersByTimeAsync(1100);
    expect(server.asked.length).toBeGreaterThan(1);
    server.answer = answering(200, { recordId: 'a', eof: 1, result: {} });
    await vi.advanceTimersByTimeAsync(600);
    expect(connection.take()).toEqual([]);
    expect(happened.at(-1)).toEqual(['answered', 'a', undefined]);
  });

  it('send again what the server has only in part', async () => {
    say(1);
    start('a');
    uploads.end(upload);
    uploads.disconnected();
    connection.take();
    server.answer = answering(503, { errID: 40051, error: 'the recording was cut short' });
    uploads.connected();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.take()).toEqual(['start', pieceSamples, 'stop']);
  });

  it('do not take one failed question for an answer', async () => {
    await acknowledge();
    uploads.disconnected();
    uploads.connected();
    await vi.advanceTimersByTimeAsync(600);
    server.answer = answering(200, { recordId: 'a', eof: 1, result: {} });
    await vi.advanceTimersByTimeAsync(600);
    expect(connection.take()).toEqual([]);
    expect(happened).toEqual([['answered', 'a', undefined]]);
  });

  it('send once more where the page may not ask', async () => {
    await acknowledge();
    uploads.disconnected();
    uploads.connected();
    await vi.advanceTimersByTimeAsync(5000);
    expect(connection.take()).toEqual(['start', pieceSamples, 'stop']);
  });
});

it.each([
  [503, true],
  [40002, true],
  [40051, true],
  [500, false],
  [20001, false],
  [20402, false],
  [40004, false],
  [40031, false],
  [40080, false],
  [40082, false],
  [12345, false],
  [undefined, false],
])('%s is sent again: %s', (code, resent) => {
  expect(isResendable(code)).toBe(resent);
});
