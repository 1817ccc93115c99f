// The one table of status codes. docs/status-codes.md is generated from it (scripts/generate-docs).
//
// Numbers, the symbols of 4xxxx and 5xxxx and the English sentences are the specification's, the
// sentences without its slips of the pen. "NOTEXSIT" is its spelling, kept because clients compare
// it. The symbols of the kernel's codes, the Chinese sentences and the hints are ours. 40080
// and 40082 are added to the specification.
#include <algorithm>
#include <array>

#include "saywell/status.h"

namespace saywell {
namespace {

constexpr std::string_view kKernel = "kernel";
constexpr std::string_view kMedia = "media";
constexpr std::string_view kClient = "client";

// code, family, symbol, English, Chinese, hint, HTTP status of /v1, retryable
constexpr StatusInfo kTable[] = {
    {500, kKernel, "KERNEL_OTHERS", "Speech server error. Please contact us to report this.",
     "语音服务出错，请联系我们。",
     "Something unforeseen happened (\"others\" of the specification). "
     "Report the incident id of the detail and the line of the log with the same id.",
     500, false},
    {503, kKernel, "KERNEL_TIMEOUT", "Speech server timeout, please try again.",
     "评分超时，请再试一次。",
     "The deadline passed, or the queue was full. "
     "Send the request again after a pause, give it a later deadline, or shorten the recording.",
     503, true},
    {20001, kKernel, "VAD_NO_SPEECH",
     "Speech server detected no start of the speech, please try again.",
     "没有听到您开始说话，请再试一次。",
     "The recording has samples, but no region of speech: silence, hum, music or steady noise.",
     422, true},
    {20002, kKernel, "VAD_NO_SAMPLES",
     "Speech server detected no start of the speech, please try again.",
     "没有收到录音，请再试一次。",
     "The recording was decoded, but holds no samples: the recorder was stopped before any audio arrived.",
     422, true},
    {20101, kKernel, "F0_ALL_ZERO", "Speech server detected no speech, please try again.",
     "没有检测到嗓音，请用正常的声音再读一次。",
     "No frame of the speech has a fundamental frequency: it was whispered, or noise was taken for speech.",
     422, true},
    {20102, kKernel, "F0_NO_VOICED_SEGMENT", "Speech server detected no speech, please try again.",
     "没有检测到清楚的嗓音，请再读一次。",
     "A few frames have a fundamental frequency, but no voiced segment is long and steady enough.",
     422, true},
    {20300, kKernel, "RECOGNITION_FAILED",
     "Speech server detected incomplete speech, please try again.", "录音不完整，请完整地读一遍。",
     "Most often the recording was stopped in mid-word: let the recorder run on after the last word.",
     422, true},
    {20301, kKernel, "WORD_NOT_SUPPORTED",
     "This word is not supported right now, please skip this word.", "暂不支持这个单词，请跳过它。",
     "The dictionary and the letter-to-sound rules do not know the token that the detail names. "
     "Give its phones with `phones` or `word(z:…)`.",
     422, false},
    {20302, kKernel, "NOTHING_RECOGNISED",
     "Speech server cannot recognise the speech. Please try again.",
     "没有听出要读的内容，请对照文字再读一次。",
     "Nothing of the reference text was found in the speech: another text was read, or another language.",
     422, true},
    {20303, kKernel, "ALIGNMENT_NO_PATH",
     "Speech server cannot recognise the speech. Please try again.",
     "录音太短，请对照文字再读一次。",
     "The text has more phones than the audio has frames: the recording is far too short for it.",
     422, true},
    {20401, kKernel, "SNR_TOO_LOW", "Speech is too weak to process, please try again.",
     "环境太吵，听不清您的声音，请到安静的地方再试一次。",
     "The noise between the words is too close to the level of the speech. "
     "With quality \"advise\" this is tipId 90005.",
     422, true},
    {20402, kKernel, "LEVEL_TOO_LOW", "Speech is too weak to process, please try again.",
     "声音太小，请靠近麦克风再试一次。",
     "The speech is below the level threshold: raise the input gain. "
     "With quality \"advise\" this is tipId 90003.",
     422, true},
    {20403, kKernel, "LEVEL_TOO_HIGH", "Speech is too loud to process, please try again.",
     "声音太大，请离麦克风远一点再试一次。",
     "The speech is above the level threshold: lower the input gain. "
     "With quality \"advise\" this is tipId 90004.",
     422, true},
    {20404, kKernel, "CLIPPED", "Speech is too loud to process, please try again.",
     "声音太大，录音失真，请离麦克风远一点再试一次。",
     "Too many samples are clipped: lower the input gain, or turn the microphone's boost off. "
     "With quality \"advise\" this is tipId 90004.",
     422, true},

    {40001, kMedia, "AUDIO_FILE_NOTEXSIT", "Media server error, please try again.",
     "录音文件不存在，请再试一次。",
     "The file or record id that the detail names does not exist. "
     "Recordings made with store:false are kept nowhere.",
     404, false},
    {40002, kMedia, "AUDIO_FILE_OPEN_FAIL", "Media server error, please try again.",
     "录音文件打不开，请再试一次。",
     "The file exists, but cannot be opened or read: permissions, a directory, a failing disk.",
     500, true},
    {40003, kMedia, "AUDIO_CONVERT_ERROR", "Media server error, please try again.",
     "录音格式无法识别，请再试一次。",
     "The bytes are no audio that can be decoded: unknown container or codec, damaged, or too long. "
     "Names and declared types do not matter.",
     422, false},
    {40004, kMedia, "AUDIO_FILE_EMPTY", "Media server error, please try again.",
     "录音文件是空的，请再试一次。",
     "The file is empty or has at most 13 bytes, which is a bare FLV header: nothing was recorded.",
     422, true},
    {40031, kMedia, "PARAM_MISMATCH",
     "Media server cannot recognise the parameter. Please contact us to report this.",
     "参数不正确，请联系我们。",
     "The detail names the field that is unknown, missing, of the wrong type or out of range. "
     "Correct it, then send the request again.",
     400, false},
    {40051, kMedia, "KERNEL_UNAVAILABLE", "Media server error, please try again.",
     "评分服务暂时不可用，请再试一次。",
     "The kernel failed or did not answer. "
     "On the command line: a model file is missing, damaged or not the one of the manifest.",
     503, true},
    {40080, kMedia, "NOT_SIGNED_IN", "You are not signed in, please sign in again.",
     "您尚未登录，请重新登录。",
     "The token, session, signature or secret is missing, is wrong or has ended. "
     "POST /v1/sessions gives a new token.",
     401, false},
    {40082, kMedia, "NOT_ALLOWED", "You are not allowed to do this.", "您没有权限进行此操作。",
     "The request is for another application or user than the caller's, or beyond their role.", 403,
     false},

    {50000, kClient, "FLASH_LOAD_COMPLETE", "Component load complete.", "组件加载完成。",
     "The component is in the page and can be called; the symbol is older than the component.", 200,
     false},
    {50001, kClient, "MIC_UNMUTED", "Microphone is unmuted.", "麦克风已允许使用。",
     "The learner allowed the microphone.", 200, false},
    {50002, kClient, "MIC_MUTED",
     "Microphone is muted, please give the permission to use the microphone.",
     "麦克风被禁用，请允许使用麦克风。",
     "The permission was refused or taken back; a page without https has no microphone at all.",
     200, false},
    {50003, kClient, "MIC_NOT_FOUND", "No microphone was found, please check the audio driver.",
     "找不到麦克风，请检查麦克风和声卡驱动。", "The browser lists no audio input.", 200, false},
    {50004, kClient, "FUNCTION_EXECUTE_SUCCESSFUL", "Function executed successfully.", "调用成功。",
     "The call was accepted; what it started reports codes of its own.", 200, false},
    {50100, kClient, "FMS_CONNECT_SUCCESSFUL", "Recorder server connect successful.",
     "已连接录音服务器。", "The component is connected to the server.", 200, false},
    {50101, kClient, "FMS_CONNECT_FAILED", "Recorder server connect failed.",
     "连接录音服务器失败。",
     "No connection could be made: address, firewall, certificate, or the server is down.", 200,
     true},
    {50102, kClient, "FMS_CONNECT_REJECTED", "Recorder server connect rejected.",
     "录音服务器拒绝了连接。",
     "The server refused the connection: application id, signature or origin is not allowed.", 200,
     false},
    {50103, kClient, "FMS_CONNECT_CLOSED", "Recorder server connect closed.",
     "与录音服务器的连接已断开。", "The server or the network closed the connection.", 200, true},
    {50104, kClient, "FMS_CONNECT_TIMEOUT", "Recorder server connect timeout.",
     "连接录音服务器超时。", "The server did not answer the connection in time.", 200, true},
    {50105, kClient, "FMS_CONNECT_NET_CHANGE", "Recorder server connect net change.",
     "网络发生变化。",
     "Information only, not for the learner: a network interface went up or down.", 200, false},
    {50106, kClient, "EXCEPTION_FMS_DISCONNECTED", "Recorder server not connected.",
     "尚未连接录音服务器。", "A call that needs the connection came while there was none.", 200,
     true},
    {50108, kClient, "ASPING_DETECT_STATUS", "Bandwidth check status info.", "网络检测信息。",
     "Information only, not for the learner: the figures of the bandwidth check.", 200, false},
    {50200, kClient, "CORE_REQUEST_GETTED", "Got core request.", "已收到评分结果。",
     "The result of a recording arrived; match it by its record id.", 200, false},
    {50201, kClient, "CORE_REQUEST_TIMEOUT", "Get core request timeout.", "等待评分结果超时。",
     "No result arrived within coreTimeout (default 60 s).", 200, true},
    {50300, kClient, "RECORD_STOP", "Recorder record stop.", "录音结束。",
     "stopType says why: auto (length reached, or end of speech) or manual.", 200, false},
    {50301, kClient, "RECORD_START", "Recorder record start.", "录音开始。",
     "Audio is being sent; the record id came before, with 50304.", 200, false},
    {50302, kClient, "REPLAY_STOP", "Recorder replay stop.", "回放结束。",
     "The replay ended or was stopped.", 200, false},
    {50303, kClient, "REPLAY_START", "Recorder replay start.", "回放开始。", "The replay began.",
     200, false},
    {50304, kClient, "RECORDID_GETTED", "Got recordId.", "已得到录音编号。",
     "The record id of the recording that is about to start.", 200, false},
    {50351, kClient, "ERROR_STARTRECORD_PARAMETER_ERROR", "Recorder startRecord parameter error.",
     "录音参数错误。",
     "startRecord was called with a parameter that is missing or of the wrong type.", 200, false},
    {50352, kClient, "ERROR_STARTREPLAY_PARAMETER_ERROR", "Recorder startReplay parameter error.",
     "回放参数错误。",
     "startReplay was called with a parameter that is missing or of the wrong type.", 200, false},
    {50353, kClient, "ERROR_RECORDER_STATUS_ERROR", "Recorder status error.",
     "录音器当前状态不能执行此操作。",
     "The call was refused because the recorder is in the state that the status string names.", 200,
     false},
    {50400, kClient, "PLAYER_AUDIO_LOAD_COMPLETED", "Player audio load complete.", "音频加载完成。",
     "The audio is loaded; play may be called.", 200, false},
    {50401, kClient, "PLAY_START", "Player play start.", "播放开始。", "Playing began.", 200,
     false},
    {50402, kClient, "PLAY_STOP", "Player play stop.", "播放结束。",
     "Playing ended or was stopped.", 200, false},
    {50403, kClient, "PLAY_BUFFERING", "Player audio buffering.", "正在缓冲。",
     "Playing pauses until enough audio has arrived; 50404 follows.", 200, false},
    {50404, kClient, "PLAY_CONTINUE", "Player audio continues after buffering.",
     "缓冲完成，继续播放。", "Enough audio has arrived, playing goes on.", 200, false},
    {50405, kClient, "PLAY_PAUSE", "Player play pause.", "播放暂停。", "Playing was paused.", 200,
     false},
    {50406, kClient, "PLAY_RESUME", "Player play resume.", "继续播放。",
     "Playing goes on after a pause.", 200, false},
    {50407, kClient, "PLAY_SEEK_SUCCESSFUL", "Player seek successful.", "定位成功。",
     "Playing goes on from the position asked for.", 200, false},
    {50408, kClient, "PLAY_SEEK_FAILED", "Player seek failed.", "定位失败。",
     "The position is outside the audio, or not loaded.", 200, false},
    {50409, kClient, "PLAY_FILE_NOT_FOUND", "Player did not find the file.", "找不到音频文件。",
     "The server has no audio at this address (HTTP 404, RTMP StreamNotFound).", 200, false},
    {50410, kClient, "PLAY_SERVER_ERROR", "Player server error.", "播放服务器出错。",
     "The server failed while it was sending the audio.", 200, true},
    {50411, kClient, "PLAY_NETSTREAM_INSUFFICIENT_BW",
     "There is not enough bandwidth to play at normal speed.", "网速太慢，无法正常播放。",
     "Audio arrives more slowly than it is played.", 200, true},
    {50412, kClient, "PLAYER_AUDIO_LOAD_FAILED", "Player audio load failed.", "音频加载失败。",
     "The audio could not be fetched or decoded.", 200, true},
    {50413, kClient, "PLAYER_FILE_NOT_LOADED", "Player audio not loaded.", "音频尚未加载。",
     "play was called before anything was loaded.", 200, false},
    {50450, kClient, "ERROR_STARTPLAY_PARAMETER_ERROR", "Player startPlay parameter error.",
     "播放参数错误。",
     "startPlay was called with a parameter that is missing or of the wrong type.", 200, false},
    {50451, kClient, "ERROR_LOADAUDIO_PARAMETER_ERROR", "Player loadAudio parameter error.",
     "加载参数错误。",
     "loadAudio was called with a parameter that is missing or of the wrong type.", 200, false},
    {50452, kClient, "ERROR_ADJUSTVOLUME_PARAMETER_ERROR", "Player adjustVolume parameter error.",
     "音量参数错误。", "adjustVolume was called with something that is no number from 0 to 1.", 200,
     false},
    {50453, kClient, "ERROR_PLAYER_FLASHVARS_ERROR", "Player flashvars error.", "播放器配置错误。",
     "The options the player was made with are wrong; the symbol is older than the component.", 200,
     false},
    {50454, kClient, "ERROR_PLAYER_STATUS_ERROR", "Player status error.",
     "播放器当前状态不能执行此操作。",
     "The call was refused because the player is in the state that the status string names.", 200,
     false},
};

// The rows of unknown codes.
constexpr StatusInfo kKernelDefault = {0,
                                       kKernel,
                                       "UNKNOWN",
                                       "Speech server error. Please contact us to report this.",
                                       "语音服务出错，请联系我们。",
                                       "This code is not in the table: an error of the kernel.",
                                       500,
                                       false};
constexpr StatusInfo kMediaDefault = {
    0,
    kMedia,
    "UNKNOWN",
    "Media server error, please try again.",
    "媒体服务出错，请再试一次。",
    "This code is not in the table: an error of the media server.",
    500,
    true};
constexpr StatusInfo kClientDefault = {
    0,
    kClient,
    "UNKNOWN",
    "Recorder or player error, please try again.",
    "组件出错，请再试一次。",
    "This code is not in the table: an error of the component in the page.",
    200,
    true};

constexpr std::array<std::string_view, 6> kRecorderStates = {
    "status.invalid:recording", "status.invalid:idle",     "status.invalid:replaying",
    "status.invalid:not_ready", "status.invalid:torecord", "status.invalid:init"};
constexpr std::array<std::string_view, 6> kPlayerStates = {
    "status.invalid:idle",  "status.invalid:playing",   "status.invalid:loading",
    "status.invalid:pause", "status.invalid:buffering", "status.invalid:loaded"};

constexpr const StatusInfo& family_default(int code) {
  if (code >= 40000 && code < 50000) return kMediaDefault;
  if (code >= 50000 && code < 60000) return kClientDefault;
  return kKernelDefault;
}

}  // namespace

std::span<const StatusInfo> status_table() { return kTable; }

const StatusInfo* find_status(int code) {
  const auto* found = std::find_if(std::begin(kTable), std::end(kTable),
                                   [code](const StatusInfo& row) { return row.code == code; });
  return found == std::end(kTable) ? nullptr : found;
}

StatusInfo describe_status(int code) {
  if (const StatusInfo* row = find_status(code)) return *row;
  StatusInfo info = family_default(code);
  info.code = code;
  return info;
}

std::span<const std::string_view> sub_statuses(int code) {
  if (code == 50353) return kRecorderStates;
  if (code == 50454) return kPlayerStates;
  return {};
}

}  // namespace saywell
