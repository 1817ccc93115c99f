// The server's addresses that the page calls itself; the component records.
import type { Analysis } from './result/pitch.js';

export interface Caller {
  /** No one needs to sign in. */
  open: boolean;
  userId?: string;
  expiresAt?: number;
  /** The silence after which the server takes speech for ended. */
  endOfSpeechMs?: number;
}

/** A row of the server's list. */
export interface ListedRecording {
  recordId: string;
  state: string;
  /** ms since 1970 */
  ts: number;
}

export interface RecordingsPage {
  recordings: ListedRecording[];
  nextCursor?: string;
}

export interface StoredAnswer {
  params?: { refText?: unknown };
  result?: unknown;
}

const pageSize = 30;

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

  /** The token's user; throws a ServerError with httpStatus 401 when there is none. */
  async caller(): Promise<Caller> {
    return (await (await this.get('/v1/sessions')).json()) as Caller;
  }

  /** Throws a ServerError for a text that cannot be read. */
  async pronunciations(text: string): Promise<void> {
    await this.get(`/v1/pronunciations?${new URLSearchParams({ text }).toString()}`);
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

  /** That user's recordings, newest first; a teacher's token would list those of all users. */
  async recordings(userId: string, cursor: string): Promise<RecordingsPage> {
    const query = new URLSearchParams({ userId, limit: String(pageSize), ...(cursor !== '' && { cursor }) });
    return (await (await this.get(`/v1/recordings?${query.toString()}`)).json()) as RecordingsPage;
  }

  async result(recordId: string): Promise<StoredAnswer> {
    return (await (await this.get(`/v1/results/${encodeURIComponent(recordId)}`)).json()) as StoredAnswer;
  }

  /** Returns once the server has deleted it; throws a ServerError otherwise. */
  async deleteRecording(recordId: string): Promise<void> {
    await this.get(`/v1/recordings/${encodeURIComponent(recordId)}`, 'DELETE');
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
