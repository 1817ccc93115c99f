// Whether there is speech, by the level alone: good enough to ask a question, not to score a pause.

/** How far above the quietest moment of the last seconds speech is. */
const aboveFloorDb = 10;
/** Speech to a microphone is louder than this. */
const quietestSpeechDbfs = -55;
/** Of the levels that the floor is taken from; at ten per second, five seconds. */
const floorLevels = 50;

export class SpeechActivity {
  private readonly recent: number[] = [];

  /** The next level; true when it is of speech. */
  push(rmsDbfs: number): boolean {
    this.recent.push(rmsDbfs);
    if (this.recent.length > floorLevels) this.recent.shift();
    const floorDbfs = Math.min(...this.recent);
    return rmsDbfs > Math.max(floorDbfs + aboveFloorDb, quietestSpeechDbfs);
  }
}
