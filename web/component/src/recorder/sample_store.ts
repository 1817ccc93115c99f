// The samples of a recording while the server may still need them.

const blockSamples = 16000;

export class SampleStore {
  private readonly blocks: Int16Array[] = [];
  private count = 0;

  get length(): number {
    return this.count;
  }

  append(samples: Int16Array): void {
    for (let at = 0; at < samples.length; ) {
      const inBlock = this.count % blockSamples;
      if (inBlock === 0) this.blocks.push(new Int16Array(blockSamples));
      const piece = samples.subarray(at, at + blockSamples - inBlock);
      this.blocks[this.blocks.length - 1]!.set(piece, inBlock);
      this.count += piece.length;
      at += piece.length;
    }
  }

  /** A copy of the existing part of [from, to). */
  slice(from: number, to: number = this.count): Int16Array {
    const end = Math.min(to, this.count);
    const output = new Int16Array(Math.max(0, end - from));
    for (let at = from; at < end; ) {
      const inBlock = at % blockSamples;
      const block = this.blocks[Math.floor(at / blockSamples)]!;
      const piece = block.subarray(inBlock, Math.min(blockSamples, inBlock + end - at));
      output.set(piece, at - from);
      at += piece.length;
    }
    return output;
  }
}
