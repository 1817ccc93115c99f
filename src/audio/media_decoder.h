// One audio stream of a container, decoded packet by packet. Nothing else opens libav's demuxers
// and decoders.
//
// An allow-list names the demuxers and decoders that the service promises; the content alone
// chooses among them. No protocol is allowed, so a container that refers to other files or to
// addresses reaches nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "audio/byte_source.h"
#include "audio/clip_meter.h"
#include "saywell/status.h"

struct AVFrame;

namespace saywell {

class MediaDecoder {
 public:
  // Sniffs `source` (which must outlive the decoder) and opens its best audio stream. Errors: 40003
  // no audio, no allowed container or codec, no usable sample rate or channel count.
  static Result<MediaDecoder> open(ByteSource& source);

  MediaDecoder(MediaDecoder&&) noexcept;
  MediaDecoder& operator=(MediaDecoder&&) noexcept;
  ~MediaDecoder();

  // The next decoded frame, valid until the next call; nullptr at the end. A packet that the
  // decoder refuses is skipped. Errors: 40002 the source failed · 40003, at the end: more than a
  // tenth of the packets were refused.
  Result<const AVFrame*> next_frame();

  std::string container() const;       // the demuxer's first name, e.g. "matroska"
  std::string codec() const;           // the codec's name, e.g. "opus"
  SampleStep sample_step() const;      // of the stored samples; 16 bits for lossy codecs
  double declared_duration_s() const;  // as the container declares; 0: it does not

 private:
  struct Impl;
  explicit MediaDecoder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saywell
