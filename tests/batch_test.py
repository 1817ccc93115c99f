#!/usr/bin/env python3
"""`saywell batch` as users run it: order, errors, the same values as `assess`, interruption, full disk.

    batch_test.py PROGRAM
"""

import json
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from program_under_test import (
    CARDS,
    CARDS_TEXT,
    LONGEST_RUN_S,
    NOVEL,
    NOVEL_TEXT,
    PROGRAM,
    check_batch_line,
    numbers,
    saywell,
)


def line(audio=CARDS, text=CARDS_TEXT, **fields):
    return json.dumps({"audio": str(audio), "refText": text, **fields})


class Batch(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.scratch = Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)
        self.list = self.scratch / "in.jsonl"
        self.output = self.scratch / "out.jsonl"

    def batch(self, lines, *options):
        self.list.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = saywell("batch", self.list, "--output", self.output, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(Path(f"{self.output}.part").exists())
        answers = [json.loads(text) for text in self.output.read_text(encoding="utf-8").splitlines()]
        for answer in answers:
            check_batch_line(answer)
        return answers

    def test_answers_come_in_the_order_of_the_lines(self):
        lines = [line(NOVEL, NOVEL_TEXT, id="long") if i % 3 == 0 else line(id=i) for i in range(8)]
        for jobs in (1, 3):
            answers = self.batch(lines, "--jobs", jobs)
            self.assertEqual([answer["id"] for answer in answers], ["long", 1, 2, "long", 4, 5, "long", 7])
            self.assertTrue(all("result" in answer for answer in answers))

    def test_the_numbers_are_those_of_assess(self):
        fields = {"coreType": "en.sent.pron", "rank": 100, "precision": 0.1, "alphabet": "ipa"}
        options = ("--core-type", "en.sent.pron", "--rank", "100", "--precision", "0.1", "--alphabet", "ipa")
        answers = self.batch([line(NOVEL, NOVEL_TEXT), line(), line(**fields)], "--jobs", "2")
        for answer, (audio, text, extra) in zip(
            answers, [(NOVEL, NOVEL_TEXT, ()), (CARDS, CARDS_TEXT, ()), (CARDS, CARDS_TEXT, options)]
        ):
            alone = json.loads(saywell("assess", audio, "--text", text, "--format", "json", *extra).stdout)
            self.assertEqual(numbers(answer["result"]), numbers(alone["result"]))

    def test_a_broken_line_or_file_fails_alone(self):
        notes = self.scratch / "notes.wav"
        notes.write_text("no recording\n" * 9, encoding="utf-8")
        answers = self.batch(
            [
                '{"id": "cut',
                "",
                "   ",
                line(self.scratch / "nowhere.wav", id="missing"),
                line(notes, id="notes"),
                line(id="field", colour="red"),
                line(id="mandarin", coreType="cn.sent.score"),
                line(text="...", id="text"),
                line(phones=[["T"]], id="phones"),
                line(text="десять", id="cyrillic"),
                line(self.scratch, id="folder"),
                "[1]",
                "x" * 2_000_000,
                line(id="good"),
            ]
        )
        codes = [(answer["id"], answer.get("errID")) for answer in answers]
        self.assertEqual(
            codes,
            [
                (1, 40031),
                ("missing", 40001),
                ("notes", 40003),
                ("field", 40031),
                ("mandarin", 40031),
                ("text", 40031),
                ("phones", 40031),
                ("cyrillic", 20301),
                ("folder", 40002),
                (12, 40031),
                (13, 40031),
                ("good", None),
            ],
        )
        self.assertIn("colour", answers[3]["error"])
        self.assertIn("coreType", answers[4]["error"])

    def test_phones_are_given_by_line(self):
        (answer,) = self.batch([line(phones=[["T", "EH", "N"], ["AH", "V"], ["K", "L", "AH", "B", "Z"]])])
        self.assertEqual([len(word["phone"]) for word in answer["result"]["details"]], [3, 2, 5])

    def test_audio_is_found_beside_the_list(self):
        shutil.copy(CARDS, self.scratch / "beside.wav")
        (answer,) = self.batch([line("beside.wav")])
        self.assertIn("result", answer)

    def test_standard_input_and_output(self):
        done = saywell("batch", "-", "--output", "-", stdin=f"\ufeff{line(id='a')}\r\n\r\n{line(id='b')}".encode())
        self.assertEqual(done.returncode, 0)
        self.assertEqual([json.loads(text)["id"] for text in done.stdout.splitlines()], ["a", "b"])

    def test_an_empty_list_has_no_answers(self):
        self.assertEqual(self.batch([]), [])

    def test_ctrl_c_stops_after_the_answers_that_are_there(self):
        process = subprocess.Popen(
            [PROGRAM, "batch", "-", "--output", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process.stdin.write((line(id="first") + "\n").encode())
        process.stdin.flush()
        answer = process.stdout.readline()  # comes while the program waits for the next line
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=LONGEST_RUN_S)
        self.assertEqual(json.loads(answer)["id"], "first")
        self.assertEqual(process.returncode, 130, told)
        self.assertIn(b"stopped", told)

    def test_a_full_disk_is_told(self):
        self.list.write_text((line() + "\n") * 20, encoding="utf-8")
        done = saywell("batch", self.list, "--output", "/dev/full")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"saywell: 40002 ", done.stderr)

    def test_wrong_usage(self):
        self.list.write_text(line() + "\n", encoding="utf-8")
        nowhere = self.scratch / "nowhere"
        self.assertEqual(saywell("batch", self.list).returncode, 2)
        self.assertEqual(saywell("batch", self.list, "--output", self.output, "--jobs", "0").returncode, 2)
        self.assertEqual(saywell("batch", self.list, "--output", self.list).returncode, 2)
        self.assertEqual(saywell("batch", nowhere, "--output", self.output).returncode, 3)
        self.assertEqual(saywell("batch", self.scratch, "--output", self.output).returncode, 3)
        self.assertEqual(saywell("batch", self.list, "--output", nowhere / "out").returncode, 3)
        self.assertEqual(saywell("--model-dir", nowhere, "batch", self.list, "--output", self.output).returncode, 3)
        self.assertFalse(self.output.exists())


if __name__ == "__main__":
    unittest.main()
