// Real speech of Debian's pocketsphinx-testdata for the tests' microphone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { padded, readWav, writeWav, type Wav } from './wav.js';

export const speechFile = '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0930.wav';
export const speechText = 'He might even have been made amiable himself.';

/** A temporary folder of WAV files. */
export class SpeechFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'saywell-speech-'));

  write(name: string, wav: Wav): string {
    const path = join(this.path, name);
    writeWav(path, wav);
    return path;
  }

  /** The sentence, after a silence that is long enough for a recorder to become ready on a busy machine. */
  writeSentence(): string {
    return this.write('sentence.wav', padded(readWav(speechFile), 4000, 5000));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
