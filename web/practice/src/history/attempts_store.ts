// The readings of this browser, in IndexedDB: results only, the recordings stay on the server.
import type { Attempt } from './attempt.js';

const databaseName = 'saywell-practice';
const storeName = 'attempts';
export const maxAttempts = 500;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

export class AttemptsStore {
  private constructor(private readonly database: IDBDatabase) {}

  /** Rejects where the browser keeps nothing (private windows of some). */
  static async open(): Promise<AttemptsStore> {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName, { keyPath: 'recordId' }).createIndex('at', 'at');
    };
    return new AttemptsStore(await done(request));
  }

  /** Newest first. */
  async list(): Promise<Attempt[]> {
    const index = this.database.transaction(storeName).objectStore(storeName).index('at');
    const attempts = (await done(index.getAll())) as Attempt[];
    return attempts.reverse();
  }

  /** The oldest go when there are more than maxAttempts. */
  async add(attempt: Attempt): Promise<void> {
    const store = this.database.transaction(storeName, 'readwrite').objectStore(storeName);
    await done(store.put(attempt));
    const tooMany = (await done(store.count())) - maxAttempts;
    if (tooMany <= 0) return;
    const oldest = await done(store.index('at').getAllKeys(null, tooMany));
    await Promise.all(oldest.map((key) => done(store.delete(key))));
  }

  async clear(): Promise<void> {
    await done(this.database.transaction(storeName, 'readwrite').objectStore(storeName).clear());
  }
}
