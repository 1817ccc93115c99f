#!/usr/bin/env python3
"""prose_rules_test.py finds each kind of broken rule, and nothing in prose that keeps them."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).parent / "prose_rules_test.py"


class ProseRules(unittest.TestCase):
    def problems(self, name, content):
        """The checker's output for a tree with this file alone; None when it finds no problem."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            run = subprocess.run([sys.executable, CHECKER, folder], capture_output=True, text=True, check=False)
            return None if run.returncode == 0 else run.stdout + run.stderr

    def test_wide_lines(self):
        self.assertIn("121 columns", self.problems("docs/a.md", "word " * 24 + "x\n"))
        self.assertIn("columns", self.problems("src/base/a.h", "// " + "word " * 30 + "\n"))
        self.assertIn("columns", self.problems("docs/experiments/a.md", "word " * 30 + "\n"))
        self.assertIsNone(self.problems("docs/a.md", "| " + "word " * 20 + "| " + "word " * 20 + "|\n"))
        self.assertIsNone(self.problems("docs/a.md", "```\n" + "word " * 30 + "\n```\n"))

    def test_long_cells(self):
        self.assertIn("a cell of 25 words", self.problems("docs/a.md", "| a | " + "word " * 25 + "|\n"))

    def test_phrases(self):
        phrase = "The format is one " + "a line.\n"
        self.assertIn("one per …", self.problems("docs/a.md", phrase))
        self.assertIn("one per …", self.problems("src/base/a.cc", "int x;  // " + phrase))
        self.assertIn("one per …", self.problems("tests/a.py", '"""' + phrase + '"""\n'))
        self.assertIn("one per …", self.problems("Makefile", "# " + phrase))
        self.assertIsNone(self.problems("docs/experiments/a.md", phrase))

    def test_a_phrase_across_a_lines_end(self):
        self.assertIn("reported", self.problems("src/base/a.h", "// The client is\n// told the code.\n"))

    def test_code_and_quotations_are_no_prose(self):
        self.assertIsNone(self.problems("docs/a.md", 'The text "He was not" and `left out`.\n'))
        self.assertIsNone(self.problems("src/base/a.cc", 'const char* text = "he lies in it";\n'))

    def test_a_sentence_that_opens_with_what(self):
        self.assertIn("name the subject", self.problems("docs/a.md", "What is left is sent.\n"))
        self.assertIsNone(self.problems("docs/a.md", "What is it?\n"))


if __name__ == "__main__":
    unittest.main()
