#!/usr/bin/env python3
"""`saywell transcribe`: native speech in every format; no words from silence, noise and tones; bad input.

    transcribe_test.py PROGRAM
"""

import json
import math
import os
import random
import re
import tempfile
import unittest
import wave
from pathlib import Path

from program_under_test import CARDS, DATA, NOVEL, NOVEL_TEXT, read_wav, saywell, write_wav

LIBRIVOX = DATA / "librivox"
RATE_HZ = 16000
MAX_WORD_ERROR_RATE = 0.065
REFUSED, USAGE, FILE_PROBLEM = 1, 2, 3


def words_of(text):
    plain = text.lower().replace("-", " ").replace("mr.", "mister")
    return re.sub(r"[^a-z' ]", " ", plain).split()


def edit_distance(expected, actual):
    distances = list(range(len(actual) + 1))
    for i, word in enumerate(expected, 1):
        previous, distances[0] = distances[0], i
        for j, other in enumerate(actual, 1):
            substituted = previous + (word != other)
            previous = distances[j]
            distances[j] = min(distances[j] + 1, distances[j - 1] + 1, substituted)
    return distances[-1]


def references():
    """The sentences of the LibriVox recordings: {file name without suffix: words}."""
    texts = {}
    for line in (LIBRIVOX / "transcription").read_text().splitlines():
        match = re.fullmatch(r"<s> (.*) </s> \((.*)\)", line.strip())
        if match:
            texts[match.group(2)] = re.sub(r"\(\d+\)", "", match.group(1)).split()
    return texts


