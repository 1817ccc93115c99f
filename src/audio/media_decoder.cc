#include "audio/media_decoder.h"

#include <algorithm>
#include <cstdarg>
#include <mutex>
#include <span>
#include <sstream>
#include <utility>

#include "audio/av_handles.h"
#include "base/status_macros.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/dict.h>
}

namespace saywell {
namespace {

constexpr char kDemuxers[] = "wav,w64,flac,mp3,ogg,matroska,webm,mov,mp4,m4a,flv,aac";
constexpr char kDecoders[] =
    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,"
    "pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,"
    "flac,alac,mp3float,mp3,vorbis,opus,libopus,aac,speex,libspeex,nellymoser,adpcm_swf";

constexpr int kIoBufferBytes = 32768;
constexpr int kLiveProbeBytes = 4096;
constexpr int kMaxStreams = 16;
// Below this a demuxer only guesses: random bytes now and then resemble an MPEG frame header.
constexpr int kMinProbeScore = AVPROBE_SCORE_RETRY;
constexpr int kMinRateHz = 5000;
constexpr int kMaxRateHz = 192000;
constexpr int kMaxChannels = 8;

struct IoDeleter {
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
struct FormatDeleter {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};

using IoPtr = std::unique_ptr<AVIOContext, IoDeleter>;
using FormatPtr = std::unique_ptr<AVFormatContext, FormatDeleter>;

int read_source(void* opaque, std::uint8_t* target, int size) {
  auto* source = static_cast<ByteSource*>(opaque);
  const auto bytes = std::as_writable_bytes(std::span(target, static_cast<std::size_t>(size)));
  const std::int64_t count = source->read(bytes);
  if (count == 0) return AVERROR_EOF;
  return count < 0 ? AVERROR(EIO) : static_cast<int>(count);
}

std::int64_t seek_source(void* opaque, std::int64_t offset, int whence) {
  auto* source = static_cast<ByteSource*>(opaque);
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
      return source->size();
    case SEEK_SET:
      break;
    case SEEK_CUR:
      offset += source->position();
      break;
    case SEEK_END:
      offset += source->size();
      break;
    default:
      return AVERROR(EINVAL);
  }
  if (offset < 0 || offset > source->size()) return AVERROR(EINVAL);
  source->seek(offset);
  return offset;
}

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

std::string libav_text(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

Status not_audio(const std::string& reason) {
  return Status(Code::kNotConvertible, "audio", reason);
}

// `names` may be one name or several of the same thing ("mov,mp4,m4a,3gp").
bool allows_any(const char* list, const std::string& names) {
  std::istringstream stream(names);
  for (std::string name; std::getline(stream, name, ',');) {
    if (av_match_name(name.c_str(), list)) return true;
  }
  return false;
}

IoPtr open_io(ByteSource& source) {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBufferBytes));
  return IoPtr(avio_alloc_context(buffer, kIoBufferBytes, 0, &source, read_source, nullptr,
                                  source.seekable() ? seek_source : nullptr));
}

Result<const AVInputFormat*> probe_container(AVIOContext& io) {
  const AVInputFormat* format = nullptr;
  const int score = av_probe_input_buffer2(&io, &format, "", nullptr, 0, 0);
  if (score < kMinProbeScore || !format) return not_audio("this is no known audio file");
  if (!allows_any(kDemuxers, format->name)) {
    return not_audio(std::string("files of the kind '") + format->name + "' are not accepted");
  }
  return format;
}

Result<FormatPtr> open_container(AVIOContext& io, const ByteSource& source) {
  ASSIGN_OR_RETURN(const AVInputFormat* demuxer, probe_container(io));
  AVFormatContext* format = avformat_alloc_context();
  format->pb = &io;
  format->io_open = refuse_to_open;
  format->max_streams = kMaxStreams;
  if (!source.seekable()) {  // it arrives while it is decoded: the first bytes must be enough
    format->flags |= AVFMT_FLAG_NOBUFFER;
    format->max_analyze_duration = AV_TIME_BASE / 5;
    format->probesize = kLiveProbeBytes;  // ADPCM in FLV does not declare its packets' length
  }
  // libavformat searches a WAV file's samples for DTS and the like, which is not accepted anyway.
  format->max_probe_packets = 1;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", kDemuxers, 0);
  av_dict_set(&options, "codec_whitelist", kDecoders, 0);
  av_dict_set(&options, "protocol_whitelist", "", 0);
  const int error =
      avformat_open_input(&format, "", demuxer, &options);  // frees `format` on failure
  av_dict_free(&options);
  if (error < 0) {
    return not_audio(std::string("the ") + demuxer->name + " file is broken (" + libav_text(error) +
                     ")");
  }
  FormatPtr opened(format);
  const int info_error = avformat_find_stream_info(format, nullptr);
  if (info_error < 0)
    return not_audio("the streams of the file are broken (" + libav_text(info_error) + ")");
  return opened;
}

Status check_parameters(const AVCodecParameters& parameters) {
  if (parameters.sample_rate < kMinRateHz || parameters.sample_rate > kMaxRateHz) {
    return not_audio("a sample rate of " + std::to_string(parameters.sample_rate) +
                     " Hz is outside " + std::to_string(kMinRateHz) + "–" +
                     std::to_string(kMaxRateHz));
  }
  if (parameters.ch_layout.nb_channels < 1 || parameters.ch_layout.nb_channels > kMaxChannels) {
    return not_audio(std::to_string(parameters.ch_layout.nb_channels) + " channels; 1–" +
                     std::to_string(kMaxChannels) + " are accepted");
  }
  return Status();
}

Result<CodecPtr> open_codec(const AVStream& stream) {
  const AVCodecParameters& parameters = *stream.codecpar;
  const std::string name = avcodec_get_name(parameters.codec_id);
  const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
  if (!decoder || !allows_any(kDecoders, decoder->name)) {
    return not_audio("the codec '" + name + "' is not accepted");
  }
  RETURN_IF_ERROR(check_parameters(parameters));
  CodecPtr codec(avcodec_alloc_context3(decoder));
  avcodec_parameters_to_context(codec.get(), &parameters);
  codec->pkt_timebase = stream.time_base;  // lets the decoder cut encoder delay and padding
  codec->thread_count = 1;
  codec->err_recognition = AV_EF_CRCCHECK;
  const int error = avcodec_open2(codec.get(), decoder, nullptr);
  if (error < 0)
    return not_audio("the codec '" + name + "' cannot be opened (" + libav_text(error) + ")");
  return codec;
}

void silence_libav() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback([](void*, int, const char*, va_list) {}); });
}

}  // namespace

