// The user's token. Where applications are configured the page is opened with a token of POST /v1/sessions behind
// '#': https://HOST/#token=TOKEN. Browsers send the part behind '#' to no server. The page takes it out of the
// address at once, so that it is in no history and no bookmark, and keeps it as long as the tab is open.
const storageKey = 'saywell.token';

/** The token in a fragment such as "#token=abc&lang=zh"; empty: none. */
export function tokenInFragment(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') ?? '';
}

export function takeToken(): string {
  const given = tokenInFragment(location.hash);
  if (given !== '') {
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(storageKey, given);
  }
  return sessionStorage.getItem(storageKey) ?? '';
}

export function keepToken(token: string): void {
  if (token === '') sessionStorage.removeItem(storageKey);
  else sessionStorage.setItem(storageKey, token);
}
