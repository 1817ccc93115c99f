// @saywell/component/compat: the page interface of 2011 and of about 2013, so that a page written for it works
// with the script's address changed. As a script file it is the one name `aispeech`.
export { AiDebug } from './ai_debug.js';
export { AiPlayer } from './ai_player.js';
export { AiRecorder } from './ai_recorder.js';
export { AiStatusCode } from './callbacks.js';
export { SpeechResource } from './speech_resource.js';
