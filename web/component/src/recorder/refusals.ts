// The refusals after which the same samples may be accepted if sent again, and the pause before.
import { statusTable } from '../status.js';

const emptyRecordingCode = 40004;
const timeoutCode = 503;

/** 2xxxx: the speech itself; only speaking again helps. */
function isAboutSpeech(code: number): boolean {
  return (code >= 20000 && code < 30000) || code === emptyRecordingCode;
}

/** The server was busy (503), not ready (40051) or without room (40002); the recording is not the cause. */
export function isResendable(code: number | undefined): boolean {
  if (code === undefined || isAboutSpeech(code)) return false;
  return statusTable.get(code)?.retryable === true;
}

/** The request's own deadline may have passed: it wants no answer afterwards. */
export function isDeadline(code: number | undefined): boolean {
  return code === timeoutCode;
}

export interface Pauses {
  reconnectMinMs: number;
  reconnectMaxMs: number;
}

/**
 * Before the attempt that follows `attempt` (1, 2, …) failed ones. Spread, so that a class does not return all at once.
 */
export function growingPauseMs(attempt: number, { reconnectMinMs, reconnectMaxMs }: Pauses): number {
  const pauseMs = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(pauseMs * (0.75 + Math.random() / 2));
}
