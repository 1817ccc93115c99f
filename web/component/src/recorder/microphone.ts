// The microphone as a stream of float samples, and its fate: found, refused, absent, lost.
import type { CodeDetails, Message, MicrophoneSettings } from '../types.js';
import { loadWorklet, WorkletError } from './load_worklet.js';

export interface MicrophoneWishes {
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGainControl: boolean;
  deviceId?: string;
  workletUrl?: string;
  microphoneVolume: number;
}

export interface MicrophoneListener {
  found(settings: MicrophoneSettings): void;
  refused(details: CodeDetails[50002]): void;
  missing(details: CodeDetails[50003]): void;
  samples(samples: Float32Array): void;
}

/** A capture that does not run answers nothing. */
const flushTimeoutMs = 200;

type MissingReason = CodeDetails[50003]['reason'];

const hints: Record<MissingReason, Message> = {
  'none-found': {
    en: 'Plug in a microphone, or switch it on in the system settings.',
    zh: '请接上麦克风，或在系统设置中启用麦克风。',
  },
  'insecure-page': {
    en: 'Browsers give the microphone only to pages on https:// or on localhost. Open this page over https.',
    zh: '浏览器只允许 https:// 或 localhost 的网页使用麦克风，请用 https 打开本页。',
  },
  unsupported: {
    en: 'This browser cannot record. Use a current Firefox, Chrome, Edge or Safari.',
    zh: '这个浏览器不能录音，请使用新版的 Firefox、Chrome、Edge 或 Safari。',
  },
  policy: {
    en: 'This page’s Content-Security-Policy forbids the recorder’s audio thread. Allow blob: in script-src, or set workletUrl.',
    zh: '网页的 Content-Security-Policy 不允许录音程序运行。请在 script-src 中允许 blob:，或设置 workletUrl。',
  },
  unreachable: {
    en: 'The recorder’s file (workletUrl) cannot be loaded. It is tried again when the server is there.',
    zh: '录音程序的文件（workletUrl）加载不了，连上服务器后会再试。',
  },
  unusable: {
    en: 'The microphone cannot be opened. Close other programs that use it, and try again.',
    zh: '无法打开麦克风，请关闭正在使用麦克风的其他程序后再试。',
  },
};

/** The reason why this page can have no microphone; null: it can. */
function impossible(): MissingReason | null {
  if (!isSecureContext) return 'insecure-page';
  return 'AudioWorkletNode' in globalThis && 'mediaDevices' in navigator ? null : 'unsupported';
}

function constraints(wishes: MicrophoneWishes): MediaStreamConstraints {
  const { echoCancellation, noiseSuppression, autoGainControl, deviceId } = wishes;
  const audio: MediaTrackConstraints = { echoCancellation, noiseSuppression, autoGainControl, channelCount: 1 };
  if (deviceId !== undefined) audio.deviceId = { exact: deviceId };
  return { audio };
}

async function anyInput(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === 'audioinput');
}

/** The resources of one opening of the microphone. */
interface Capture {
  stream: MediaStream;
  context: AudioContext;
  gain: GainNode;
  tap: AudioWorkletNode;
}

export class Microphone {
  private capture: Capture | null = null;
  private opening = false;
  private closed = false;
  private permission: PermissionStatus | null = null;
  private readonly flushed = new Set<() => void>();

  constructor(
    private readonly wishes: MicrophoneWishes,
    private readonly listener: MicrophoneListener,
  ) {}

  /** Null without a microphone. */
  get context(): AudioContext | null {
    return this.capture?.context ?? null;
  }

  set volume(volume: number) {
    this.wishes.microphoneVolume = volume;
    if (this.capture) this.capture.gain.gain.value = volume;
  }

  /** Reports its end to the listener; does nothing while it is open or being opened. */
  async open(): Promise<void> {
    if (this.capture || this.opening || this.closed) return;
    const reason = impossible();
    if (reason) return this.listener.missing({ reason, hint: hints[reason] });
    this.opening = true;
    try {
      this.watch();
      const capture = await this.start(await navigator.mediaDevices.getUserMedia(constraints(this.wishes)));
      if (this.closed) return await this.release(capture);
      this.capture = capture;
      this.listener.found(this.settings(capture));
    } catch (error) {
      if (!this.closed) this.tellFailure(error as Error);
    } finally {
      this.opening = false;
    }
  }

