import { useSpeech, type Language } from '../i18n/index.js';
import type { Settings, Theme } from '../settings.js';

interface Props {
  settings: Settings;
  user: string;
  change: (settings: Partial<Settings>) => void;
  signOut: () => void;
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const languages: readonly [Language, string][] = [
  ['en', 'English'],
  ['zh', '中文'],
];

export function Header({ settings, user, change, signOut }: Props) {
  const { t } = useSpeech();
  const themeNames: Record<Theme, string> = { auto: t.themeAuto, light: t.themeLight, dark: t.themeDark };
  return (
    <header class="top">
      <a class="skip" href="#sentence">
        {t.skip}
      </a>
      <div class="brand">
        <Mark />
        <div>
          <h1>Saywell</h1>
          <p>{user === '' ? t.tagline : t.signedInAs(user)}</p>
        </div>
      </div>
      <div class="settings">
        {user !== '' && (
          <button type="button" class="quiet" onClick={signOut}>
            {t.signOut}
          </button>
        )}
        <label>
          <span class="visually-hidden">{t.language}</span>
          <select value={settings.language} onChange={(e) => change({ language: e.currentTarget.value as Language })}>
            {languages.map(([language, name]) => (
              <option key={language} value={language} lang={language}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="visually-hidden">{t.theme}</span>
          <select value={settings.theme} onChange={(e) => change({ theme: e.currentTarget.value as Theme })}>
            {themes.map((theme) => (
              <option key={theme} value={theme}>
                {themeNames[theme]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </header>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M7 16h2.5M12.5 11v10M17 7v18M21.5 12v8M25 15v2" />
    </svg>
  );
}
