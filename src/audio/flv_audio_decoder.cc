#include "audio/flv_audio_decoder.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "audio/av_handles.h"
#include "audio/frame_to_channels.h"
#include "audio/media_to_pcm.h"
#include "audio/resampler.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace saywell {
namespace {

constexpr unsigned kAacFormat = 10;
constexpr std::byte kAacConfig{0};

struct FlvCodec {
  AVCodecID id = AV_CODEC_ID_NONE;
  int rate_hz = 0;
  int channels = 1;
};

// What the first byte of an audio tag says (FLV 10.1, E.4.2.1).
FlvCodec codec_of(std::byte first) {
  const auto bits = std::to_integer<unsigned>(first);
  const bool wide = (bits & 2) != 0;
  FlvCodec codec;
  codec.rate_hz = 44100 >> (3 - ((bits >> 2) & 3));
  codec.channels = (bits & 1) != 0 ? 2 : 1;
  switch (bits >> 4) {
    case 0:
    case 3:
      codec.id = wide ? AV_CODEC_ID_PCM_S16LE : AV_CODEC_ID_PCM_U8;
      return codec;
    case 1:
      codec.id = AV_CODEC_ID_ADPCM_SWF;
      return codec;
    case 2:
    case 14:
      codec.id = AV_CODEC_ID_MP3;
      return codec;
    case 4:
      return {AV_CODEC_ID_NELLYMOSER, 16000, 1};
    case 5:
      return {AV_CODEC_ID_NELLYMOSER, 8000, 1};
    case 6:
      codec.id = AV_CODEC_ID_NELLYMOSER;
      return codec;
    case 7:
      return {AV_CODEC_ID_PCM_ALAW, 8000, codec.channels};
    case 8:
      return {AV_CODEC_ID_PCM_MULAW, 8000, codec.channels};
    case kAacFormat:
      codec.id = AV_CODEC_ID_AAC;
      return codec;
    case 11:
      return {AV_CODEC_ID_SPEEX, 16000, 1};
    default:
      return codec;
  }
}

Status not_audio(const std::string& what) {
  return Status(Code::kNotConvertible, "audio: " + what);
}

// The mean of the channels.
std::vector<float> mono_of(const std::vector<std::vector<float>>& channels) {
  std::vector<float> mono(channels.empty() ? 0 : channels.front().size());
  for (const std::vector<float>& channel : channels) {
    for (std::size_t i = 0; i < mono.size(); ++i) mono[i] += channel[i];
  }
  for (float& sample : mono) sample /= static_cast<float>(channels.size());
  return mono;
}

}  // namespace

struct FlvAudioDecoder::Impl {
  std::optional<std::byte> first;  // of the payloads that `codec` decodes
  CodecPtr codec;
  PacketPtr packet{av_packet_alloc()};
  FramePtr frame{av_frame_alloc()};
  std::optional<Resampler> resampler;
  int resampled_rate_hz = 0;

  Status open(std::byte first_byte, std::span<const std::byte> config);
  Status decode(std::span<const std::byte> data, std::vector<float>& samples);
  Status take_frame(std::vector<float>& samples);
};

FlvAudioDecoder::FlvAudioDecoder() : impl_(std::make_unique<Impl>()) {}
FlvAudioDecoder::~FlvAudioDecoder() = default;

Status FlvAudioDecoder::Impl::open(std::byte first_byte, std::span<const std::byte> config) {
  const FlvCodec wanted = codec_of(first_byte);
  const AVCodec* decoder = avcodec_find_decoder(wanted.id);
  if (decoder == nullptr) {
    return not_audio("the FLV audio format " +
                     std::to_string(std::to_integer<int>(first_byte) >> 4) + " is not accepted");
  }
  codec.reset(avcodec_alloc_context3(decoder));
  codec->sample_rate = wanted.rate_hz;
  av_channel_layout_default(&codec->ch_layout, wanted.channels);
  codec->thread_count = 1;
  if (!config.empty()) {
    codec->extradata =
        static_cast<std::uint8_t*>(av_mallocz(config.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    std::memcpy(codec->extradata, config.data(), config.size());
    codec->extradata_size = static_cast<int>(config.size());
  }
  first = first_byte;
  if (avcodec_open2(codec.get(), decoder, nullptr) >= 0) return Status();
  codec.reset();
  return not_audio(std::string("the codec '") + decoder->name + "' cannot be opened");
}

Status FlvAudioDecoder::Impl::take_frame(std::vector<float>& samples) {
  const int rate_hz = frame->sample_rate;
  if (!resampler || rate_hz != resampled_rate_hz) {
    Result<Resampler> opened = Resampler::open(rate_hz, kSampleRateHz);
    if (!opened.ok()) return opened.status();
    resampler.emplace(*std::move(opened));
    resampled_rate_hz = rate_hz;
  }
  std::vector<std::vector<float>> channels;
  // Samples that are no numbers are silence here; the assessment will say what is wrong.
  if (!frame_to_channels(*frame, channels).ok()) return Status();
  resampler->push(mono_of(channels), samples);
  return Status();
}

Status FlvAudioDecoder::Impl::decode(std::span<const std::byte> data, std::vector<float>& samples) {
  // An empty packet would mean the end to the decoder.
  if (data.empty() || av_new_packet(packet.get(), static_cast<int>(data.size())) < 0) {
    return Status();
  }
  std::memcpy(packet->data, data.data(), data.size());
  const int sent = avcodec_send_packet(codec.get(), packet.get());
  av_packet_unref(packet.get());
  if (sent < 0) return Status();
  while (avcodec_receive_frame(codec.get(), frame.get()) >= 0) {
    if (Status taken = take_frame(samples); !taken.ok()) return taken;
  }
  return Status();
}

Status FlvAudioDecoder::push(std::span<const std::byte> payload, std::vector<float>& samples) {
  if (payload.empty()) return Status();
  Impl& state = *impl_;
  const std::byte first = payload[0];
  std::span<const std::byte> data = payload.subspan(1);
  if (std::to_integer<unsigned>(first) >> 4 == kAacFormat) {
    if (data.empty()) return Status();
    const bool config = data[0] == kAacConfig;
    data = data.subspan(1);
    if (config) return state.open(first, data);
    if (state.first != first) return Status();  // without its configuration no AAC can be read
  } else if (state.first != first) {
    if (Status opened = state.open(first, {}); !opened.ok()) return opened;
  }
  return state.codec ? state.decode(data, samples) : Status();
}

}  // namespace saywell
