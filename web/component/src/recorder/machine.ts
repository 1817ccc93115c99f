// The recorder's states as a pure function of calls and other events.
import type { RecorderState } from '../types.js';

export interface RecorderMachine {
  readonly state: RecorderState;
  readonly microphone: boolean;
  readonly server: boolean;
}

export type RecorderCall = 'start' | 'stop' | 'replay' | 'stopReplay';

/** Calls and other events. */
export type RecorderInput =
  | RecorderCall
  | 'loaded'
  | 'microphoneFound'
  | 'microphoneLost'
  | 'connected'
  | 'disconnected'
  | 'recordingBegan'
  | 'recordingEnded'
  | 'replayEnded';

export const initialRecorder: RecorderMachine = { state: 'init', microphone: false, server: false };

type Target = RecorderState | 'rest';

/** `rest` is idle, or not_ready while microphone or server is missing. */
const moves: Record<RecorderState, Partial<Record<RecorderInput, Target>>> = {
  init: { loaded: 'rest' },
  not_ready: { microphoneFound: 'rest', connected: 'rest' },
  idle: { start: 'torecord', replay: 'replaying', microphoneLost: 'rest', disconnected: 'rest' },
  // Nothing is recorded yet, so nothing is lost.
  torecord: {
    recordingBegan: 'recording',
    recordingEnded: 'rest',
    stop: 'rest',
    microphoneLost: 'rest',
    disconnected: 'rest',
  },
  // A broken connection does not end a recording: it is kept, and sent when the server is back.
  recording: { recordingEnded: 'rest', stop: 'rest', microphoneLost: 'rest' },
  replaying: { replayEnded: 'rest', stopReplay: 'rest' },
};

const calls: ReadonlySet<RecorderInput> = new Set(['start', 'stop', 'replay', 'stopReplay']);

/** The machine after `input`; null: this state refuses the call. */
export function moveRecorder(machine: RecorderMachine, input: RecorderInput): RecorderMachine | null {
  const target = moves[machine.state][input];
  if (target === undefined && calls.has(input)) return null;
  const microphone = (machine.microphone || input === 'microphoneFound') && input !== 'microphoneLost';
  const server = (machine.server || input === 'connected') && input !== 'disconnected';
  const rest = microphone && server ? 'idle' : 'not_ready';
  const state = target === undefined ? machine.state : target === 'rest' ? rest : target;
  return { state, microphone, server };
}
