// The readings that the page lists: those of the signed-in user on the server; on an open server the tab's own.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Attempt } from './history/attempt.js';
import { deleteRecordings, type Deletion } from './history/deletion.js';
import { allRecordIds, historyPage } from './history/server_history.js';
import { deleteTabHistory, MemoryStorage, TabHistory } from './history/tab_history.js';
import { ServerError, type Caller, type Server } from './server.js';

/** The outcome of the last clearing; `failed`: recordings that may still exist. */
export type Cleared = { failed: number } | 'unreachable';

export interface History {
  /** Newest first. */
  list: readonly Attempt[];
  /** The server's list could not be fetched. */
  unreachable: boolean;
  /** Older ones; null: there are none. */
  showMore: (() => void) | null;
  add: (attempt: Attempt) => void;
  /** The server has sent an id, even if the recording fails. */
  note: (recordId: string) => void;
  clear: () => Promise<Cleared>;
}

const idsOf = (list: readonly Attempt[]): string[] => list.map(({ recordId }) => recordId);
const withoutIds = (list: readonly Attempt[], ids: readonly string[]): Attempt[] =>
  list.filter(({ recordId }) => !ids.includes(recordId));

/**
 * `caller` null: not known yet. `ended`: the server does not accept the token any more.
 */
export function useHistory(server: Server, caller: Caller | null, ended: () => void): History {
  const tab = useTabHistory(caller);
  const [list, setList] = useState<readonly Attempt[]>([]);
  useEffect(() => {
    if (caller?.open) setList((added) => [...added, ...withoutIds(tab.attempts(), idsOf(added))]);
    if (caller && !caller.open) deleteTabHistory(sessionStorage);
  }, [tab, caller]);
  const userId = caller?.userId ?? '';
  const { unreachable, showMore } = usePages(caller && !caller.open ? server : null, userId, setList, ended);
  const add = (attempt: Attempt): void => {
    tab.add(attempt);
    setList((before) => [attempt, ...withoutIds(before, [attempt.recordId])]);
  };
  const drop = ({ deleted, absent, failed }: Deletion): Cleared => {
    const gone = [...deleted, ...absent];
    tab.forget(gone);
    setList((before) => withoutIds(before, gone));
    return { failed: failed.length };
  };
  const clear = async (): Promise<Cleared> => {
    if (!caller || (!caller.open && userId === '')) return 'unreachable'; // it is not known whose they are
    try {
      return drop(await deleteRecordings(server, caller?.open ? tab.recordIds() : await allRecordIds(server, userId)));
    } catch {
      return 'unreachable';
    }
  };
  return { list, unreachable, showMore, add, note: (recordId) => tab.note(recordId), clear };
}

// Readings from before the page knows whether anybody is signed in stay in its memory.
function useTabHistory(caller: Caller | null): TabHistory {
  const early = useMemo(() => new TabHistory(new MemoryStorage()), []);
  const tab = useMemo(() => (caller?.open ? new TabHistory(sessionStorage) : early), [caller?.open, early]);
  useEffect(() => {
    if (tab === early) return;
    for (const id of early.recordIds()) tab.note(id);
    for (const attempt of early.attempts().reverse()) tab.add(attempt);
  }, [tab, early]);
  return tab;
}

type SetList = (change: (before: readonly Attempt[]) => readonly Attempt[]) => void;

// The server's list, page by page. `server` null: there is none.
function usePages(server: Server | null, userId: string, setList: SetList, ended: () => void) {
  const [cursor, setCursor] = useState('');
  const [unreachable, setUnreachable] = useState(false);
  const load = useCallback(
    async (from: string): Promise<void> => {
      if (!server) return;
      try {
        const page = await historyPage(server, userId, from);
        setList((before) => [...before, ...withoutIds(page.attempts, idsOf(before))]);
        setCursor(page.nextCursor);
        setUnreachable(false);
      } catch (error) {
        setUnreachable(true);
        if (error instanceof ServerError && error.httpStatus === 401) ended();
      }
    },
    [server, userId, setList, ended],
  );
  useEffect(() => void load(''), [load]);
  return { unreachable, showMore: cursor === '' ? null : () => void load(cursor) };
}
