// Options are checked before anything happens: the error names the option that is unknown or has a wrong value.

/** The expectation that `value` does not meet; null: it does. */
export type Check = (value: unknown) => string | null;
export type Checks<T> = { [K in keyof Required<T>]: Check };

export interface Mistake {
  parameter: string;
  detail: string;
}

/** A wrong option of a constructor. `option` names it; `code` is 50453 for a player's. */
export class OptionError extends TypeError {
  override readonly name = 'OptionError';

  constructor(
    readonly option: string,
    detail: string,
    readonly code: number | null = null,
  ) {
    super(detail);
  }
}

export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

export const aBoolean: Check = (value) => (typeof value === 'boolean' ? null : 'true or false');
export const aText: Check = (value) => (typeof value === 'string' && value !== '' ? null : 'a text');
export const aFunction: Check = (value) => (typeof value === 'function' ? null : 'a function');
export const anObject: Check = (value) => (isPlainObject(value) ? null : 'an object');

export function aNumber(least: number, most = Infinity): Check {
  const expected = most === Infinity ? `a number, at least ${least}` : `a number from ${least} to ${most}`;
  return (value) => (typeof value === 'number' && value >= least && value <= most ? null : expected);
}

/** The first mistake in `given`; null: none. Undefined counts as absent. */
export function findMistake<T>(what: string, given: unknown, checks: Checks<T>): Mistake | null {
  if (!isPlainObject(given)) return { parameter: what, detail: `${what}: an object is expected, not ${shown(given)}` };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(checks, name)) {
      const known = Object.keys(checks).join(', ');
      return { parameter: name, detail: `${what}: unknown option '${name}' (there are: ${known})` };
    }
    if (value === undefined) continue;
    const expected = checks[name as keyof Checks<T>](value);
    if (expected) return { parameter: name, detail: `${what}.${name}: ${expected} is expected, not ${shown(value)}` };
  }
  return null;
}

/** `defaults` with the given options; throws an OptionError that names the first mistake. */
export function checkedOptions<T extends object, D extends Partial<T>>(
  what: string,
  given: T,
  checks: Checks<T>,
  defaults: D,
  code: number | null = null,
): T & Required<D> {
  const mistake = findMistake(what, given, checks);
  if (mistake) throw new OptionError(mistake.parameter, mistake.detail, code);
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) } as T & Required<D>;
}
