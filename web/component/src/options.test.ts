import { describe, expect, it } from 'vitest';
import { OptionError } from './options.js';
import { Player } from './player/player.js';
import { recorderOptions, replayMistake, startMistake } from './recorder/recorder_options.js';
import { serverAddress } from './server_address.js';
import type { PlayerOptions, RecorderOptions, ReplayOptions, StartOptions } from './types.js';

const server = 'http://localhost:8080';

function optionError(make: () => unknown): OptionError {
  try {
    make();
  } catch (error) {
    if (error instanceof OptionError) return error;
  }
  throw new Error('no OptionError was thrown');
}

/** A wrong value for each option, and its message. */
const wrongRecorderOptions: [object, string][] = [
  [{ servr: server }, "unknown option 'servr'"],
  [{ server: 'localhost:8080' }, 'Recorder.server: an address'],
  [{ server: 'ftp://localhost' }, 'Recorder.server: an address'],
  [{ server: 5 }, 'Recorder.server: an address'],
  [{ server, getSession: 'token' }, 'Recorder.getSession: a function is expected, not "token"'],
  [{ server, coreTimeoutMs: '60000' }, 'Recorder.coreTimeoutMs: a number'],
  [{ server, coreTimeoutMs: 0 }, 'Recorder.coreTimeoutMs: a number, at least 1 is expected, not 0'],
  [{ server, connectTimeoutMs: Number.NaN }, 'Recorder.connectTimeoutMs: a number'],
  [{ server, silenceTimeoutMs: -1 }, 'Recorder.silenceTimeoutMs: a number'],
  [{ server, reconnectMinMs: null }, 'Recorder.reconnectMinMs: a number, at least 1 is expected, not null'],
  [{ server, reconnectMaxMs: [] }, 'Recorder.reconnectMaxMs: a number, at least 1 is expected, not an array'],
  [{ server, echoCancellation: 1 }, 'Recorder.echoCancellation: true or false'],
  [{ server, noiseSuppression: 'on' }, 'Recorder.noiseSuppression: true or false'],
  [{ server, autoGainControl: {} }, 'Recorder.autoGainControl: true or false is expected, not an object'],
  [{ server, deviceId: '' }, 'Recorder.deviceId: a text'],
  [{ server, dingVolume: 2 }, 'Recorder.dingVolume: a number from 0 to 1 is expected, not 2'],
  [{ server, replayVolume: -0.1 }, 'Recorder.replayVolume: a number from 0 to 1'],
  [{ server, workletUrl: false }, 'Recorder.workletUrl: a text'],
];

describe('the options of a recorder', () => {
  it.each(wrongRecorderOptions)('%j is refused by name', (given, message) => {
    const error = optionError(() => recorderOptions({ server, ...given } as RecorderOptions));
    expect(error.message).toContain(message);
    expect(error.option).toBe(Object.keys(given).at(-1));
  });

  it('have defaults, and undefined is left out', () => {
    const options = recorderOptions({ server, coreTimeoutMs: undefined as never });
    expect(options).toMatchObject({ server, coreTimeoutMs: 60000, echoCancellation: false, autoGainControl: false });
  });

  it('must be an object', () => {
    expect(optionError(() => recorderOptions('x' as never)).message).toContain('Recorder: an object is expected');
    expect(optionError(() => recorderOptions(null as never)).message).toContain('not null');
  });
});

describe('the options of a player (50453)', () => {
  it.each([
    [{ server, volume: 1.5 }, 'Player.volume'],
    [{ server, loadTimeoutMs: 'x' }, 'Player.loadTimeoutMs'],
    [{ server, getSession: 7 }, 'Player.getSession'],
    [{ server, autoplay: true }, "unknown option 'autoplay'"],
    [{ server: 'nowhere' }, 'Player.server'],
  ])('%j is refused by name', (given, message) => {
    const error = optionError(() => new Player(given as PlayerOptions));
    expect(error.message).toContain(message);
    expect(error.code).toBe(50453);
  });
});

describe('the parameters of start (50351)', () => {
  const request = { refText: 'x' };
  it.each([
    [undefined, 'start'],
    [{}, 'request'],
    [{ request: 'x' }, 'request'],
    [{ request: { refText: 5 } }, 'refText'],
    [{ request: { refText: 'x', tokenId: 7 } }, 'tokenId'],
    [{ request: { coreType: null } }, 'coreType'],
    [{ request: { userId: {} } }, 'userId'],
    [{ request, maxDurationMs: 0 }, 'maxDurationMs'],
    [{ request, maxDurationMs: 180001 }, 'maxDurationMs'],
    [{ request, playDing: 'yes' }, 'playDing'],
    [{ request, vad: 1 }, 'vad'],
    [{ request, vad: { silenceMs: 100 } }, 'vad'],
    [{ request, vad: { silence: 1000 } }, 'vad'],
    [{ request, duration: 5 }, 'duration'],
  ])('%j', (given, parameter) => {
    expect(startMistake(given as StartOptions)?.parameter).toBe(parameter);
  });

  it.each([[{ request }], [{ request, vad: true }], [{ request: {}, vad: { silenceMs: 800 }, maxDurationMs: 1000 }]])(
    '%j is right',
    (given) => expect(startMistake(given)).toBeNull(),
  );
});

describe('the parameters of replay (50352)', () => {
  it.each([
    [{ recordId: 5 }, 'recordId'],
    [{ recordId: '' }, 'recordId'],
    [{ startMs: -1 }, 'startMs'],
    [{ startMs: '0' }, 'startMs'],
    [{ stopMs: Number.NaN }, 'stopMs'],
    [{ startMs: 500, stopMs: 500 }, 'stopMs'],
    [{ startPos: 1 }, 'startPos'],
  ])('%j', (given, parameter) => {
    expect(replayMistake(given as ReplayOptions, 'last')?.parameter).toBe(parameter);
  });

  it('needs an id before the first recording, and none later', () => {
    expect(replayMistake({}, null)?.parameter).toBe('recordId');
    expect(replayMistake({}, 'last')).toBeNull();
    expect(replayMistake({ recordId: 'x', startMs: 100, stopMs: 200 }, null)).toBeNull();
  });
});

describe('the address of a server', () => {
  it.each([
    ['http://localhost:8080', 'http://localhost:8080', 'ws://localhost:8080/v1/stream'],
    ['https://speech.example/', 'https://speech.example', 'wss://speech.example/v1/stream'],
    ['wss://speech.example/behind/', 'https://speech.example/behind', 'wss://speech.example/behind/v1/stream'],
    ['WS://[::1]:9', 'http://[::1]:9', 'ws://[::1]:9/v1/stream'],
  ])('%s', (given, http, stream) => {
    expect(serverAddress(given)).toEqual({ http, stream });
  });

  it.each(['', 'speech.example', 'rtmp://speech.example', 'http://', 'http://a b', 'http://a?x=1', 'http://a#x'])(
    '"%s" is none',
    (given) => expect(serverAddress(given)).toBeNull(),
  );
});
