// How the text should sound, for the page.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { withoutMarks } from './result/reading.js';
import { ServerError, type Server } from './server.js';
import { ModelVoice } from './sound/model_voice.js';
import type { Trouble } from './views/tip_card.js';

const unreachableCode = 50101;

export function useModelVoice(server: Server, report: (trouble: Trouble) => void) {
  const voice = useMemo(() => new ModelVoice(server), [server]);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => void voice.close(), [voice]);
  const say = async (text: string, speed: number): Promise<void> => {
    setSpeaking(true);
    try {
      await voice.say(withoutMarks(text), speed);
    } catch (error) {
      report({ code: error instanceof ServerError && error.code > 0 ? error.code : unreachableCode });
    } finally {
      setSpeaking(false);
    }
  };
  return { speaking, say, hush: useCallback(() => voice.hush(), [voice]) };
}
