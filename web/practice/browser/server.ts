// `saywell serve` for one test file, on a free port and in a temporary folder.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const programPath =
  process.env.SAYWELL_PROGRAM ?? fileURLToPath(new URL('../../../build/saywell', import.meta.url));

export class RunningServer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    /** Of an application that was added before the start; empty: the server is open. */
    readonly application: { id: string; secret: string },
  ) {}

  /** Ready to assess when it resolves. `options.application`: signing in is needed. */
  static async start(options: { application?: boolean; arguments?: string[] } = {}): Promise<RunningServer> {
    const folder = mkdtempSync(join(tmpdir(), 'saywell-page-'));
    const data = join(folder, 'data');
    const application = options.application ? addApplication(data) : { id: '', secret: '' };
    const ports = ['--http-port', '0', '--rtmp-port', '0'];
    const flags = [...ports, '--bind', '127.0.0.1', '--data-dir', data, ...(options.arguments ?? [])];
    const child = spawn(programPath, ['serve', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const port = /:\/\/[^/]*:(\d+)\//.exec(said)?.[1];
        if (port !== undefined) resolve(`http://localhost:${port}`);
      });
      child.on('exit', (status) => reject(new Error(`saywell serve ended with ${status}`)));
    });
    while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
    return new RunningServer(child, folder, url, application);
  }

  /** A learner's token, as an application's back end asks for it. */
  async token(userId: string, role: 'learner' | 'teacher' = 'learner'): Promise<string> {
    const { id, secret } = this.application;
    const response = await fetch(`${this.url}/v1/sessions`, {
      method: 'POST',
      body: JSON.stringify({ applicationId: id, secret, userId, role }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function addApplication(data: string): { id: string; secret: string } {
  const done = spawnSync(programPath, ['app', 'add', 'school', '--data-dir', data, '--format', 'json'], {
    encoding: 'utf8',
  });
  const made = JSON.parse(done.stdout) as { applicationId: string; secret: string };
  return { id: made.applicationId, secret: made.secret };
}

export interface FileResult {
  overall: number;
  accuracy: number;
  /** Words and their times, in ms. */
  details: { char: string; start: number; end: number }[];
}

/** The result of `saywell assess FILE --text TEXT`. */
export function assessFile(path: string, text: string): FileResult {
  const done = spawnSync(programPath, ['assess', path, '--text', text, '--format', 'json'], { encoding: 'utf8' });
  return (JSON.parse(done.stdout) as { result: FileResult }).result;
}
