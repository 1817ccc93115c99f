// `aispeech.AiDebug(divId)`: a log in the page.

const levels = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

interface Entry {
  level: Level;
  text: string;
}

export class AiDebug {
  private level: Level = 'debug';
  private entries: Entry[] = [];

  /** Without an id: the usual div of such pages. */
  constructor(private readonly divId = 'aispeechAiDebug') {}

  error(text: unknown): void {
    this.note('error', text);
  }

  warn(text: unknown): void {
    this.note('warn', text);
  }

  info(text: unknown): void {
    this.note('info', text);
  }

  debug(text: unknown): void {
    this.note('debug', text);
  }

  log(text: unknown): void {
    this.note('info', text);
  }

  /** Less important messages are not logged. */
  setLevel(level: Level): void {
    if (levels.includes(level)) this.level = level;
  }

  getLogs(): string[] {
    return this.entries.map(({ level, text }) => `${level}: ${text}`);
  }

  clear(): void {
    this.entries = [];
    document.getElementById(this.divId)?.replaceChildren();
  }

  private note(level: Level, what: unknown): void {
    if (levels.indexOf(level) > levels.indexOf(this.level)) return;
    const text = typeof what === 'string' ? what : JSON.stringify(what);
    this.entries.push({ level, text });
    const line = document.createElement('div');
    line.className = `aidebug-${level}`;
    line.textContent = text;
    document.getElementById(this.divId)?.append(line);
  }
}
