// Speaks the text as it should sound: with a browser's voice that works on this device, else with the server's.
import type { Server } from '../server.js';
import { localVoice } from './local_voice.js';
import { Playback } from './playback.js';

const maxKept = 20;

export class ModelVoice {
  private readonly playback = new Playback();
  private readonly kept = new Map<string, ArrayBuffer>();
  // Every say() or hush() ends the previous speech.
  private turn = 0;

  constructor(private readonly server: Server) {}

  /** Resolves when it has been said. Throws a ServerError when neither browser nor server can say it. */
  async say(text: string, speed: number): Promise<void> {
    this.hush();
    const turn = this.turn;
    const voice = 'speechSynthesis' in window ? localVoice(speechSynthesis.getVoices()) : null;
    if (voice && (await this.sayHere(text, speed, voice))) return;
    const sound = await this.fromServer(text, speed);
    if (turn === this.turn) await this.playback.play(sound);
  }

  hush(): void {
    this.turn++;
    if ('speechSynthesis' in window) speechSynthesis.cancel();
    this.playback.stop();
  }

  async close(): Promise<void> {
    this.hush();
    await this.playback.close();
  }

  // False when the browser's voice failed.
  private sayHere(text: string, speed: number, voice: SpeechSynthesisVoice): Promise<boolean> {
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = speed;
      utterance.onend = () => resolve(true);
      utterance.onerror = (event) => resolve(event.error === 'canceled' || event.error === 'interrupted');
      speechSynthesis.speak(utterance);
    });
  }

  private async fromServer(text: string, speed: number): Promise<ArrayBuffer> {
    const key = `${speed} ${text}`;
    const kept = this.kept.get(key);
    if (kept) return kept;
    const sound = await this.server.speech(text, speed);
    if (this.kept.size >= maxKept) this.kept.clear();
    this.kept.set(key, sound);
    return sound;
  }
}
