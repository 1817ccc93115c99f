// The options of a recorder and of its calls.
import {
  aBoolean,
  aFunction,
  aNumber,
  anObject,
  aText,
  checkedOptions,
  findMistake,
  isPlainObject,
  OptionError,
  shown,
  type Check,
  type Mistake,
} from '../options.js';
import { aServer, pageServer } from '../server_address.js';
import type { RecorderOptions, ReplayOptions, StartOptions } from '../types.js';

export const longestMs = 180000;

const recorderChecks = {
  server: aServer,
  getSession: aFunction,
  coreTimeoutMs: aNumber(1),
  connectTimeoutMs: aNumber(1),
  silenceTimeoutMs: aNumber(1),
  reconnectMinMs: aNumber(1),
  reconnectMaxMs: aNumber(1),
  resendTimeoutMs: aNumber(0),
  echoCancellation: aBoolean,
  noiseSuppression: aBoolean,
  autoGainControl: aBoolean,
  deviceId: aText,
  microphoneVolume: aNumber(0, 1),
  dingVolume: aNumber(0, 1),
  replayVolume: aNumber(0, 1),
  workletUrl: aText,
};

const aVad: Check = (value) => {
  if (typeof value === 'boolean') return null;
  const expected = 'true, false or {silenceMs: 200 to 10000}';
  if (!isPlainObject(value) || Object.keys(value).join() !== 'silenceMs') return expected;
  return aNumber(200, 10000)(value['silenceMs']) && expected;
};

const startChecks = { request: anObject, maxDurationMs: aNumber(1, longestMs), playDing: aBoolean, vad: aVad };
const replayChecks = { recordId: aText, startMs: aNumber(0), stopMs: aNumber(0) };

const defaults = {
  coreTimeoutMs: 60000,
  connectTimeoutMs: 10000,
  silenceTimeoutMs: 10000,
  reconnectMinMs: 500,
  reconnectMaxMs: 15000,
  resendTimeoutMs: 300000,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  microphoneVolume: 1,
  dingVolume: 0.5,
  replayVolume: 1,
};

export function recorderOptions(given: RecorderOptions) {
  const checked = checkedOptions('Recorder', given, recorderChecks, defaults);
  return { ...checked, server: checked.server ?? pageServer(), getSession: checked.getSession ?? (() => null) };
}

/** A volume that is set later. */
export function checkedVolume(name: string, value: unknown): number {
  const expected = aNumber(0, 1)(value);
  if (expected) throw new OptionError(name, `Recorder.${name}: ${expected} is expected, not ${shown(value)}`);
  return value as number;
}

/** The server checks the fields of a request, except those that no server can read. */
export function startMistake(given: StartOptions): Mistake | null {
  const mistake = findMistake('start', given, startChecks);
  if (mistake) return mistake;
  if (given.request === undefined) return { parameter: 'request', detail: 'start.request: missing' };
  for (const name of ['refText', 'coreType', 'tokenId', 'userId'] as const) {
    const value: unknown = given.request[name];
    if (value === undefined || typeof value === 'string') continue;
    return { parameter: name, detail: `start.request.${name}: a text is expected, not ${shown(value)}` };
  }
  return null;
}

export function replayMistake(given: ReplayOptions, lastRecordId: string | null): Mistake | null {
  const mistake = findMistake('replay', given, replayChecks);
  if (mistake) return mistake;
  if (given.recordId === undefined && lastRecordId === null) {
    return { parameter: 'recordId', detail: 'replay.recordId: missing, and nothing was recorded yet' };
  }
  const { startMs = 0, stopMs = Infinity } = given;
  if (stopMs > startMs) return null;
  return { parameter: 'stopMs', detail: `replay.stopMs: more than startMs (${startMs}) is expected, not ${stopMs}` };
}
