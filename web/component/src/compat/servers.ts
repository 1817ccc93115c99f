// Addresses and credentials of 2011.
import type { GetSession } from '../types.js';

/** rtmp://HOST/… meant the recorder's server; its WebSocket is on the page's port where the host is the page's. */
export function serverOf(address: string): string {
  const match = /^rtmpe?s?:\/\/(\[[^\]]+\]|[^/:]+)/i.exec(address);
  if (!match) return address;
  return match[1] === location.hostname ? location.origin : `${location.protocol}//${match[1]}`;
}

async function sha1Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A key of the server's interface of 2011, for requests over HTTP; null: not needed, or not given. */
export async function sessionKey(server: string, getSession: GetSession): Promise<string | null> {
  const session = await getSession();
  if (session === null || typeof session === 'string') return session;
  const { applicationId, timestamp, sig } = session;
  const body = new URLSearchParams({ applicationId, timestamp, sig });
  const response = await fetch(`${server}/api/v1.1/auth/getSessionKey`, { method: 'POST', body });
  const answer = (await response.json()) as { session?: string };
  return answer.session ?? null;
}

/** Signs in with the secret that such pages carry, as they did. */
export function signedSession(appKey: string | undefined, secretKey: string | undefined): GetSession {
  if (!appKey || !secretKey) return () => null;
  console.warn(
    'aispeech: the secretKey is in this page, where everyone can read it; use @saywell/component with getSession',
  );
  return async () => {
    const timestamp = String(Date.now());
    return { applicationId: appKey, timestamp, sig: await sha1Hex(appKey + timestamp + secretKey) };
  };
}
