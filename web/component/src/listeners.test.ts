import { afterEach, describe, expect, it, vi } from 'vitest';
import { Listeners } from './listeners.js';
import { Timers } from './timers.js';

interface Events {
  a: number;
  b: string;
}

afterEach(() => vi.unstubAllGlobals());

describe('listeners', () => {
  it('hear what they asked for, until they are taken away', () => {
    const listeners = new Listeners<Events>();
    const heard: unknown[] = [];
    const off = listeners.on('a', (event) => heard.push(event));
    listeners.on('b', (event) => heard.push(event));
    listeners.emit('a', 1);
    listeners.emit('b', 'x');
    off();
    listeners.emit('a', 2);
    listeners.clear();
    listeners.emit('b', 'y');
    expect(heard).toEqual([1, 'x']);
  });

  it('that take themselves away while an event is told keep no other from it', () => {
    const listeners = new Listeners<Events>();
    const heard: string[] = [];
    const off = listeners.on('a', () => {
      heard.push('first');
      off();
    });
    listeners.on('a', () => heard.push('second'));
    listeners.emit('a', 1);
    listeners.emit('a', 2);
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  it('that throw are reported to the page, and the others still hear', () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const listeners = new Listeners<Events>();
    const failure = new Error('mine');
    const heard: number[] = [];
    listeners.on('a', () => {
      throw failure;
    });
    listeners.on('a', (event) => heard.push(event));
    listeners.emit('a', 3);
    expect([heard, reported]).toEqual([[3], [failure]]);
  });

  it('must be functions', () => {
    expect(() => new Listeners<Events>().on('a', 5 as never)).toThrow('on(a): a function is expected');
  });
});

describe('timers', () => {
  it('run once, are replaced by name, and can all be stopped', () => {
    vi.useFakeTimers();
    const timers = new Timers<'x' | 'y'>();
    const ran: string[] = [];
    timers.start('x', 100, () => ran.push('first'));
    timers.start('x', 200, () => ran.push('second'));
    timers.start('y', 300, () => ran.push('never'));
    expect([timers.runs('x'), timers.runs('y')]).toEqual([true, true]);
    vi.advanceTimersByTime(250);
    expect([timers.runs('x'), timers.runs('y')]).toEqual([false, true]);
    timers.stopAll();
    expect([ran, vi.getTimerCount()]).toEqual([['second'], 0]);
    vi.useRealTimers();
  });
});