// Members are destroyed in reverse order: the format context reads through `io` until it is closed.
struct MediaDecoder::Impl {
  ByteSource* source = nullptr;
  IoPtr io;
  FormatPtr format;
  CodecPtr codec;
  int stream_index = 0;
  PacketPtr packet{av_packet_alloc()};
  FramePtr frame{av_frame_alloc()};
  std::int64_t packets = 0;
  std::int64_t refused_packets = 0;
  std::int64_t frames = 0;
  bool at_end = false;

  void feed_packet();
};

MediaDecoder::MediaDecoder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MediaDecoder::MediaDecoder(MediaDecoder&&) noexcept = default;
MediaDecoder& MediaDecoder::operator=(MediaDecoder&&) noexcept = default;
MediaDecoder::~MediaDecoder() = default;

Result<MediaDecoder> MediaDecoder::open(ByteSource& source) {
  silence_libav();
  auto impl = std::make_unique<Impl>();
  impl->source = &source;
  impl->io = open_io(source);
  ASSIGN_OR_RETURN(FormatPtr format, open_container(*impl->io, source));
  impl->format = std::move(format);
  const int best = av_find_best_stream(impl->format.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (best < 0) return not_audio("the file holds no audio stream");
  for (unsigned i = 0; i < impl->format->nb_streams; ++i) {
    if (static_cast<int>(i) != best) impl->format->streams[i]->discard = AVDISCARD_ALL;
  }
  ASSIGN_OR_RETURN(impl->codec, open_codec(*impl->format->streams[best]));
  impl->stream_index = best;
  return MediaDecoder(std::move(impl));
}

// Sends the decoder the next packet of the stream, or the end.
void MediaDecoder::Impl::feed_packet() {
  int error = av_read_frame(format.get(), packet.get());
  // An empty packet would mean the end to the decoder.
  while (error >= 0 && (packet->stream_index != stream_index || packet->size == 0)) {
    av_packet_unref(packet.get());
    error = av_read_frame(format.get(), packet.get());
  }
  if (error < 0) {  // the end, or a container broken from here on: the part before it is kept
    at_end = true;
    avcodec_send_packet(codec.get(), nullptr);
    return;
  }
  ++packets;
  if (avcodec_send_packet(codec.get(), packet.get()) < 0) ++refused_packets;
  av_packet_unref(packet.get());
}

Result<const AVFrame*> MediaDecoder::next_frame() {
  Impl& state = *impl_;
  while (true) {
    const int error = avcodec_receive_frame(state.codec.get(), state.frame.get());
    if (error >= 0) {
      ++state.frames;
      return state.frame.get();
    }
    if (error != AVERROR(EAGAIN) && error != AVERROR_EOF) ++state.refused_packets;
    if (state.at_end) break;
    state.feed_packet();
  }
  if (state.source->failed())
    return Status(Code::kFileUnreadable, "audio", "reading stopped half-way");
  // One is always tolerated: the last packet of an upload that broke off.
  const std::int64_t bearable =
      state.frames > 0 ? std::max<std::int64_t>(1, state.packets / 10) : 0;
  if (state.refused_packets > bearable) {
    return not_audio(std::to_string(state.refused_packets) + " of " +
                     std::to_string(state.packets) + " packets are broken");
  }
  return nullptr;
}

std::string MediaDecoder::container() const {
  const std::string names = impl_->format->iformat->name;
  return names.substr(0, names.find(','));
}

std::string MediaDecoder::codec() const { return avcodec_get_name(impl_->codec->codec_id); }

SampleStep MediaDecoder::sample_step() const {
  switch (impl_->codec->codec_id) {
    case AV_CODEC_ID_PCM_U8:
    case AV_CODEC_ID_PCM_S8:
      return {1.0 / 128, 0};
    // 16 steps per octave, so 1/16 to 1/32 of the level.
    case AV_CODEC_ID_PCM_ALAW:
    case AV_CODEC_ID_PCM_MULAW:
      return {1.0 / 32768, 1.0 / 32};
    default:
      return {};
  }
}

double MediaDecoder::declared_duration_s() const {
  const std::int64_t duration = impl_->format->duration;
  return duration == AV_NOPTS_VALUE ? 0 : static_cast<double>(duration) / AV_TIME_BASE;
}

}  // namespace saywell
