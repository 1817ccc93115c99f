// The readings of this browser, for the page.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attempt } from './history/attempt.js';
import { AttemptsStore } from './history/attempts_store.js';
import type { Server } from './server.js';

export interface Attempts {
  /** Newest first. */
  list: readonly Attempt[];
  add: (attempt: Attempt) => void;
  /** False when the server kept a recording. */
  clear: (server: Server) => Promise<boolean>;
}

// Deleting many at once would be refused by the server's limits.
const batchSize = 4;

async function deleteRecordings(server: Server, ids: readonly string[]): Promise<boolean> {
  let all = true;
  for (let at = 0; at < ids.length; at += batchSize) {
    const deleted = await Promise.all(ids.slice(at, at + batchSize).map((id) => server.deleteRecording(id)));
    all = all && deleted.every((done) => done);
  }
  return all;
}

export function useAttempts(): Attempts {
  const [list, setList] = useState<readonly Attempt[]>([]);
  // Where the browser keeps nothing, the list lasts as long as the page.
  const store = useRef<Promise<AttemptsStore | null>>();
  useEffect(() => {
    store.current = AttemptsStore.open().catch(() => null);
    void store.current.then(async (opened) => {
      if (!opened) return;
      const kept = await opened.list();
      setList((added) => [...added, ...kept]);
    });
  }, []);
  const add = (attempt: Attempt): void => {
    setList((before) => [attempt, ...before]);
    void store.current?.then((opened) => opened?.add(attempt));
  };
  const clear = async (server: Server): Promise<boolean> => {
    const ids = list.map((attempt) => attempt.recordId);
    setList([]);
    await (await store.current)?.clear();
    return deleteRecordings(server, ids);
  };
  return { list, add, clear };
}
