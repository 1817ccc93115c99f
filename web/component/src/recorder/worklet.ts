// Runs in the audio thread: sends the first channel's samples to the page, in pieces. On any message of the page it
// sends the samples of the incomplete piece, and null after them. The build puts this file's text into the bundle, and
// beside it as a separate file.

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

const pieceFrames = 1024;

class SaywellTap extends AudioWorkletProcessor {
  private piece = new Float32Array(pieceFrames);
  private filled = 0;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.give();
      this.port.postMessage(null);
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel) {
      this.piece.set(channel, this.filled);
      this.filled += channel.length;
      if (this.filled + channel.length > pieceFrames) this.give();
    }
    return true;
  }

  private give(): void {
    if (this.filled === 0) return;
    const full = this.piece.subarray(0, this.filled).slice();
    this.port.postMessage(full, [full.buffer]);
    this.filled = 0;
  }
}

registerProcessor('saywell-tap', SaywellTap);
