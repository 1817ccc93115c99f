// HTTP to the server on behalf of the signed-in user.
import type { GetSession } from './types.js';

export class ServerFetch {
  constructor(
    readonly http: string,
    private readonly getSession: GetSession,
  ) {}

  async get(path: string, signal: AbortSignal): Promise<Response> {
    const session = await this.getSession();
    const headers: Record<string, string> = typeof session === 'string' ? { Authorization: `Bearer ${session}` } : {};
    return fetch(this.http + path, { headers, signal });
  }
}

export function recordingPath(recordId: string): string {
  return `/v1/recordings/${encodeURIComponent(recordId)}.wav`;
}
