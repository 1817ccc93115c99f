import { expect, it } from 'vitest';
import { localVoice } from './local_voice.js';
import { peaksOf, samplesToWav, wavToSamples } from './samples.js';

it('writes a WAV file that it reads again', () => {
  const samples = Int16Array.from([0, 1, -1, 32767, -32768]);
  const wav = samplesToWav(samples, 16000);
  expect(wav.byteLength).toBe(54);
  expect(new DataView(wav).getUint32(24, true)).toBe(16000);
  expect(wavToSamples(wav)).toEqual(samples);
});

it('finds the samples behind other chunks', () => {
  const wav = new Uint8Array(samplesToWav(Int16Array.from([7, 8]), 16000));
  const list = [76, 73, 83, 84, 3, 0, 0, 0, 1, 2, 3, 0]; // an odd chunk and its filling byte
  const longer = Uint8Array.from([...wav.subarray(0, 36), ...list, ...wav.subarray(36)]);
  expect(wavToSamples(longer.buffer)).toEqual(Int16Array.from([7, 8]));
});

it.each([new ArrayBuffer(0), new ArrayBuffer(10), new ArrayBuffer(100)])(
  'takes nothing else for a WAV file',
  (bytes) => {
    expect(wavToSamples(bytes)).toBeNull();
  },
);

it('draws peaks, the loudest at full height', () => {
  const samples = Int16Array.from([100, -200, 0, 0, 50, 400, 0, -300]);
  expect([...peaksOf(samples, 4)]).toEqual([0.5, 0, 1, 0.75]);
  expect([...peaksOf(new Int16Array(4), 2)]).toEqual([0, 0]);
});

it('uses only a voice that stays on this machine', () => {
  const voice = (lang: string, localService: boolean) => ({ lang, localService }) as SpeechSynthesisVoice;
  const british = voice('en-GB', true);
  const american = voice('en_US', true);
  expect(localVoice([voice('en-US', false), voice('de-DE', true)])).toBeNull();
  expect(localVoice([voice('en-US', false), british])).toBe(british);
  expect(localVoice([british, american])).toBe(american);
});
