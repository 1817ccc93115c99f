// Deletes recordings, and reports the outcome of each.
import { ServerError, type Server } from '../server.js';

/** More at once would be refused by the server's limits. */
const batchSize = 4;

/** `work` of every item, a few at a time, in their order. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += batchSize) {
    done.push(...(await Promise.all(items.slice(at, at + batchSize).map(work))));
  }
  return done;
}

export interface Deletion {
  /** The server has deleted them. */
  deleted: string[];
  /** The server has no such recording, or none of this user's. */
  absent: string[];
  /** They may still be there. */
  failed: string[];
}

export async function deleteRecordings(server: Server, recordIds: readonly string[]): Promise<Deletion> {
  const deletion: Deletion = { deleted: [], absent: [], failed: [] };
  await inBatches(recordIds, async (id) => {
    try {
      await server.deleteRecording(id);
      deletion.deleted.push(id);
    } catch (error) {
      const absent = error instanceof ServerError && error.httpStatus === 404;
      deletion[absent ? 'absent' : 'failed'].push(id);
    }
  });
  return deletion;
}
