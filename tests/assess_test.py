#!/usr/bin/env python3
"""`saywell assess` as users run it: every format, every coreType, every option.

    assess_test.py PROGRAM
"""

import json
import math
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from program_under_test import (
    CARDS,
    CARDS_TEXT,
    NOVEL,
    NOVEL_TEXT,
    check_envelope,
    numbers,
    read_wav,
    saywell,
    write_wav,
)


def assess(audio, text, *options):
    done = saywell("assess", audio, "--text", text, "--format", "json", *options)
    answer = json.loads(done.stdout)
    check_envelope(answer)
    if done.returncode != 0:
        raise AssertionError(f"{done.returncode}: {answer.get('error')}")
    return answer


def result_of(audio, text, *options):
    return assess(audio, text, *options)["result"]


class Assess(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.scratch = Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)

    def test_a_sentence(self):
        answer = assess(NOVEL, NOVEL_TEXT)
        self.assertEqual(answer["params"], {"refText": NOVEL_TEXT})
        result = answer["result"]
        self.assertEqual([word["char"] for word in result["details"]], NOVEL_TEXT.rstrip(".").split())
        self.assertEqual({word["miscue"] for word in result["details"]}, {"none"})
        self.assertEqual(result["wavetime"], round(len(read_wav(NOVEL)) / 16))
        self.assertEqual(result["info"]["tipId"], 0)

    def test_times_are_in_order_and_within_the_audio(self):
        result = result_of(NOVEL, NOVEL_TEXT)
        end = 0
        for word in result["details"]:
            self.assertGreaterEqual(word["start"], end)
            end = word["end"]
            self.assertEqual(word["dur"], word["end"] - word["start"])
            said = [phone for phone in word["phone"] if phone["start"] is not None]
            self.assertEqual(said[0]["start"], word["start"])
            self.assertEqual(said[-1]["end"], word["end"])
        self.assertLessEqual(end, result["wavetime"])

    def test_every_core_type(self):
        word = self.scratch / "word.wav"
        subprocess.run(["flite", "-voice", "slt", "-t", "metal", "-o", word], check=True, capture_output=True)
        syllables = result_of(word, "metal", "--quality", "advise")["details"][0]["stress"]
        self.assertEqual([syllable["char"] for syllable in syllables], ["m_eh", "t_ah_l"])
        self.assertEqual([syllable["ref"] for syllable in syllables], [1, 0])
        pron = result_of(word, "metal", "--core-type", "en.word.pron", "--quality", "advise")
        self.assertIn("metal", [entry["lab"] for entry in pron["details"]])
        paragraph = result_of(CARDS, "Ten. Of clubs.", "--core-type", "en.pred.score")
        self.assertEqual([sentence["char"] for sentence in paragraph["details"]], ["Ten", "Of clubs"])
        self.assertEqual(len(paragraph["details"][1]["snt_details"]), 2)
        pron = result_of(CARDS, CARDS_TEXT, "--core-type", "en.sent.pron")
        self.assertEqual([entry["lab"] for entry in pron["details"]], ["Ten", "of", "clubs"])

    def test_miscues(self):
        result = result_of(NOVEL, "He might even have been quite made amiable himself.")
        self.assertEqual([word["char"] for word in result["details"] if word["miscue"] == "omission"], ["quite"])
        left_out = next(word for word in result["details"] if word["char"] == "quite")
        self.assertIsNone(left_out["start"])
        self.assertEqual(left_out["score"], 0)
        result = result_of(NOVEL, "He might have been made amiable himself.")
        self.assertEqual([(extra["kind"], extra["after"]) for extra in result["extra"]], [("insertion", 1)])

    def test_rank_and_precision_show_the_same_score(self):
        precise = result_of(CARDS, CARDS_TEXT, "--precision", "0.1")
        self.assertEqual(result_of(CARDS, CARDS_TEXT, "--precision", "1")["rank"], 100)
        for rank in (2, 4, 5):
            ranked = result_of(CARDS, CARDS_TEXT, "--rank", rank)
            self.assertEqual(ranked["rank"], rank)
            for name in ("overall", "accuracy", "pron"):
                self.assertEqual(ranked[name], math.floor(precise[name] / 100 * rank + 0.5), name)

    def test_given_phones_are_those_of_the_answer(self):
        given = "T IH N|AH V|K L AA B Z"
        result = result_of(CARDS, CARDS_TEXT, "--phones", given)
        phones = [[phone["char"] for phone in word["phone"]] for word in result["details"]]
        self.assertEqual(phones, [word.lower().split() for word in given.split("|")])
        ipa = result_of(CARDS, CARDS_TEXT, "--phones", given, "--alphabet", "ipa")
        self.assertEqual([phone["char"] for phone in ipa["details"][0]["phone"]], ["t", "ɪ", "n"])

    def test_standard_input_and_a_wrong_extension_change_nothing(self):
        expected = numbers(result_of(CARDS, CARDS_TEXT))
        misnamed = self.scratch / "ten.mp3"
        shutil.copy(CARDS, misnamed)
        self.assertEqual(numbers(result_of(misnamed, CARDS_TEXT)), expected)
        piped = saywell("assess", "-", "--text", CARDS_TEXT, "--format", "json", stdin=CARDS.read_bytes())
        self.assertEqual(numbers(json.loads(piped.stdout)["result"]), expected)

    def test_text_from_a_file(self):
        text = self.scratch / "text.txt"
        text.write_text(CARDS_TEXT + "\n", encoding="utf-8")
        done = saywell("assess", CARDS, "--text-file", text, "--format", "json")
        self.assertEqual(numbers(json.loads(done.stdout)["result"]), numbers(result_of(CARDS, CARDS_TEXT)))

    def test_the_table_is_coloured_when_asked(self):
        plain = saywell("assess", CARDS, "--text", CARDS_TEXT)
        self.assertEqual(plain.returncode, 0)
        self.assertNotIn(b"\x1b", plain.stdout)
        self.assertIn("x real time", plain.stdout.decode())
        coloured = saywell("assess", CARDS, "--text", CARDS_TEXT, "--color", "always")
        self.assertIn(b"\x1b[38;2;", coloured.stdout)

    def test_textgrid_opens_in_praat(self):
        grid, script = self.scratch / "ten.TextGrid", self.scratch / "open.praat"
        grid.write_bytes(saywell("assess", CARDS, "--text", CARDS_TEXT, "--format", "textgrid").stdout)
        script.write_text(
            "form f\n text file\nendform\nRead from file: file$\nn = Get number of intervals: 1\n"
            "for i to n\n label$ = Get label of interval: 1, i\n appendInfoLine: label$\nendfor\n",
            encoding="utf-8",
        )
        done = subprocess.run(["praat", "--run", script, grid], capture_output=True, check=True)
        self.assertEqual(done.stdout.decode().split(), ["Ten", "of", "clubs"])

    def test_ctm(self):
        lines = saywell("assess", CARDS, "--text", CARDS_TEXT, "--format", "ctm").stdout.decode().splitlines()
        words = lines[lines.index(";; words") + 1 : lines.index(";; phones")]
        self.assertEqual([line.split()[4] for line in words], ["Ten", "of", "clubs"])
        for line in words:
            name, channel, start_s, duration_s, _, confidence = line.split()
            self.assertEqual((name, channel), ("001", "1"))
            self.assertGreater(float(duration_s), 0)
            self.assertGreaterEqual(float(start_s), 0)
            self.assertLessEqual(float(confidence), 1)

    def test_advise_scores_what_strict_refuses(self):
        quiet = write_wav(self.scratch / "quiet.wav", [sample // 128 for sample in read_wav(CARDS)])
        strict = saywell("assess", quiet, "--text", CARDS_TEXT, "--format", "json")
        self.assertEqual((strict.returncode, json.loads(strict.stdout)["errID"]), (1, 20402))
        advised = result_of(quiet, CARDS_TEXT, "--quality", "advise")
        self.assertEqual(advised["info"]["tipId"], 90003)
        plain = result_of(CARDS, CARDS_TEXT)
        self.assertAlmostEqual(advised["overall"], plain["overall"], delta=5)
        self.assertEqual({word["miscue"] for word in advised["details"]}, {"none"})

    def test_a_deadline_that_cannot_be_met(self):
        done = saywell("assess", NOVEL, "--text", NOVEL_TEXT, "--deadline-ms", "0.001", "--format", "json")
        answer = json.loads(done.stdout)
        check_envelope(answer)
        self.assertEqual((done.returncode, answer["errID"]), (1, 503))


if __name__ == "__main__":
    unittest.main()
