// The tone before a recording.

const tones = [
  { hz: 880, atS: 0 },
  { hz: 1318.5, atS: 0.1 },
];
const toneS = 0.12;

/** Ends when it has been heard. */
export async function playDing(context: AudioContext, volume: number): Promise<void> {
  await context.resume();
  const played = tones.map(({ hz, atS }) => {
    const start = context.currentTime + atS;
    const oscillator = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume, start + 0.01);
    gain.gain.exponentialRampToValueAtTime(Math.max(1e-4, volume / 100), start + toneS);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + toneS);
    return new Promise<void>((resolve) => {
      oscillator.onended = () => {
        gain.disconnect();
        resolve();
      };
    });
  });
  await Promise.all(played);
}
