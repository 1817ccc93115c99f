// `aispeech.SpeechResource`: an object that collects the serverParams of a page's recordings.

const coreTypes: Record<string, string> = {
  cnword: 'cn.word.score',
  cnsent: 'cn.sent.score',
  enword: 'en.word.score',
  ensent: 'en.sent.score',
};

export interface ServerParams {
  refText?: string;
  coreType?: string;
  scoreType?: string | number;
  userId?: string;
  applicationId?: string;
  mode?: string;
  [field: string]: unknown;
}

class Resource {
  private readonly params: ServerParams = {};

  setScoreType(scoreType: string | number): this {
    this.params.scoreType = scoreType;
    return this;
  }

  setCoreType(coreType: string): this {
    this.params.coreType = coreTypes[coreType] ?? coreType;
    return this;
  }

  setRefText(refText: string): this {
    this.params.refText = refText;
    return this;
  }

  setUserId(userId: string): this {
    this.params.userId = userId;
    return this;
  }

  setApplicationId(applicationId: string): this {
    this.params.applicationId = applicationId;
    return this;
  }

  setMode(mode: string): this {
    this.params.mode = mode;
    return this;
  }

  /** The current settings; later changes do not affect it. */
  get(): ServerParams {
    return { ...this.params };
  }
}

export const SpeechResource = new Resource();

/** The equivalent request of today. */
export function requestOf({ scoreType, coreType, ...same }: ServerParams): Record<string, unknown> {
  const request: Record<string, unknown> = { ...same };
  if (coreType !== undefined) request['coreType'] = coreTypes[coreType] ?? coreType;
  if (scoreType !== undefined) request['rank'] = Number(scoreType);
  return request;
}
