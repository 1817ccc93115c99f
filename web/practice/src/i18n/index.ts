// The language of the page: the learner's choice, else the browser's.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en, type Strings } from './en.js';
import { zh } from './zh.js';

export type { Strings };
export type Language = 'en' | 'zh';

export const strings: Record<Language, Strings> = { en, zh };

/** Of a list such as navigator.languages. */
export function preferredLanguage(languages: readonly string[]): Language {
  const first = languages.find((name) => /^(en|zh)([-_]|$)/i.test(name));
  return first !== undefined && /^zh/i.test(first) ? 'zh' : 'en';
}

export interface Speech {
  language: Language;
  t: Strings;
}

export const SpeechContext = createContext<Speech>({ language: 'en', t: en });
export const useSpeech = (): Speech => useContext(SpeechContext);
