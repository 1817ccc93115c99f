import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultJson } from '../result/answer.js';
import { ServerError, type Server } from '../server.js';
import type { Attempt } from './attempt.js';
import { deleteRecordings } from './deletion.js';
import { allRecordIds, historyPage } from './server_history.js';
import { deleteTabHistory, MemoryStorage, TabHistory } from './tab_history.js';

const result = { overall: 80, details: [], extra: [] } as unknown as ResultJson;
const attempt = (recordId: string): Attempt => ({ recordId, at: 1, text: 'x', overall: 80, result });

describe('the history of a tab', () => {
  let storage: MemoryStorage;
  let history: TabHistory;

  beforeEach(() => {
    storage = new MemoryStorage();
    history = new TabHistory(storage);
  });

  const ids = (): string[] => history.attempts().map(({ recordId }) => recordId);

  it('has the newest first, after a reload, too', () => {
    history.add(attempt('a'));
    history.add(attempt('b'));
    history = new TabHistory(storage);
    expect(ids()).toEqual(['b', 'a']);
  });

  it('knows every recording that the tab made, scored or not, once', () => {
    for (const id of ['a', 'b', 'a']) history.note(id);
    expect(history.recordIds()).toEqual(['a', 'b']);
  });

  it('forgets what is deleted, and nothing else', () => {
    for (const id of ['a', 'b', 'c']) history.note(id);
    for (const id of ['a', 'b']) history.add(attempt(id));
    history.forget(['a', 'c']);
    expect(history.recordIds()).toEqual(['b']);
    expect(ids()).toEqual(['b']);
  });

  it('drops the oldest where the browser has no more room', () => {
    const setItem = storage.setItem.bind(storage);
    storage.setItem = (key, value) => {
      if (value.length > 300) throw new DOMException('', 'QuotaExceededError');
      setItem(key, value);
    };
    for (let i = 0; i < 10; i++) history.add(attempt(String(i)));
    expect(ids()[0]).toBe('9');
    expect(ids().length).toBeLessThan(10);
  });

  it('is nothing where something else is kept', () => {
    storage.setItem('saywell.attempts', '{');
    expect(history.attempts()).toEqual([]);
  });

  it('goes when somebody has to sign in', () => {
    history.add(attempt('a'));
    history.note('a');
    deleteTabHistory(storage);
    expect([...ids(), ...history.recordIds()]).toEqual([]);
  });
});

it('a deletion says of each recording what became of it', async () => {
  const deleteRecording = (id: string): Promise<void> => {
    if (id === 'gone') return Promise.reject(new ServerError(404, 40001, ''));
    return id === 'kept' ? Promise.reject(new ServerError(503, 503, '')) : Promise.resolve();
  };
  const deletion = await deleteRecordings({ deleteRecording } as unknown as Server, ['a', 'gone', 'kept', 'b']);
  expect(deletion).toEqual({ deleted: ['a', 'b'], absent: ['gone'], failed: ['kept'] });
});

describe('the history of the server', () => {
  const pages: Record<string, object> = {
    '': {
      recordings: [
        { recordId: 'c', state: 'done', ts: 3 },
        { recordId: 'b', state: 'failed', ts: 2 },
      ],
      nextCursor: '2',
    },
    '2': {
      recordings: [
        { recordId: 'a', state: 'done', ts: 1 },
        { recordId: 'gone', state: 'done', ts: 0 },
      ],
    },
  };
  const asked: string[] = [];
  const server = {
    recordings: (userId: string, cursor: string) => {
      asked.push(userId);
      return Promise.resolve(pages[cursor]);
    },
    result: (id: string) =>
      id === 'gone'
        ? Promise.reject(new ServerError(404, 40001, ''))
        : Promise.resolve({ params: { refText: id }, result }),
  } as unknown as Server;

  it('has the scored readings of a page, and where the next begins', async () => {
    const { attempts, nextCursor } = await historyPage(server, 'eva', '');
    expect(attempts).toEqual([{ recordId: 'c', at: 3, text: 'c', overall: 80, result }]);
    expect(nextCursor).toBe('2');
    expect((await historyPage(server, 'eva', '2')).attempts.map(({ recordId }) => recordId)).toEqual(['a']);
  });

  it('is deleted with what was never scored, of that user alone', async () => {
    asked.length = 0;
    expect(await allRecordIds(server, 'eva')).toEqual(['c', 'b', 'a', 'gone']);
    expect(asked).toEqual(['eva', 'eva']);
  });
});
