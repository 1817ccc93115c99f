// @saywell/component: the exports for pages.
export { Player } from './player/player.js';
export { Recorder } from './recorder/recorder.js';
export { OptionError } from './options.js';
export { describeStatus, statusTable } from './status.js';
export type * from './types.js';
export type * from './interfaces.js';
