import { describe, expect, it } from 'vitest';
import { notHeardAfterMs, reachesEnd, ReadingEnd, silencesFor, type Advice } from './reading_end.js';
import { SpeechActivity } from './speech_activity.js';

const text = 'We had rice, and fish.';
const silences = silencesFor(1500);
const stepMs = 100;

/** A reading that is heard in stretches of speech and silence, in ms. */
class Heard {
  readonly end;
  atMs = 0;

  constructor(of = text) {
    const activity = new SpeechActivity();
    for (let i = 0; i < 10; i++) activity.push(-70); // how quiet the room is
    this.end = new ReadingEnd(of, silences, activity);
  }

  hear(rmsDbfs: number, durationMs: number): Advice {
    let advice: Advice = 'go-on';
    for (const untilMs = this.atMs + durationMs; this.atMs < untilMs; ) {
      this.atMs += stepMs;
      advice = this.end.hear(rmsDbfs, this.atMs);
    }
    return advice;
  }

  speak = (durationMs: number) => this.hear(-30, durationMs);
  rest = (durationMs: number) => this.hear(-70, durationMs);
  read = (...words: string[]) => this.end.read(words.map((char) => ({ char })));
}

describe('the end of a reading', () => {
  it('comes soon after the last word', () => {
    const heard = new Heard();
    heard.speak(1500);
    heard.read('We', 'had', 'rice', 'and', 'fish');
    expect(heard.rest(1400)).toBe('go-on');
    expect(heard.rest(100)).toBe('end');
  });

  it('comes late, and after a question, while words are left', () => {
    const heard = new Heard();
    heard.speak(1500);
    heard.read('We', 'had', 'rice');
    expect(heard.rest(silences.leftAsks - stepMs)).toBe('go-on');
    expect(heard.rest(stepMs)).toBe('ask');
    expect(heard.rest(silences.leftEnds - silences.leftAsks - stepMs)).toBe('ask');
    expect(heard.rest(stepMs)).toBe('end');
  });

  it('is put off by whoever goes on reading', () => {
    const heard = new Heard();
    heard.speak(1000);
    heard.read('We', 'had');
    expect(heard.rest(silences.leftAsks)).toBe('ask');
    expect(heard.speak(300)).toBe('go-on');
    expect(heard.rest(silences.leftAsks - stepMs)).toBe('go-on');
  });

  it('is estimated from the length of the text where no words are told', () => {
    const short = new Heard();
    short.speak(600);
    expect(short.rest(silences.unsureAsks)).toBe('go-on');
    expect(short.rest(silences.leftAsks - silences.unsureAsks)).toBe('ask');
    const long = new Heard();
    long.speak(2000);
    expect(long.rest(silences.unsureAsks)).toBe('ask');
    expect(long.rest(silences.unsureEnds - silences.unsureAsks)).toBe('end');
  });

  it('needs no question after a single word', () => {
    const heard = new Heard('Thursday');
    heard.speak(500);
    expect(heard.rest(silences.ends)).toBe('end');
  });

  it('follows the server’s silence', () => {
    expect(silencesFor(3000)).toEqual({
      ends: 3000,
      unsureAsks: 3500,
      unsureEnds: 6500,
      leftAsks: 5000,
      leftEnds: 10500,
    });
  });
});

describe('nothing heard', () => {
  it('is said after four seconds, and ends the reading at last', () => {
    const heard = new Heard();
    expect(heard.rest(notHeardAfterMs - stepMs)).toBe('go-on');
    expect(heard.rest(stepMs)).toBe('not-heard');
    expect(heard.rest(10_900)).toBe('not-heard');
    expect(heard.rest(stepMs)).toBe('end');
  });

  it('of a microphone that is switched off is said so', () => {
    const heard = new Heard();
    expect(heard.hear(-100, notHeardAfterMs)).toBe('muted');
    expect(heard.speak(300)).toBe('go-on');
  });

  it('is no click', () => {
    const heard = new Heard();
    heard.hear(-20, stepMs);
    expect(heard.rest(notHeardAfterMs)).toBe('not-heard');
  });
});

it.each([
  [['We', 'had', 'rice', 'and', 'fish'], true],
  [['We', 'had', 'rice', 'and'], false],
  [[], false],
  [['We', 'had', 'rice', 'and', 'fisch'], false],
])('%j reach the end: %s', (words, reached) => {
  expect(
    reachesEnd(
      text,
      words.map((char) => ({ char })),
    ),
  ).toBe(reached);
});

describe('speech', () => {
  it('is what rises above the room', () => {
    const activity = new SpeechActivity();
    expect([-50, -49, -51, -30, -35, -50].map((level) => activity.push(level))).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('is not the stir of a silent line', () => {
    const activity = new SpeechActivity();
    expect([-100, -80, -60].map((level) => activity.push(level))).toEqual([false, false, false]);
  });
});
