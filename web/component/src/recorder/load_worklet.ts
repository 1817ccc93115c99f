// The audio thread's code comes out of the bundle itself, unless the page gives the address of its file.
import workletText from 'virtual:saywell-worklet';

/** The audio thread's code could not be loaded; the microphone is not the cause. */
export class WorkletError extends Error {
  constructor(
    /** The page's policy forbids it, or the page's address for it does not answer. */
    readonly reason: 'policy' | 'unreachable',
    cause: unknown,
  ) {
    super(`audio worklet: ${String(cause)}`);
  }
}

export async function loadWorklet(context: AudioContext, givenUrl: string | undefined): Promise<void> {
  const url = givenUrl ?? URL.createObjectURL(new Blob([workletText], { type: 'text/javascript' }));
  try {
    await context.audioWorklet.addModule(url);
  } catch (error) {
    throw new WorkletError(givenUrl === undefined ? 'policy' : 'unreachable', error);
  } finally {
    if (givenUrl === undefined) URL.revokeObjectURL(url);
  }
}
