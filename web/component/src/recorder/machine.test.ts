import { describe, expect, it } from 'vitest';
import type { RecorderState } from '../types.js';
import {
  initialRecorder,
  moveRecorder,
  type RecorderCall,
  type RecorderInput,
  type RecorderMachine,
} from './machine.js';

const states: RecorderState[] = ['init', 'not_ready', 'idle', 'torecord', 'recording', 'replaying'];
const calls: RecorderCall[] = ['start', 'stop', 'replay', 'stopReplay'];

/** The state after a call, with microphone and server available; every other pair is refused. */
const accepted: Partial<Record<`${RecorderState} ${RecorderCall}`, RecorderState>> = {
  'idle start': 'torecord',
  'idle replay': 'replaying',
  'torecord stop': 'idle',
  'recording stop': 'idle',
  'replaying stopReplay': 'idle',
};

function machine(state: RecorderState, microphone = true, server = true): RecorderMachine {
  return { state, microphone, server };
}

function after(from: RecorderMachine, ...inputs: RecorderInput[]): RecorderState {
  return inputs.reduce((now, input) => moveRecorder(now, input)!, from).state;
}

describe('every state and every call', () => {
  for (const state of states) {
    for (const call of calls) {
      it(`${state}: ${call}`, () => {
        expect(moveRecorder(machine(state), call)?.state).toBe(accepted[`${state} ${call}`]);
      });
    }
  }
});

describe('what happens by itself', () => {
  it('is ready once microphone and server are there, in either order', () => {
    expect(after(initialRecorder, 'loaded')).toBe('not_ready');
    expect(after(initialRecorder, 'loaded', 'microphoneFound')).toBe('not_ready');
    expect(after(initialRecorder, 'loaded', 'connected')).toBe('not_ready');
    expect(after(initialRecorder, 'loaded', 'microphoneFound', 'connected')).toBe('idle');
    expect(after(initialRecorder, 'loaded', 'connected', 'microphoneFound')).toBe('idle');
  });

  it('remembers what came before it was loaded', () => {
    expect(after(initialRecorder, 'connected', 'microphoneFound', 'loaded')).toBe('idle');
  });

  it('is not ready without microphone or server', () => {
    for (const lost of ['microphoneLost', 'disconnected'] as const) {
      expect(after(machine('idle'), lost)).toBe('not_ready');
      expect(after(machine('torecord'), lost)).toBe('not_ready');
    }
    expect(after(machine('recording'), 'microphoneLost')).toBe('not_ready');
  });

  it('goes on recording and replaying without the server, and is not ready afterwards', () => {
    expect(after(machine('recording'), 'disconnected')).toBe('recording');
    expect(after(machine('recording'), 'disconnected', 'stop')).toBe('not_ready');
    expect(after(machine('recording'), 'disconnected', 'recordingEnded')).toBe('not_ready');
    expect(after(machine('recording'), 'disconnected', 'connected', 'stop')).toBe('idle');
    expect(after(machine('replaying'), 'disconnected')).toBe('replaying');
    expect(after(machine('replaying'), 'microphoneLost', 'replayEnded')).toBe('not_ready');
    expect(after(machine('replaying'), 'disconnected', 'stopReplay')).toBe('not_ready');
  });

  it('records when the recording has begun, and rests when it or the replay has ended', () => {
    expect(after(machine('torecord'), 'recordingBegan')).toBe('recording');
    expect(after(machine('torecord'), 'recordingEnded')).toBe('idle');
    expect(after(machine('recording'), 'recordingEnded')).toBe('idle');
    expect(after(machine('replaying'), 'replayEnded')).toBe('idle');
  });

  it('changes nothing where it does not belong', () => {
    const inputs = ['loaded', 'recordingBegan', 'recordingEnded', 'replayEnded'] as const;
    for (const state of ['not_ready', 'idle'] as const) {
      for (const input of inputs) expect(after(machine(state), input)).toBe(state);
    }
    expect(after(machine('replaying'), 'recordingEnded')).toBe('replaying');
    expect(after(machine('recording'), 'replayEnded')).toBe('recording');
  });
});
