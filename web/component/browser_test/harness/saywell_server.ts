// `saywell serve` on a free port, ready to assess. SAYWELL_PROGRAM names the program.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function programPath(): string {
  const path = process.env['SAYWELL_PROGRAM'];
  if (!path) throw new Error('SAYWELL_PROGRAM must name the program under test');
  return path;
}

export class SaywellServer {
  private constructor(
    private readonly process: ChildProcess,
    readonly dataDir: string,
    readonly port: number,
    private readonly flags: string[],
  ) {}

  /** `dataDir`: an existing one, with its applications. */
  static async start(flags: string[] = [], dataDir?: string): Promise<SaywellServer> {
    const server = await SaywellServer.open(flags, dataDir);
    await server.untilReady();
    return server;
  }

  /** Accepts connections, and may still load its models. */
  static async open(flags: string[] = [], dataDir?: string): Promise<SaywellServer> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'saywell-web-')));
    const program = spawn(
      programPath(),
      ['serve', '--http-port', '0', '--rtmp-port', '0', '--data-dir', folder, ...flags],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    const port = await new Promise<number>((resolve, reject) => {
      const hear = (bytes: Buffer) => {
        said += bytes.toString();
        const greeting = /:\/\/[^/]*:(\d+)\//.exec(said);
        if (greeting) resolve(Number(greeting[1]));
      };
      program.stdout.on('data', hear);
      program.stderr.on('data', hear);
      program.once('exit', () => reject(new Error(`saywell serve did not start: ${said}`)));
    });
    return new SaywellServer(program, folder, port, flags);
  }

  /** kill -9. Its files stay. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
  }

  /** A new process with the data of this one, which has ended. */
  restart(): Promise<SaywellServer> {
    return SaywellServer.open(this.flags, this.dataDir);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    while ((await fetch(`http://127.0.0.1:${this.port}/readyz`)).status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
