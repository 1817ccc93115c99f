import { describe, expect, it } from 'vitest';
import type { PlayerState } from '../types.js';
import { movePlayer, type PlayerCall, type PlayerInput } from './machine.js';

const states: PlayerState[] = ['idle', 'loading', 'loaded', 'playing', 'pause', 'buffering'];
const calls: PlayerCall[] = ['load', 'play', 'pause', 'resume', 'seek', 'stop'];

/** The state after a call; every other pair is refused. */
const accepted: Partial<Record<`${PlayerState} ${PlayerCall}`, PlayerState>> = {
  'idle load': 'loading',
  'loading stop': 'idle',
  'loaded load': 'loading',
  'loaded play': 'playing',
  'playing pause': 'pause',
  'playing seek': 'playing',
  'playing stop': 'loaded',
  'pause resume': 'playing',
  'pause seek': 'pause',
  'pause stop': 'loaded',
  'buffering pause': 'pause',
  'buffering seek': 'playing',
  'buffering stop': 'loaded',
};

/** The same for other events; every other pair changes nothing. */
const happening: Partial<Record<`${PlayerState} ${PlayerInput}`, PlayerState>> = {
  'loading loadSucceeded': 'loaded',
  'loading loadFailed': 'idle',
  'playing starved': 'buffering',
  'playing ended': 'loaded',
  'buffering fed': 'playing',
  'buffering ended': 'loaded',
};

describe('every state and every call', () => {
  for (const state of states) {
    for (const call of calls) {
      it(`${state}: ${call}`, () => {
        expect(movePlayer(state, call)).toBe(accepted[`${state} ${call}`] ?? null);
      });
    }
  }
});

describe('what happens by itself', () => {
  for (const state of states) {
    for (const input of ['loadSucceeded', 'loadFailed', 'starved', 'fed', 'ended'] as const) {
      it(`${state}: ${input}`, () => {
        expect(movePlayer(state, input)).toBe(happening[`${state} ${input}`] ?? state);
      });
    }
  }
});
