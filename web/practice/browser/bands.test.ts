// The colours agree with the scores, over recordings of the corpus (SAYWELL_CORPUS).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isScoreResult, type ResultJson } from '../src/result/answer.js';
import { readingOf, type Reading } from '../src/result/reading.js';
import { programPath } from './server.js';

const corpus = process.env.SAYWELL_CORPUS ?? '';
const recordingsPerScore = 15;

interface Row {
  utt: string;
  total: string;
}

function rowsOf(path: string): Row[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, i) => [names[i], cell])) as unknown as Row);
}

/** As many of each of the experts' scores, spread over the corpus. */
function picked(): string[] {
  const rows = rowsOf(join(corpus, 'utterance.tsv'));
  return [...new Set(rows.map(({ total }) => total))].flatMap((total) => {
    const same = rows.filter((row) => row.total === total);
    const step = Math.max(1, Math.floor(same.length / recordingsPerScore));
    return same
      .filter((_, i) => i % step === 0)
      .slice(0, recordingsPerScore)
      .map(({ utt }) => utt);
  });
}

function readings(): { result: ResultJson; reading: Reading }[] {
  const texts = new Map(
    readFileSync(join(corpus, 'text'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => [line.split(/\s/)[0]!, line.replace(/^\S+\s+/, '')]),
  );
  const folder = mkdtempSync(join(tmpdir(), 'saywell-bands-'));
  const list = join(folder, 'in.jsonl');
  const lines = picked().map((id) =>
    JSON.stringify({ id, audio: join(corpus, 'flac', `${id}.flac`), refText: texts.get(id), quality: 'advise' }),
  );
  writeFileSync(list, lines.join('\n'));
  const { stdout } = spawnSync(programPath, ['batch', list], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(folder, { recursive: true });
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; result?: unknown });
  return answers.flatMap(({ id, result }) =>
    isScoreResult(result) ? [{ result, reading: readingOf(texts.get(id)!, result) }] : [],
  );
}

const shareOf = ({ words }: Reading, band: string): number =>
  words.filter((word) => word.miscue !== 'omission' && word.band === band).length / words.length;

describe.skipIf(corpus === '')('the colours of the corpus (needs SAYWELL_CORPUS)', () => {
  it('agree with the scores', () => {
    const all = readings();
    const scored = (from: number, to: number) =>
      all.filter(({ result }) => result.overall >= from && result.overall < to).map(({ reading }) => reading);
    const poor = scored(0, 60);
    const excellent = scored(85, 101);
    expect(poor.length).toBeGreaterThan(20);
    expect(excellent.length).toBeGreaterThan(10);
    const tooKind = poor.filter((reading) => shareOf(reading, 'very-good') > 1 / 3);
    expect(tooKind.length / poor.length).toBeLessThanOrEqual(0.05);
    const tooStern = excellent.filter((reading) => shareOf(reading, 'very-good') < 1 / 2);
    expect(tooStern.length / excellent.length).toBeLessThanOrEqual(0.1);
  });
});
