// Callbacks of pages of 2011.
import { describeStatus } from '../status.js';
import type { StatusEvent } from '../types.js';

/** Reads as the learner's message, or the record id, and has the event's details. */
export type CallbackMessage = { toString(): string } & Record<string, unknown>;
export type Callback = (code: number, message: CallbackMessage) => void;

export function callBack(callback: Callback | undefined, event: StatusEvent): void {
  const { code, symbol, message, forLearner: _, ...details } = event;
  const text = code === 50304 ? String((details as { recordId: string }).recordId) : message.en;
  callback?.(code, { ...details, symbol, en: message.en, cn: message.zh, toString: () => text });
}

/** `AiStatusCode` of the later generation. */
export const AiStatusCode = {
  /** Gives no feedback for events that are not for the learner. `lang` "cn" or "en" picks one. */
  get(code: number, lang?: 'cn' | 'en') {
    const { symbol, message, forLearner } = describeStatus(code);
    const both = { en: message.en, cn: message.zh };
    const feedback = !forLearner ? {} : lang ? { [lang]: both[lang] } : both;
    return { id: code, state: symbol, description: message.en, feedback };
  },
};
