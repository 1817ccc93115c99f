#include "signal/testing/synthetic_voice.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>

#include "audio/media_to_pcm.h"

namespace saywell {
namespace {

struct Formant {
  double centre_hz;
  double width_hz;
};
constexpr std::array<Formant, 4> kVowel = {{{600, 90}, {1400, 120}, {2500, 180}, {3500, 250}}};

void resonate(std::vector<double>& signal, const Formant& formant) {
  const double radius = std::exp(-std::numbers::pi * formant.width_hz / kSampleRateHz);
  const double near =
      2 * radius * std::cos(2 * std::numbers::pi * formant.centre_hz / kSampleRateHz);
  const double far = -radius * radius;
  double last = 0, before = 0;
  for (double& sample : signal) {
    sample = (1 - near - far) * sample + near * last + far * before;
    before = last;
    last = sample;
  }
}

// The airflow's derivative over one period: a slow rise, then the closure (after KLGLOTT88; Klatt &
// Klatt, "Analysis, synthesis, and perception of voice quality variations", 1990).
double glottal_pulse(double phase) {
  constexpr double kOpenShare = 0.6;
  if (phase > kOpenShare) return 0;
  const double t = phase / kOpenShare;
  return 2 * t - 3 * t * t;
}

}  // namespace

std::vector<float> synthesize(const SyntheticVoice& voice) {
  std::mt19937 random(1);
  std::normal_distribution<double> noise;
  std::vector<double> signal(
      static_cast<std::size_t>(std::lround(voice.duration_s * kSampleRateHz)));
  double phase = 0;
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double time_s = static_cast<double>(i) / kSampleRateHz;
    if (time_s < voice.voiced_from_s || time_s >= voice.voiced_to_s) continue;
    phase += voice.f0_hz(time_s) / kSampleRateHz;
    phase -= std::floor(phase);
    signal[i] =
        voice.whispered ? 0.3 * noise(random) : glottal_pulse(phase) + voice.breath * noise(random);
  }
  for (const Formant& formant : kVowel) resonate(signal, formant);
  std::vector<float> samples;
  for (const double sample : signal) {
    samples.push_back(static_cast<float>(0.2 * sample + voice.background * noise(random)));
  }
  return samples;
}

std::vector<float> synthesize_noise(double duration_s, NoiseColour colour, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise;
  std::vector<float> samples(static_cast<std::size_t>(std::lround(duration_s * kSampleRateHz)));
  // The sum of one-pole low-passes an octave or two apart falls by about 3 dB per octave.
  constexpr std::array<double, 5> kPoles = {0.99, 0.96, 0.85, 0.5, 0};
  std::array<double, kPoles.size()> states{};
  for (float& sample : samples) {
    double sum = noise(random);
    if (colour == NoiseColour::kPink) {
      const double input = sum;
      sum = 0;
      for (std::size_t i = 0; i < kPoles.size(); ++i) {
        states[i] = kPoles[i] * states[i] + std::sqrt(1 - kPoles[i]) * input;
        sum += states[i];
      }
    }
    sample = static_cast<float>(0.05 * sum);
  }
  return samples;
}

}  // namespace saywell
