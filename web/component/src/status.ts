// The program's status table in the page, and the construction of events with codes.
import { statusRows } from './status_table.js';
import type { ClientCode, CodeDetails, StatusEvent, StatusInfo } from './types.js';

/** 50105 and 50108 report to the page, not to the learner. */
const notForLearner = new Set([50105, 50108]);

export const statusTable: ReadonlyMap<number, StatusInfo> = new Map(
  statusRows.map(([code, family, symbol, en, zh, retryable]) => [
    code,
    { code, family, symbol, message: { en, zh }, retryable, forLearner: !notForLearner.has(code) },
  ]),
);

/** The messages of unknown codes: 4xxxx media, 5xxxx component, every other the kernel. */
const defaults: Record<StatusInfo['family'], { en: string; zh: string }> = {
  kernel: statusTable.get(500)!.message,
  media: { en: 'Media server error, please try again.', zh: '媒体服务出错，请再试一次。' },
  client: { en: 'Recorder or player error, please try again.', zh: '组件出错，请再试一次。' },
};

/** The row of `code`; for an unknown one, symbol "UNKNOWN" and its family's message. */
export function describeStatus(code: number): StatusInfo {
  const found = statusTable.get(code);
  if (found) return found;
  const thousands = Math.floor(code / 10000);
  const family = thousands === 4 ? 'media' : thousands === 5 ? 'client' : 'kernel';
  return {
    code,
    family,
    symbol: 'UNKNOWN',
    message: defaults[family],
    retryable: family !== 'kernel',
    forLearner: true,
  };
}

export function statusEvent<C extends ClientCode>(code: C, details: CodeDetails[C]): StatusEvent<C> {
  const { symbol, message, forLearner } = describeStatus(code);
  return { code, symbol, message, forLearner, ...details } as StatusEvent<C>;
}
