"""evaluate.py with a program that gives the test's answers."""
import json
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest

import numpy as np

import evaluate_miscues
import metrics
from evaluate_miscues import Change
from tiny_corpus import write_tiny_corpus

FOLDER = pathlib.Path(__file__).parent
ANSWERS = {
    "a1": {
        "overall": 80,
        "accuracy": 80,
        "integrity": 100,
        "fluency": {"overall": 90},
        "rhythm": {"overall": 90},
        "wavetime": 2000,
        "details": [
            {"score": 100, "stressscore": 100, "total": 90, "phone": [{"score": 100}, {"score": 90}]},
            {"score": 50, "stressscore": 100, "total": 60, "phone": [{"score": 100}, {"score": 20}, {"score": 100}]},
        ],
    },
    "a2": {
        "overall": 90,
        "accuracy": 90,
        "integrity": 100,
        "fluency": {"overall": 70},
        "rhythm": None,
        "wavetime": 1000,
        "details": [{"score": 80, "stressscore": 100, "total": 80, "phone": [{"score": 100}, {"score": 50}]}],
    },
}
PROGRAM = """\
#!{python}
import json, sys
answers = json.loads({answers!r})
source, target = sys.argv[2], sys.argv[sys.argv.index("--output") + 1]
with open(target, "w") as out:
    for line in open(source):
        name = json.loads(line)["id"]
        answer = {{"result": answers[name]}} if name in answers else {{"errID": 20401, "error": "too noisy"}}
        out.write(json.dumps({{"id": name, **answer}}) + chr(10))
"""


class EvaluateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.corpus = self.folder / "corpus"
        self.corpus.mkdir()
        write_tiny_corpus(self.corpus)

    def evaluate(self, answers, trained=""):
        program, speakers = self.folder / "saywell", self.folder / "speakers.txt"
        program.write_text(PROGRAM.format(python=sys.executable, answers=json.dumps(answers)), encoding="utf-8")
        program.chmod(0o755)
        speakers.write_text(trained, encoding="utf-8")
        return subprocess.run(
            [
                sys.executable,
                FOLDER / "evaluate.py",
                "--corpus",
                self.corpus,
                "--program",
                program,
                "--json",
                self.folder / "figures.json",
                "--trained-speakers",
                speakers,
            ],
            capture_output=True,
            text=True,
            check=False,
        )

    def test_the_experts_own_scores_agree_with_them(self):
        run = self.evaluate(ANSWERS)
        self.assertEqual(run.returncode, 0, run.stderr)
        figures = json.loads((self.folder / "figures.json").read_text(encoding="utf-8"))
        self.assertAlmostEqual(figures["phone PCC"], 1.0)
        self.assertAlmostEqual(figures["phone MSE"], 0.0)
        self.assertAlmostEqual(figures["word acc"], 1.0)
        self.assertAlmostEqual(figures["utt total"], 1.0)
        self.assertEqual(figures["refused"], {"20401": 1})
        self.assertIn("20401: 1 (33.33 %)", run.stdout)
        self.assertNotIn("in-sample", run.stdout)
        self.assertEqual(run.stderr, "")

    def test_groups_of_speakers_that_the_corpus_tells(self):
        (self.corpus / "spk2age").write_text("a\t9\nb\t30\n", encoding="utf-8")
        (self.corpus / "spk2gender").write_text("a\tf\nb\tm\n", encoding="utf-8")
        run = self.evaluate(ANSWERS)
        self.assertIn("| age under 10 | 2 | 1.000 | 0.000 |", run.stdout)
        self.assertIn("| gender f | 2 |", run.stdout)
        self.assertNotIn("gender m", run.stdout, "b's only recording was refused")
        self.assertIn("overall, ours/experts' by decile: 80/80, 90/90; farthest 0.0", run.stdout)

    def test_one_expert_beside_the_others(self):
        (self.corpus / "raters.txt").write_text(
            "a1.wav;8;9;9;8;10,5;10,10;10,6;2\na1.wav;7;9;9;7;9,6;10,10;9,6;2\n"
            "a2.wav;9;7;8;9;8;10;8;1\na2.wav;10;7;8;6;6;10;6;1\n",
            encoding="utf-8",
        )
        run = self.evaluate(ANSWERS)
        words = np.corrcoef([10, 5, 8], [9, 6, 6])[0, 1]
        self.assertIn(f"| all | 2 | 1.000 | 0.000 | 1.000 / {words:.3f} | 1.000 / 1.000 | 1.000 / -1.000 |", run.stdout)

    def test_warns_of_speakers_the_heads_know(self):
        run = self.evaluate(ANSWERS, trained="a\n")
        self.assertIn("WARNING: 67 % of these recordings", run.stdout)
        self.assertIn("in-sample", run.stdout)

    def test_names_a_result_that_breaks_the_contract(self):
        short = json.loads(json.dumps(ANSWERS))
        short["a1"]["details"].pop()
        run = self.evaluate(short)
        self.assertEqual(run.returncode, 1)
        self.assertIn("a1: the result has 1 words and 2 phones, the request 2 and 5", run.stderr)

    def test_says_that_everything_was_refused(self):
        run = self.evaluate({})
        self.assertEqual(run.returncode, 1)
        self.assertIn("every recording was refused", run.stderr)


