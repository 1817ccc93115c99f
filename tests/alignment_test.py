#!/usr/bin/env python3
"""Phone times of speech whose phone times are known; one changed phone beside its neighbours; miscues.

    alignment_test.py PROGRAM
"""

import difflib
import json
import statistics
import subprocess
import tempfile
import unittest
from pathlib import Path

import program_under_test as program

SENTENCES = [
    "She had your dark suit in greasy wash water all year.",
    "We went to the market to buy some bread.",
    "Please bring me a glass of cold water.",
    "The teacher wrote a long sentence on the board.",
    "There are seven days in a week.",
    "Open the window and close the door.",
]
MAX_MEDIAN_ERROR_S = 0.025
MAX_MEDIAN_CHANGE = 5
FESTIVAL_PHONES = {"ax": "ah", "axr": "er"}
SILENCES = ("pau", "#", "h#", "ssil")


def speak(folder, sentence):
    """Festival's wave file of the sentence, and its phones: [(phone, start_s, end_s)]."""
    script, wave, segments = folder / "say.scm", folder / "said.wav", folder / "said.seg"
    script.write_text(
        f'(voice_kal_diphone)\n(set! said (utt.synth (Utterance Text "{sentence}")))\n'
        f'(utt.save.wave said "{wave}" \'riff)\n(utt.save.segs said "{segments}")\n'
    )
    subprocess.run(["festival", "-b", script], check=True, capture_output=True)
    phones, start_s = [], 0.0
    for line in segments.read_text().splitlines():
        fields = line.split()
        if len(fields) != 3:
            continue
        if fields[2] not in SILENCES:
            phones.append((FESTIVAL_PHONES.get(fields[2], fields[2]), start_s, float(fields[0])))
        start_s = float(fields[0])
    return wave, phones


def aligned_phones(wave, sentence):
    lines = program.saywell("align", wave, "--text", sentence).stdout.decode().splitlines()
    fields = [line.split("\t") for line in lines]
    return [(phone, float(start), float(end)) for start, end, phone, _ in fields if start and phone != "+"]


def boundary_errors_s(known, found):
    matcher = difflib.SequenceMatcher(None, [p[0] for p in known], [p[0] for p in found], autojunk=False)
    errors = []
    for block in matcher.get_matching_blocks():
        for i in range(block.size):
            a, b = known[block.a + i], found[block.b + i]
            errors += [abs(a[1] - b[1]), abs(a[2] - b[2])]
    return errors


class Alignment(unittest.TestCase):
    def assess(self, text, *options):
        done = program.saywell(
            "assess", program.NOVEL, "--text", text, "--format", "json", "--precision", "0.1", *options
        )
        return json.loads(done.stdout)["result"]

    def test_phone_times_against_festivals_own(self):
        errors = []
        with tempfile.TemporaryDirectory() as folder:
            for sentence in SENTENCES:
                wave, known = speak(Path(folder), sentence)
                errors += boundary_errors_s(known, aligned_phones(wave, sentence))
        self.assertGreater(len(errors), 200)
        self.assertLess(statistics.median(errors), MAX_MEDIAN_ERROR_S)

    def test_one_changed_phone_leaves_the_others(self):
        asked = "HH IY|M AY T|IY V AH N|HH AE V|B IH N|M EY D|EY M IY AH B AH L|HH IH M S EH L F"
        changed = asked.replace("M EY D", "M UW D")
        text = program.NOVEL_TEXT
        before = self.scores(self.assess(text, "--phones", asked))
        after = self.scores(self.assess(text, "--phones", changed))
        at = 16  # EY of "made"
        self.assertLess(after[at], before[at] - 20)
        others = [abs(a - b) for i, (a, b) in enumerate(zip(before, after)) if i != at]
        self.assertLess(statistics.median(others), MAX_MEDIAN_CHANGE)

    @staticmethod
    def scores(result):
        return [phone["score"] for word in result["details"] for phone in word["phone"]]

    def test_miscues_are_found_not_forced(self):
        read = "he might even have been made amiable himself".split()
        added = self.assess(" ".join(read[:3] + ["purple"] + read[3:]))
        self.assertEqual([w["miscue"] for w in added["details"]], ["none"] * 3 + ["omission"] + ["none"] * 5)
        self.assertIsNone(added["details"][3]["start"])
        missing = self.assess(" ".join(read[:6] + read[7:]))
        self.assertEqual([(e["kind"], e["after"]) for e in missing["extra"]], [("insertion", 5)])
        replaced = self.assess(" ".join(read[:6] + ["wonderful"] + read[7:]))
        self.assertEqual(replaced["details"][6]["miscue"], "substitution")
        self.assertEqual(len(replaced["details"]), len(read))

    def test_half_of_the_text(self):
        half = self.assess(program.NOVEL_TEXT[:-1] + " and then walked slowly towards the garden")
        self.assertAlmostEqual(half["integrity"], 55, delta=12)
        self.assertEqual(half["info"]["tipId"], 90001)


if __name__ == "__main__":
    unittest.main()
