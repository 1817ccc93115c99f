// The signed-in user, for the page.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Server, ServerError, type Caller } from './server.js';
import { keepToken, takeToken } from './session.js';

/** Why the page asks for signing in: there is no token, it has ended, the one entered is none, or by choice. */
export type SignedOut = 'no-token' | 'ended' | 'wrong-key' | 'by-choice';

export interface Session {
  token: () => string;
  server: Server;
  /** Null until the server has answered, and while nobody is signed in who needs to be. */
  caller: Caller | null;
  /** Rises whenever another user may begin: nothing of the previous one is then shown. */
  visit: number;
  /** Null: somebody is signed in, or nobody needs to be. */
  signedOut: SignedOut | null;
  signIn: (token: string) => Promise<void>;
  signOut: () => void;
  /** The server has refused the token. */
  end: () => void;
}

const askAgainMs = 2000;

export function useSession(): Session {
  const held = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const token = useCallback((): string => held.current, []);
  const server = useMemo(() => new Server(token), [token]);
  const [caller, setCaller] = useState<Caller | null>(null);
  const [signedOut, setSignedOut] = useState<SignedOut | null>(null);
  const [visit, setVisit] = useState(0);
  const leave = useCallback((why: SignedOut): void => {
    held.current = '';
    keepToken('');
    setCaller(null);
    setVisit((before) => before + 1);
    setSignedOut(why);
  }, []);
  const ask = useCallback(
    async (otherwise: SignedOut): Promise<boolean> => {
      try {
        setCaller(await server.caller());
        setSignedOut(null);
        return true;
      } catch (error) {
        if (error instanceof ServerError && error.httpStatus === 401) leave(otherwise);
        else timer.current = setTimeout(() => void ask(otherwise), askAgainMs); // it is away for the moment
        return false;
      }
    },
    [server, leave],
  );
  useEffect(() => {
    const take = (): void => {
      clearTimeout(timer.current);
      held.current = takeToken();
      setCaller(null);
      setVisit((before) => before + 1);
      void ask(held.current === '' ? 'no-token' : 'ended');
    };
    take();
    // The same tab is opened once more with a new token.
    window.addEventListener('hashchange', take);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('hashchange', take);
    };
  }, [ask]);
  const signIn = async (given: string): Promise<void> => {
    clearTimeout(timer.current);
    held.current = given;
    if (await ask('wrong-key')) keepToken(given);
  };
  const signOut = useCallback(() => leave('by-choice'), [leave]);
  const end = useCallback(() => leave('ended'), [leave]);
  return { token, server, caller, visit, signedOut, signIn, signOut, end };
}
