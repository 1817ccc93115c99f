// The readings of the signed-in user, as the server has them: the same on every device.
import { isScoreResult } from '../result/answer.js';
import { ServerError, type Server } from '../server.js';
import type { Attempt } from './attempt.js';
import { inBatches } from './deletion.js';

export interface HistoryPage {
  /** Newest first. */
  attempts: Attempt[];
  /** Leads to the next page; empty: none. */
  nextCursor: string;
}

/** Null: it is no reading that this page can show, or was deleted meanwhile. */
async function attemptOf(server: Server, recordId: string, at: number): Promise<Attempt | null> {
  try {
    const { params, result } = await server.result(recordId);
    const text = params?.refText;
    if (typeof text !== 'string' || !isScoreResult(result)) return null;
    return { recordId, at, text, overall: result.overall, result };
  } catch (error) {
    if (error instanceof ServerError && error.httpStatus === 404) return null;
    throw error;
  }
}

/** The scored readings of a page of the server's list. Throws a ServerError. */
export async function historyPage(server: Server, userId: string, cursor: string): Promise<HistoryPage> {
  const { recordings, nextCursor = '' } = await server.recordings(userId, cursor);
  const scored = recordings.filter(({ state }) => state === 'done');
  const attempts = await inBatches(scored, ({ recordId, ts }) => attemptOf(server, recordId, ts));
  return { attempts: attempts.filter((attempt) => attempt !== null), nextCursor };
}

/** Every id of the user's, scored or not. Throws a ServerError. */
export async function allRecordIds(server: Server, userId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = '', more = true; more; more = cursor !== '') {
    const page = await server.recordings(userId, cursor);
    ids.push(...page.recordings.map(({ recordId }) => recordId));
    cursor = page.nextCursor ?? '';
  }
  return ids;
}
