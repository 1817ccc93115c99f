// The server's addresses that the page calls itself; recording goes through the component.
import type { Analysis } from './result/pitch.js';

export interface Caller {
  open: boolean;
  userId?: string;
  expiresAt?: number;
}

/** An answer that is no 2xx; `code` is its errID, 0 when the server was not reached. */
export class ServerError extends Error {
  constructor(
    readonly httpStatus: number,
    readonly code: number,
    detail: string,
  ) {
    super(detail);
  }
}

export class Server {
  constructor(private readonly token: () => string) {}

  /** Who the token is; throws a ServerError with httpStatus 401 when nobody is. */
  async caller(): Promise<Caller> {
    return (await (await this.get('/v1/sessions')).json()) as Caller;
  }

  /** A WAV file of the server's voice. */
  async speech(text: string, speed: number): Promise<ArrayBuffer> {
    const query = new URLSearchParams({ text, speed: String(speed) });
    return (await this.get(`/v1/speech?${query.toString()}`)).arrayBuffer();
  }

  /** A WAV file, 16 kHz, one channel. */
  async recording(recordId: string): Promise<ArrayBuffer> {
    return (await this.get(`/v1/recordings/${encodeURIComponent(recordId)}.wav`)).arrayBuffer();
  }

  async analysis(recordId: string): Promise<Analysis> {
    const path = `/v1/recordings/${encodeURIComponent(recordId)}/analysis`;
    return (await (await this.get(path)).json()) as Analysis;
  }

  /** True when it is deleted, or was not there. */
  async deleteRecording(recordId: string): Promise<boolean> {
    try {
      await this.get(`/v1/recordings/${encodeURIComponent(recordId)}`, 'DELETE');
      return true;
    } catch (error) {
      return error instanceof ServerError && error.httpStatus === 404;
    }
  }

  private async get(path: string, method = 'GET'): Promise<Response> {
    const token = this.token();
    const headers: Record<string, string> = token === '' ? {} : { Authorization: `Bearer ${token}` };
    let response: Response;
    try {
      response = await fetch(path, { method, headers });
    } catch (error) {
      throw new ServerError(0, 0, String(error));
    }
    if (response.ok) return response;
    const answer = (await response.json().catch(() => ({}))) as { errID?: number; error?: string };
    throw new ServerError(response.status, answer.errID ?? 0, answer.error ?? response.statusText);
  }
}
