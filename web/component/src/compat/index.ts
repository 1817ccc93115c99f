// @saywell/component/compat: the page interface of 2011 and of about 2013. A page written for it works after a change
// of the script's address. The script file defines the name `aispeech`.
export { AiDebug } from './ai_debug.js';
export { AiPlayer } from './ai_player.js';
export { AiRecorder } from './ai_recorder.js';
export { AiStatusCode } from './callbacks.js';
export { SpeechResource } from './speech_resource.js';
