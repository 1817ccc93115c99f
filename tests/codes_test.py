#!/usr/bin/env python3
"""Every code of the kernel by its condition, on real speech where speech is needed.

    codes_test.py PROGRAM
"""

import json
import math
import random
import subprocess
import tempfile
import unittest
from pathlib import Path

import program_under_test as program

TEXT = "he might even have been made amiable himself"
FULL_SCALE = 32767


def level(samples):
    return math.sqrt(sum(s * s for s in samples) / len(samples))


class Codes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.scratch = Path(cls.folder.name)
        cls.speech = list(program.read_wav(program.NOVEL))
        cls.random = random.Random(1)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def assess(self, samples, text=TEXT, *options):
        limited = [max(-FULL_SCALE, min(FULL_SCALE, round(s))) for s in samples]
        path = program.write_wav(self.scratch / "recording.wav", limited)
        done = program.saywell("assess", path, "--text", text, "--format", "json", *options)
        return json.loads(done.stdout), done.returncode

    def refused(self, code, samples, text=TEXT, *options):
        answer, exit_status = self.assess(samples, text, *options)
        self.assertEqual(answer.get("errID"), code, answer)
        self.assertNotIn("result", answer)
        self.assertTrue(answer["error"])
        self.assertEqual(exit_status, 1)

    def noise(self, count, rms):
        return [self.random.gauss(0, rms) for _ in range(count)]

    def test_the_recording_as_it_is_is_assessed(self):
        answer, exit_status = self.assess(self.speech)
        self.assertEqual(exit_status, 0)
        self.assertGreater(answer["result"]["overall"], 80)

    def test_20001_no_speech(self):
        self.refused(20001, [0] * 32000)
        self.refused(20001, [6000 * math.sin(2 * math.pi * 50 * i / 16000) for i in range(32000)])

    def test_20002_no_samples(self):
        self.refused(20002, [])

    def whispered(self):
        path = self.scratch / "whisper.wav"
        subprocess.run(["espeak-ng", "-v", "en-us+whisper", "-w", path, TEXT], check=True)
        converted = self.scratch / "whisper16.wav"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", path, "-ar", "16000", "-ac", "1", converted], check=True)
        return list(program.read_wav(converted))

    def test_20101_a_whisper_has_no_f0(self):
        self.refused(20101, self.whispered())

    def test_20102_a_voice_too_short_to_be_a_segment(self):
        whisper = self.whispered()
        # Three periods of a voiced stretch of the real speech, alone in the whisper.
        loudest = max(range(0, len(self.speech) - 800, 400), key=lambda at: level(self.speech[at : at + 800]))
        gain = 3 * level(whisper) / level(self.speech[loudest : loudest + 800])
        voiced = [gain * s for s in self.speech[loudest : loudest + 640]]
        at = len(whisper) // 2
        self.refused(20102, whisper[:at] + voiced + whisper[at:])

    def test_20300_speech_that_breaks_off(self):
        self.refused(20300, self.speech[: int(1.52 * 16000)])

    def test_20301_a_word_without_pronunciation_is_named(self):
        answer, _ = self.assess(self.speech, "he might xqzt")
        self.assertEqual(answer["errID"], 20301)
        self.assertIn("xqzt", answer["error"])

    def test_20302_another_text(self):
        self.refused(20302, self.speech, "the quick brown fox jumps over the lazy dog near a river")

    def test_20303_more_phones_than_frames(self):
        self.refused(20303, self.speech[:8000], " ".join([TEXT] * 3))

    def test_20401_noise_as_loud_as_the_speech(self):
        noise = self.noise(len(self.speech), level(self.speech))
        self.refused(20401, [0.5 * (s + n) for s, n in zip(self.speech, noise)])

    def test_20402_too_quiet(self):
        gain = FULL_SCALE * 10 ** (-60 / 20) / level(self.speech)
        self.refused(20402, [gain * s for s in self.speech])

    def test_20403_too_loud_without_clipping(self):
        peak = max(abs(s) for s in self.speech)
        # A limiter rounds the peaks off instead of cutting them, so no two neighbours are equal.
        limited = [0.8 * FULL_SCALE * math.tanh(12 * s / peak) for s in self.speech]
        self.refused(20403, [s + n for s, n in zip(limited, self.noise(len(limited), 150))])

    def test_20404_clipped(self):
        limit = sorted(abs(s) for s in self.speech)[int(0.95 * len(self.speech))]
        self.refused(20404, [max(-limit, min(limit, s)) for s in self.speech])

    def test_503_the_deadline_has_passed(self):
        self.refused(503, self.speech, TEXT, "--deadline-ms", "1")

    def test_the_quality_codes_become_a_tip_when_asked_so(self):
        limit = sorted(abs(s) for s in self.speech)[int(0.95 * len(self.speech))]
        answer, _ = self.assess([max(-limit, min(limit, s)) for s in self.speech], TEXT, "--quality", "advise")
        self.assertEqual(answer["result"]["info"]["tipId"], 90004)


if __name__ == "__main__":
    unittest.main()
