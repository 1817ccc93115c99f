// The learner's settings on this device.
import { preferredLanguage, type Language } from './i18n/index.js';
import type { Alphabet } from './result/phones.js';

export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  language: Language;
  theme: Theme;
  alphabet: Alphabet;
}

const storageKey = 'saywell.settings';

const allowedValues: { [K in keyof Settings]: readonly Settings[K][] } = {
  language: ['en', 'zh'],
  theme: ['auto', 'light', 'dark'],
  alphabet: ['ipa', 'arpabet'],
};

/** `stored`: perhaps by an older page; unknown values become defaults. */
export function readSettings(stored: string | null, languages: readonly string[]): Settings {
  const settings: Settings = {
    language: preferredLanguage(languages),
    theme: 'auto',
    alphabet: 'ipa',
  };
  let kept: unknown = null;
  try {
    kept = JSON.parse(stored ?? 'null');
  } catch {
    return settings;
  }
  if (typeof kept !== 'object' || kept === null) return settings;
  const given = kept as Record<string, unknown>;
  const take = <K extends keyof Settings>(name: K): void => {
    const value = allowedValues[name].find((allowed) => allowed === given[name]);
    if (value !== undefined) settings[name] = value;
  };
  take('language');
  take('theme');
  take('alphabet');
  return settings;
}

export function loadSettings(): Settings {
  return readSettings(localStorage.getItem(storageKey), navigator.languages);
}

export function saveSettings(settings: Settings): void {
  localStorage.setItem(storageKey, JSON.stringify(settings));
}
