// The practice page.
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { SpeechContext, strings } from './i18n/index.js';
import { Practice } from './practice.js';
import { loadSettings, saveSettings, type Settings, type Theme } from './settings.js';
import { useSession } from './use_session.js';
import { Header } from './views/header.js';
import { SignIn } from './views/sign_in.js';

export function App() {
  const [settings, setSettings] = useState<Settings>(loadSettings);
  const change = useCallback((changed: Partial<Settings>): void => {
    setSettings((before) => {
      const after = { ...before, ...changed };
      saveSettings(after);
      return after;
    });
  }, []);
  const t = strings[settings.language];
  const dark = useDark(settings.theme);
  useLayoutEffect(() => {
    document.documentElement.lang = settings.language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.title = t.title;
  }, [settings.language, dark, t]);
  const session = useSession();
  return (
    <SpeechContext.Provider value={{ language: settings.language, t }}>
      <Header settings={settings} user={session.caller?.userId ?? ''} change={change} signOut={session.signOut} />
      <main>
        {session.signedOut ? (
          <SignIn reason={session.signedOut} signIn={(token) => void session.signIn(token)} />
        ) : (
          <Practice key={session.visit} settings={settings} dark={dark} change={change} session={session} />
        )}
      </main>
      <footer>
        <a href="/about">{t.aboutServer}</a>
      </footer>
    </SpeechContext.Provider>
  );
}

function useDark(theme: Theme): boolean {
  const system = useMemo(() => window.matchMedia('(prefers-color-scheme: dark)'), []);
  const [systemDark, setSystemDark] = useState(system.matches);
  useEffect(() => {
    const listen = (): void => setSystemDark(system.matches);
    system.addEventListener('change', listen);
    return () => system.removeEventListener('change', listen);
  }, [system]);
  return theme === 'auto' ? systemDark : theme === 'dark';
}
