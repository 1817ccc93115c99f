// The server's addresses, derived from the page's option.
import type { Check } from './options.js';

export interface ServerAddress {
  /** Without a slash at the end. */
  http: string;
  stream: string;
}

/** Null: `server` is no server's address. */
export function serverAddress(server: string): ServerAddress | null {
  const match = /^(?:http|ws)(s?):\/\/([^/?#\s]+)((?:\/[^?#\s]*)?)$/i.exec(server);
  if (!match) return null;
  const [, secure, host, path] = match;
  const rest = `${secure!.toLowerCase()}://${host}${path!.replace(/\/+$/, '')}`;
  return { http: `http${rest}`, stream: `ws${rest}/v1/stream` };
}

export const aServer: Check = (value) =>
  typeof value === 'string' && serverAddress(value) ? null : 'an address like "https://speech.example"';

/** The page's origin. */
export function pageServer(): string {
  return location.origin;
}