class MiscuesTest(unittest.TestCase):
    def test_equal_words_side_by_side(self):
        tokens = "FIVE FIVE NINE FIVE".split()
        self.assertEqual(list(evaluate_miscues.equal_neighbours(tokens, 1)), [0, 1])
        self.assertEqual(list(evaluate_miscues.equal_neighbours(tokens, 3)), [3])

    def test_either_of_two_equal_words_was_omitted_or_repeated(self):
        tokens = "FIVE FIVE NINE".split()
        for kind in ("omission", "repetition"):
            self.assertTrue(evaluate_miscues.is_found(Change(kind, 0), {Change(kind, 1)}, tokens))
            self.assertFalse(evaluate_miscues.is_found(Change(kind, 0), {Change(kind, 2)}, tokens))
        self.assertFalse(evaluate_miscues.is_found(Change("insertion", 0), {Change("insertion", 1)}, tokens))

    def test_f1_and_false_alarms(self):
        changes = {"a": Change("omission", 1), "b": Change("insertion", 0), "c": Change("insertion", 0)}
        texts = {"a": "WE ALL CALL", "b": "WE CALL", "c": "WE CALL"}
        found = {"details": [{"miscue": "none"}, {"miscue": "omission"}], "extra": []}
        inserted = {"details": [{"miscue": "none"}] * 2, "extra": [{"kind": "insertion", "after": 0}]}
        answers = {"a": {"result": found}, "b": {"result": inserted}, "c": {"errID": 20401, "error": "too noisy"}}
        figures, refused = evaluate_miscues.count(changes, texts, answers)
        self.assertEqual(figures["omission"], (1.0, 0.0))
        self.assertAlmostEqual(figures["insertion"][0], 2 / 3)
        self.assertEqual(refused, {20401: 1})


class MetricsTest(unittest.TestCase):
    def test_typical_errors_are_in_points(self):
        ours = {"a": (np.array([2.0, 1.0]), np.array([[80.0, 100.0, 70.0]]), np.full(5, 90.0))}
        theirs = {"a": (np.array([2.0, 2.0]), np.array([[2.0, 2.0, 1.0]]), np.full(5, 2.0))}
        errors = metrics.typical_errors(ours, theirs)
        self.assertAlmostEqual(errors["phone"], np.sqrt((0 + 50**2) / 2))
        self.assertAlmostEqual(errors["word accuracy"], 20.0)
        self.assertAlmostEqual(errors["word total"], 20.0)
        self.assertAlmostEqual(errors["sentence total"], 10.0)

    def test_a_constant_has_no_correlation(self):
        self.assertTrue(np.isnan(metrics.pearson([1, 1, 1], [1, 2, 3])))

    def test_f1_of_the_best_threshold(self):
        f1, threshold = metrics.mispronunciation_f1(np.array([0.4, 0.5, 1.9, 1.0]), np.array([0.0, 0.2, 2.0, 2.0]))
        self.assertEqual(f1, 1.0)
        self.assertGreater(threshold, 0.5)


class MiscueFiguresTest(unittest.TestCase):
    def test_counts_words_and_gaps_of_which_the_truth_is_known(self):
        told = [
            (
                np.array([[0.9, 0.1, 0.0, 0.1], [0.2, 0.5, 0.3, 0.7], [0.4, 0.3, 0.3, 0.0]]),
                np.array([0.1, 0.9, 0.8, 0.6]),
            )
        ]
        truth = [
            types.SimpleNamespace(
                verdicts=np.array([0, 1, 0]),
                repetitions=np.array([0.0, 1.0, 0.0]),
                insertions=np.array([0.0, 1.0, np.nan, 0.0]),
            )
        ]
        figures = metrics.miscue_figures(told, truth)
        self.assertEqual(figures["words"], 3)
        self.assertAlmostEqual(figures["not read F1"], 2 / 3)
        self.assertAlmostEqual(figures["insertion F1"], 2 / 3)
        self.assertAlmostEqual(figures["repetition F1"], 1)


if __name__ == "__main__":
    unittest.main()
