#!/usr/bin/env python3
"""The commands `decode` and `quality` as users run them: files, pipes, bad input, exit status.

    audio_commands_test.py PROGRAM
"""

import array
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import unittest
import wave
from pathlib import Path

PROGRAM = Path(sys.argv.pop(1)).resolve()
SPEECH = Path("/usr/share/pocketsphinx/test/data/cards/002.wav")


def saywell(*arguments, stdin=b""):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=False)


def read_wav(path):
    with wave.open(str(path)) as file:
        return array.array("h", file.readframes(file.getnframes()))


def write_wav(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(array.array("h", [max(-32768, min(32767, round(s))) for s in samples]).tobytes())


class AudioCommands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.scratch = Path(cls.folder.name)
        cls.speech = read_wav(SPEECH)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def refused(self, code, exit_status, *arguments, stdin=b""):
        done = saywell(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, exit_status, done)
        self.assertIn(f"saywell: {code} ".encode(), done.stderr)
        self.assertEqual(done.stdout, b"")

    def verdict(self, samples):
        path = self.scratch / "quality.wav"
        write_wav(path, samples)
        done = saywell("quality", path, "--format", "json")
        answer = json.loads(done.stdout)
        self.assertEqual(done.returncode, 1 if "errID" in answer else 0)
        return answer.get("errID", 0)

    def test_decode_tells_the_source(self):
        answer = json.loads(saywell("decode", SPEECH, "--format", "json").stdout)
        self.assertEqual(answer["container"], "wav")
        self.assertEqual(answer["codec"], "pcm_s16le")
        self.assertEqual(answer["sampleRate"], 16000)
        self.assertEqual(answer["channels"], 1)
        self.assertAlmostEqual(answer["duration"], len(self.speech) / 16000, places=3)

    def test_decode_writes_the_same_samples(self):
        output = self.scratch / "out.wav"
        self.assertEqual(saywell("decode", SPEECH, "--output", output).returncode, 0)
        self.assertEqual(read_wav(output), self.speech)

    def test_standard_input_and_output(self):
        done = saywell("decode", "-", "--output", "-", stdin=SPEECH.read_bytes())
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout[44:], self.speech.tobytes())

    def test_a_pipe_that_ends_early_gives_what_came(self):
        done = saywell("decode", "-", "--output", "-", stdin=SPEECH.read_bytes()[:20044])
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout[44:], self.speech.tobytes()[: len(done.stdout) - 44])
        self.assertGreater(len(done.stdout), 19000)

    def test_bad_audio_has_its_code(self):
        text = self.scratch / "notes.wav"
        text.write_text("these are notes, not a recording\n" * 10)
        self.refused(40001, 3, "decode", self.scratch / "nowhere.wav")
        self.refused(40002, 3, "decode", self.scratch)
        self.refused(40003, 3, "decode", text)
        self.refused(40003, 3, "quality", text)
        self.refused(40003, 3, "decode", "-", stdin=os.urandom(5000))
        self.refused(40004, 3, "decode", "-")
        self.refused(40004, 3, "quality", "-", stdin=b"FLV\x01\x05\0\0\0\x09\0\0\0\0")
        self.refused(20002, 1, "decode", "-", stdin=SPEECH.read_bytes()[:44])

    def test_a_full_disk_is_told(self):
        self.refused(40002, 3, "decode", SPEECH, "--output", "/dev/full")
        self.assertTrue(Path("/dev/full").exists())

    def test_wrong_usage(self):
        self.assertEqual(saywell("decode").returncode, 2)
        self.assertEqual(saywell("quality", SPEECH, "--format", "xml").returncode, 2)

    def test_good_speech_is_good(self):
        self.assertEqual(self.verdict(self.speech), 0)

    def test_every_fault_has_its_code(self):
        rng = random.Random(1)
        rms = math.sqrt(sum(s * s for s in self.speech) / len(self.speech))
        peak = max(map(abs, self.speech))
        loudest = sorted(map(abs, self.speech))
        level = loudest[int(0.95 * len(loudest))]
        faults = {
            20001: [0] * 32000,
            20402: [s * 32.768 / rms for s in self.speech],  # -60 dBFS
            20404: [max(-level, min(level, s)) for s in self.speech],
            20403: [math.copysign(32000 * (abs(s) / peak) ** 0.3, s) for s in self.speech],  # compressed
            20401: [0.4 * (s + rng.gauss(0, rms)) for s in self.speech],  # white noise to 0 dB
        }
        for code, samples in faults.items():
            with self.subTest(code=code):
                self.assertEqual(self.verdict(samples), code)


if __name__ == "__main__":
    unittest.main()