class Transcribe(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.scratch = Path(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def transcribe(self, audio, *options):
        done = saywell("transcribe", audio, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.decode()

    def file(self, samples):
        path = self.scratch / "audio.wav"
        write_wav(path, [round(sample) for sample in samples])
        return path

    def no_words(self, samples):
        done = saywell("transcribe", self.file(samples))
        self.assertEqual(done.returncode, REFUSED, done)
        self.assertRegex(done.stderr.decode(), "saywell: (20001|20402) ")
        self.assertEqual(done.stdout, b"")

    def test_native_sentences_are_written_down(self):
        wrong = count = 0
        for name, expected in references().items():
            text = self.transcribe(LIBRIVOX / f"{name}.wav")
            wrong += edit_distance([word.lower() for word in expected], words_of(text))
            count += len(expected)
        self.assertGreater(count, 50)
        self.assertLessEqual(wrong / count, MAX_WORD_ERROR_RATE)

    def test_json_has_words_in_order_with_times_and_confidence(self):
        answer = json.loads(self.transcribe(NOVEL, "--format", "json"))
        self.assertEqual(answer["rec"], NOVEL_TEXT)
        self.assertEqual([word["txt"] for word in answer["align"]], NOVEL_TEXT.rstrip(".").split())
        with wave.open(str(NOVEL)) as file:
            length_ms = 1000 * file.getnframes() / file.getframerate()
        last_end = 0
        for word in answer["align"]:
            self.assertLessEqual(last_end, word["start"])
            self.assertLess(word["start"], word["end"])
            self.assertGreater(word["conf"], 0.8)
            last_end = word["end"]
        self.assertLessEqual(last_end, length_ms)
        self.assertGreater(answer["conf"], 0.9)

    def test_word_times_are_those_of_align(self):
        starts = {}
        for line in saywell("align", NOVEL, "--text", NOVEL_TEXT).stdout.decode().splitlines():
            start, _, _, word = line.split("\t")
            starts.setdefault(word, 1000 * float(start))
        for word in json.loads(self.transcribe(NOVEL, "--format", "json"))["align"]:
            self.assertAlmostEqual(word["start"], starts[word["txt"]], delta=50)

    def test_subtitles_ctm_and_textgrid(self):
        srt = self.transcribe(NOVEL, "--format", "srt")
        self.assertRegex(srt, r"\A1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\nHe might even")
        self.assertTrue(self.transcribe(NOVEL, "--format", "vtt").startswith("WEBVTT\n\n00:00:00."))
        ctm = self.transcribe(NOVEL, "--format", "ctm").splitlines()
        self.assertEqual([line.split()[4] for line in ctm], NOVEL_TEXT.rstrip(".").split())
        self.assertIn('text = "amiable"', self.transcribe(NOVEL, "--format", "textgrid"))

    def test_long_speech_is_cut_at_pauses(self):
        pause = [0] * (2 * RATE_HZ)
        speech = list(read_wav(NOVEL))
        answer = json.loads(self.transcribe(self.file(speech + pause + speech + pause + speech), "--format", "json"))
        self.assertEqual(answer["rec"], " ".join([NOVEL_TEXT] * 3))
        third = 1000 * (2 * len(speech) + 2 * len(pause)) / RATE_HZ
        self.assertGreaterEqual(answer["align"][16]["start"], third - 50)

    def test_silence_noise_and_tones_have_no_words(self):
        random.seed(1)
        self.no_words([0] * (3 * RATE_HZ))
        self.no_words([random.gauss(0, 3000) for _ in range(4 * RATE_HZ)])
        hum = [4000 * math.sin(2 * math.pi * 50 * i / RATE_HZ) for i in range(3 * RATE_HZ)]
        self.no_words(hum)
        chord = [
            sum(2500 * math.sin(2 * math.pi * hz * 2 ** (i // 8000 / 12) * i / RATE_HZ) for hz in (262, 330, 392))
            for i in range(4 * RATE_HZ)
        ]
        self.no_words(chord)

    def test_a_pipe_is_read_to_its_end(self):
        done = saywell("transcribe", "-", stdin=NOVEL.read_bytes())
        self.assertEqual(done.stdout.decode(), NOVEL_TEXT + "\n")

    def test_without_the_decoder_the_file_is_named_and_assess_works(self):
        models = Path(os.environ["SAYWELL_MODEL_DIR"])
        others = self.scratch / "models"
        others.mkdir()
        for model in models.iterdir():
            if model.name != "moonshine_base_decoder.onnx":
                (others / model.name).symlink_to(model)
        done = saywell("--model-dir", others, "transcribe", NOVEL)
        self.assertEqual(done.returncode, FILE_PROBLEM, done)
        self.assertIn(b"40051", done.stderr)
        self.assertIn(b"moonshine_base_decoder.onnx", done.stderr)
        done = saywell("--model-dir", others, "assess", NOVEL, "--text", NOVEL_TEXT)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_one_sentence_of_a_grammar_is_recognised(self):
        grammar = "he (might|may) even have been made (amiable|visible) himself | ten of clubs | yes I do | no"
        answer = json.loads(self.transcribe(NOVEL, "--grammar", grammar, "--format", "json"))
        self.assertEqual(answer["rec"], "he might even have been made amiable himself")
        self.assertGreater(answer["conf"], 0.8)
        self.assertLess(answer["starttime"], answer["endtime"])
        self.assertEqual(answer["nbest"][0], {"rec": answer["rec"], "conf": answer["conf"]})
        self.assertEqual(self.transcribe(CARDS, "--grammar", grammar), "ten of clubs\n")

    def test_nothing_of_the_grammar_was_said(self):
        done = saywell("transcribe", NOVEL, "--grammar", "yes I do | what time is it please")
        self.assertEqual(done.returncode, REFUSED, done)
        self.assertIn(b"saywell: 20302 ", done.stderr)

    def test_a_wrong_grammar_is_refused_with_its_place(self):
        for grammar, place in (("a (b", "byte 2"), ("a | | b", "byte 4"), ("no 镇", "no 镇")):
            done = saywell("transcribe", NOVEL, "--grammar", grammar)
            self.assertEqual(done.returncode, USAGE, done)
            self.assertIn("saywell: 40031 ", done.stderr.decode())
            self.assertIn("grammar", done.stderr.decode())
            self.assertIn(place, done.stderr.decode())

    def test_wrong_usage(self):
        self.assertEqual(saywell("transcribe", NOVEL, "--grammar", "a", "--format", "srt").returncode, USAGE)
        self.assertEqual(saywell("transcribe", NOVEL, "--format", "doc").returncode, USAGE)
        self.assertEqual(saywell("transcribe").returncode, USAGE)
        self.assertEqual(saywell("transcribe", "/nonexistent.wav").returncode, FILE_PROBLEM)

    def test_help_has_examples(self):
        self.assertIn(b"saywell transcribe talk.mp3 --format srt", saywell("transcribe", "--help").stdout)


if __name__ == "__main__":
    unittest.main()
