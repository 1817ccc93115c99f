import { describe, expect, it, vi } from 'vitest';
import { withLetters } from './letters.js';
import { serverOf } from './servers.js';
import { requestOf, SpeechResource } from './speech_resource.js';

it('scores of scoreType 4 become letters, and nothing else does', () => {
  const result = {
    rank: 4,
    overall: 4,
    fluency: { overall: 3, speed: 120 },
    details: [{ char: 'he', score: 0, start: 1, phone: [{ score: 2 }] }],
    info: { snr: 3 },
  };
  expect(withLetters(result)).toEqual({
    rank: 4,
    overall: 'A',
    fluency: { overall: 'B', speed: 120 },
    details: [{ char: 'he', score: 'D', start: 1, phone: [{ score: 'C' }] }],
    info: { snr: 3 },
  });
});

it('serverParams become a request of today', () => {
  SpeechResource.setScoreType('2')
    .setCoreType('enword')
    .setScoreType('100')
    .setRefText('apple')
    .setApplicationId('a')
    .setUserId('u')
    .setMode('record-only');
  expect(requestOf(SpeechResource.get())).toEqual({
    coreType: 'en.word.score',
    rank: 100,
    refText: 'apple',
    applicationId: 'a',
    userId: 'u',
    mode: 'record-only',
  });
  expect(requestOf({ refText: 'x' })).toEqual({ refText: 'x' });
});

describe('addresses of 2011', () => {
  it.each([
    ['rtmp://speech.example/v1.1/aistream.enscore', 'https://speech.example'],
    ['rtmp://speech.example:1935/v1.1', 'https://speech.example'],
    ['rtmp://page.example/v1.1', 'https://page.example:8443'],
    ['https://other.example:1', 'https://other.example:1'],
  ])('%s', (given, server) => {
    vi.stubGlobal('location', { hostname: 'page.example', origin: 'https://page.example:8443', protocol: 'https:' });
    expect(serverOf(given)).toBe(server);
    vi.unstubAllGlobals();
  });
});
