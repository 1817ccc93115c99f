// The message that starts a recording (docs/api.md).
import type { MicrophoneSettings, StartOptions } from '../types.js';
import { version } from '../version.js';
import { recordingRateHz } from './resampler.js';

/** `tokenId`: the request's, or a new one, so that answers can be matched. */
export function startCommand(
  { request, vad = false }: StartOptions,
  microphone: MicrophoneSettings,
): { tokenId: string; command: object } {
  const tokenId = request.tokenId || crypto.randomUUID();
  const { label: _name, deviceId: _device, ...active } = microphone; // the server does not need the learner's devices
  const silence = typeof vad === 'object' ? { vadSilenceMs: vad.silenceMs } : {};
  const param = {
    sdk: { name: '@saywell/component', version, microphone: active },
    audio: { audioType: 'pcm', sampleRate: recordingRateHz, channel: 1, sampleBytes: 2 },
    request: { ...request, tokenId },
    ...(vad && { vadEnable: 1, ...silence }),
  };
  return { tokenId, command: { cmd: 'start', param } };
}
