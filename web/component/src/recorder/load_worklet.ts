// The audio thread's code comes out of the bundle itself, unless the page says where its file lies.
import workletText from 'virtual:saywell-worklet';

export async function loadWorklet(context: AudioContext, givenUrl: string | undefined): Promise<void> {
  if (givenUrl !== undefined) return context.audioWorklet.addModule(givenUrl);
  const url = URL.createObjectURL(new Blob([workletText], { type: 'text/javascript' }));
  try {
    await context.audioWorklet.addModule(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
