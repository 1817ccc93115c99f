/** The browser's English voice that keeps the text on this device; American first. Null: none. */
export function localVoice(voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | null {
  const local = voices.filter((voice) => voice.localService && /^en([-_]|$)/i.test(voice.lang));
  return local.find((voice) => /^en[-_]US/i.test(voice.lang)) ?? local[0] ?? null;
}
