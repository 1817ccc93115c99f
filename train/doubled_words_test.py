import pathlib
import subprocess
import tempfile
import unittest
import wave

import numpy as np

from corpus import Utterance
from doubled_words import JITTER_S, RATE_HZ, read_doubled, write_doubled


class DoubledWordsTest(unittest.TestCase):
    def test_a_word_that_is_long_enough_is_heard_twice(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            audio = folder / "u.flac"
            # A tone of 1 s; its second half is the word.
            subprocess.run(
                ["sox", "-R", "-n", "-r", str(RATE_HZ), "-b", "16", "-c", "1", audio, "synth", "1", "sine", "50-500"],
                check=True,
            )
            words = [["IH", "T"], ["K", "AO", "L"]]
            utterance = Utterance("u", "s", audio, "it call", words, [2.0] * 5, [[10.0] * 3] * 2, [9.0] * 5)
            write_doubled({"u": utterance}, {"u": [(0.1, 0.15), (0.5, 1.0)]}, folder / "doubled", jobs=1, seed=1)
            path, place = read_doubled(folder / "doubled")["u"]
            self.assertEqual(place, 1)
            with wave.open(str(path)) as doubled:
                self.assertEqual((doubled.getframerate(), doubled.getnchannels()), (RATE_HZ, 1))
                samples = np.frombuffer(doubled.readframes(doubled.getnframes()), np.int16)
            raw = subprocess.run(["sox", audio, "-t", "raw", "-"], check=True, capture_output=True).stdout
            once = np.frombuffer(raw, np.int16)
            added = len(samples) - len(once)
            self.assertLessEqual(abs(added - RATE_HZ // 2), 2 * JITTER_S * RATE_HZ)
            apart = np.flatnonzero(samples[: len(once)] != once)
            end = apart[0] if len(apart) else len(once)
            self.assertGreaterEqual(end, (1 - JITTER_S) * RATE_HZ)
            np.testing.assert_array_equal(samples[end:], once[end - added :])


if __name__ == "__main__":
    unittest.main()
