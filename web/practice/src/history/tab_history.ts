// The readings of this tab, on an open server: kept in the tab's session, gone when it is closed. An open server
// does not know the reader, so only recordings of this tab are listed.
import type { Attempt } from './attempt.js';

const attemptsKey = 'saywell.attempts';
const recordingsKey = 'saywell.recordings';
const maxAttempts = 100;

/** The part of Storage that is used here. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Lasts as long as the page. */
export class MemoryStorage implements KeyValueStore {
  private readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

function readList(storage: KeyValueStore, key: string): unknown[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

export class TabHistory {
  constructor(private readonly storage: KeyValueStore) {}

  /** Newest first. */
  attempts(): Attempt[] {
    return readList(this.storage, attemptsKey) as Attempt[];
  }

  /** The oldest go when there are too many, or the browser has no more room. */
  add(attempt: Attempt): void {
    const all = [attempt, ...this.attempts()].slice(0, maxAttempts);
    for (let count = all.length; count > 0; count = Math.floor(count / 2)) {
      try {
        return this.storage.setItem(attemptsKey, JSON.stringify(all.slice(0, count)));
      } catch {
        // no room: fewer
      }
    }
  }

  /** Ids of everything that this tab had the server record, scored or not. */
  recordIds(): string[] {
    return readList(this.storage, recordingsKey) as string[];
  }

  /** The server has sent an id: its recording can be deleted from here. */
  note(recordId: string): void {
    const ids = new Set(this.recordIds()).add(recordId);
    this.storage.setItem(recordingsKey, JSON.stringify([...ids]));
  }

  /** These are no longer on the server. */
  forget(recordIds: readonly string[]): void {
    const gone = new Set(recordIds);
    this.storage.setItem(recordingsKey, JSON.stringify(this.recordIds().filter((id) => !gone.has(id))));
    this.storage.setItem(attemptsKey, JSON.stringify(this.attempts().filter(({ recordId }) => !gone.has(recordId))));
  }
}

/** The tab's readings from the time when the server was open. */
export function deleteTabHistory(storage: KeyValueStore): void {
  storage.removeItem(attemptsKey);
  storage.removeItem(recordingsKey);
}

/** Data that earlier versions of this page kept for all users of this browser. */
export function deleteSharedHistory(): void {
  indexedDB.deleteDatabase('saywell-practice');
}
