// The player's states as a pure function.
import type { PlayerState } from '../types.js';

export type PlayerCall = 'load' | 'play' | 'pause' | 'resume' | 'seek' | 'stop';

/** Calls and other events. */
export type PlayerInput = PlayerCall | 'loadSucceeded' | 'loadFailed' | 'starved' | 'fed' | 'ended';

const moves: Record<PlayerState, Partial<Record<PlayerInput, PlayerState>>> = {
  idle: { load: 'loading' },
  loading: { loadSucceeded: 'loaded', loadFailed: 'idle', stop: 'idle' },
  loaded: { load: 'loading', play: 'playing' },
  playing: { pause: 'pause', seek: 'playing', stop: 'loaded', starved: 'buffering', ended: 'loaded' },
  pause: { resume: 'playing', seek: 'pause', stop: 'loaded' },
  buffering: { pause: 'pause', seek: 'playing', stop: 'loaded', fed: 'playing', ended: 'loaded' },
};

const calls: ReadonlySet<PlayerInput> = new Set(['load', 'play', 'pause', 'resume', 'seek', 'stop']);

/** The state after `input`; null: this state refuses the call. */
export function movePlayer(state: PlayerState, input: PlayerInput): PlayerState | null {
  return moves[state][input] ?? (calls.has(input) ? null : state);
}
