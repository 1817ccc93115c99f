// Shown when applications are configured and the page has no token, or an expired one.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSpeech } from '../i18n/index.js';
import type { SignedOut } from '../use_session.js';

interface Props {
  reason: SignedOut;
  signIn: (token: string) => void;
}

export function SignIn({ reason, signIn }: Props) {
  const { t } = useSpeech();
  const [token, setToken] = useState('');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (reason !== 'no-token') title.current?.focus(); // the focused element has disappeared
  }, [reason]);
  return (
    <section class="card sign-in" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title" ref={title} tabIndex={-1}>
        {t.signInTitle}
      </h2>
      {reason === 'by-choice' && <p role="status">{t.signedOut}</p>}
      <p>{reason === 'ended' ? t.signInExpired : t.signInText}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') signIn(token.trim());
        }}
      >
        <label for="token">{t.signInLabel}</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        {reason === 'wrong-key' && <p role="alert">{t.signInWrong}</p>}
        <button type="submit" class="primary">
          {t.signInButton}
        </button>
      </form>
    </section>
  );
}