  /** Resolves when the listener has all samples captured until now. */
  async flush(): Promise<void> {
    const { tap } = this.capture ?? {};
    if (!tap) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.flushed.delete(done);
        resolve();
      };
      const timer = setTimeout(done, flushTimeoutMs);
      this.flushed.add(done);
      tap.port.postMessage(null);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    navigator.mediaDevices?.removeEventListener('devicechange', this.tryAgain);
    this.permission?.removeEventListener('change', this.tryAgain);
    if (this.capture) await this.release(this.capture);
    this.capture = null;
  }

  private async start(stream: MediaStream): Promise<Capture> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    try {
      await loadWorklet(context, this.wishes.workletUrl);
      const tap = new AudioWorkletNode(context, 'saywell-tap', {
        numberOfOutputs: 0,
        channelCount: 1,
        channelCountMode: 'explicit',
      });
      tap.port.onmessage = ({ data }: MessageEvent<Float32Array | null>) => {
        if (data !== null) this.listener.samples(data);
        else this.flushed.forEach((done) => done());
      };
      const gain = new GainNode(context, { gain: this.wishes.microphoneVolume });
      context.createMediaStreamSource(stream).connect(gain).connect(tap);
      void context.resume();
      for (const track of stream.getAudioTracks()) track.addEventListener('ended', this.lost);
      return { stream, context, gain, tap };
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      throw error;
    }
  }

  private settings({ stream, context }: Capture): MicrophoneSettings {
    const track = stream.getAudioTracks()[0]!;
    const active = track.getSettings();
    const settings: MicrophoneSettings = { label: track.label, sampleRateHz: context.sampleRate };
    if (active.deviceId !== undefined) settings.deviceId = active.deviceId;
    if (active.channelCount !== undefined) settings.channels = active.channelCount;
    for (const name of ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const) {
      const value: unknown = active[name];
      if (value !== undefined) settings[name] = value !== false; // newer browsers name the kind
    }
    return settings;
  }

  private tellFailure(error: Error): void {
    if (error instanceof WorkletError)
      return this.listener.missing({ reason: error.reason, hint: hints[error.reason] });
    if (error.name === 'NotAllowedError' || error.name === 'SecurityError') {
      this.listener.refused({ reason: 'refused' });
      return;
    }
    const none = error.name === 'NotFoundError' || error.name === 'OverconstrainedError';
    const reason = none ? 'none-found' : 'unusable';
    this.listener.missing({ reason, hint: hints[reason] });
  }

  /** A device that is plugged in, or a permission that is given, brings the microphone back. */
  private watch(): void {
    navigator.mediaDevices.addEventListener('devicechange', this.tryAgain);
    if (this.permission) return;
    navigator.permissions?.query({ name: 'microphone' as PermissionName }).then(
      (permission) => {
        if (this.closed || this.permission) return;
        this.permission = permission;
        permission.addEventListener('change', this.tryAgain);
      },
      () => undefined, // a browser without this query
    );
  }

  private readonly tryAgain = async (): Promise<void> => {
    if (this.capture || this.permission?.state === 'denied') return;
    if (await anyInput()) await this.open();
  };

  private readonly lost = async (): Promise<void> => {
    const capture = this.capture;
    if (!capture) return;
    this.capture = null;
    const denied = this.permission?.state === 'denied';
    this.listener.refused({ reason: denied ? 'revoked' : 'lost' });
    await this.release(capture);
    if (!denied && !this.closed && !(await anyInput())) {
      this.listener.missing({ reason: 'none-found', hint: hints['none-found'] });
    }
  };

  private async release({ stream, context, tap }: Capture): Promise<void> {
    for (const track of stream.getTracks()) {
      track.removeEventListener('ended', this.lost);
      track.stop();
    }
    tap.port.onmessage = null;
    tap.port.close();
    await context.close();
  }
}
