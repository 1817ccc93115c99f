// Voices of known F0 for tests: pulses or noise through the formants of a vowel.
#pragma once

#include <functional>
#include <vector>

namespace saywell {

struct SyntheticVoice {
  double duration_s = 1;
  double voiced_from_s = 0;  // sound is heard in [voiced_from_s, voiced_to_s)
  double voiced_to_s = 1;
  std::function<double(double)> f0_hz = [](double) { return 120.0; };  // of the time in seconds
  double breath = 0.003;     // aspiration noise, as a share of the pulses
  double background = 1e-4;  // rms of white noise over all of it
  bool whispered = false;    // noise in place of the pulses
};

// 16 kHz mono, always the same for the same description.
std::vector<float> synthesize(const SyntheticVoice& voice);

enum class NoiseColour { kWhite, kPink };
std::vector<float> synthesize_noise(double duration_s, NoiseColour colour, unsigned seed);

}  // namespace saywell
