// A sound server for the test, whose microphone can be plugged in and pulled.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class PulseAudio {
  private module = '';

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<PulseAudio> {
    const folder = mkdtempSync(join(tmpdir(), 'saywell-pulse-'));
    const socket = join(folder, 'socket');
    const args = [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--disallow-exit',
      '--use-pid-file=no',
      '--log-target=stderr',
    ];
    const process = spawn(
      'pulseaudio',
      [...args, `--load=module-native-protocol-unix auth-anonymous=1 socket=${socket}`],
      {
        env: PulseAudio.environmentOf(folder),
        stdio: 'ignore',
      },
    );
    const ended = once(process, 'exit').then(() => {
      throw new Error('pulseaudio did not start');
    });
    const ready = (async () => {
      while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
    })();
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
    return new PulseAudio(process, folder);
  }

  private static environmentOf(folder: string): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      PULSE_SERVER: `unix:${join(folder, 'socket')}`,
    };
  }

  get environment(): Record<string, string> {
    return { PULSE_SERVER: `unix:${join(this.folder, 'socket')}` };
  }

  plugIn(): void {
    this.module = this.control(
      'load-module',
      'module-null-source',
      'source_name=microphone',
      'description=Microphone',
    ).trim();
  }

  pull(): void {
    this.control('unload-module', this.module);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGKILL');
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private control(...args: string[]): string {
    return execFileSync('pactl', args, { encoding: 'utf8', env: PulseAudio.environmentOf(this.folder) });
  }
}
