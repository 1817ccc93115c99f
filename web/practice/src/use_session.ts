// Who practises, for the page.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Server, ServerError, type Caller } from './server.js';
import { keepToken, takeToken } from './session.js';

/** Why the page asks for signing in: there is no token, it has ended, or the one entered here is none. */
export type SignedOut = 'no-token' | 'ended' | 'wrong-key';

export interface Session {
  token: () => string;
  server: Server;
  /** Null until the server has answered. */
  caller: Caller | null;
  /** Null: somebody is signed in, or nobody needs to be. */
  signedOut: SignedOut | null;
  signIn: (token: string) => Promise<void>;
  /** The server has refused the token. */
  end: () => void;
}

export function useSession(): Session {
  const held = useRef('');
  const token = useCallback((): string => held.current, []);
  const server = useMemo(() => new Server(token), [token]);
  const [caller, setCaller] = useState<Caller | null>(null);
  const [signedOut, setSignedOut] = useState<SignedOut | null>(null);
  const ask = useCallback(
    async (otherwise: SignedOut): Promise<boolean> => {
      try {
        setCaller(await server.caller());
        setSignedOut(null);
        return true;
      } catch (error) {
        if (error instanceof ServerError && error.httpStatus === 401) setSignedOut(otherwise);
        return false;
      }
    },
    [server],
  );
  useEffect(() => {
    const take = (): void => {
      held.current = takeToken();
      void ask(held.current === '' ? 'no-token' : 'ended');
    };
    take();
    // The same tab is opened once more with a new token.
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [ask]);
  const signIn = async (given: string): Promise<void> => {
    held.current = given;
    if (await ask('wrong-key')) keepToken(given);
  };
  return { token, server, caller, signedOut, signIn, end: () => setSignedOut('ended') };
}
