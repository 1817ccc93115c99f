#!/usr/bin/env python3
"""room_rules_test.py finds each kind of broken rule, and nothing in a tree that keeps them."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).parent / "room_rules_test.py"
TABLE = "| room | what | may include |\n|---|---|---|\n| `base` | | |\n| `text` | words | `base` |\n| `onnx` | | |\n"


class RoomRules(unittest.TestCase):
    def problems(self, name, content, table=TABLE):
        """The checker's output for a small tree with this file added; None when it finds no problem."""
        with tempfile.TemporaryDirectory() as folder:
            files = {
                "docs/architecture.md": table,
                "src/base/log.h": "#pragma once\n",
                "src/onnx/x.h": "",
                "src/text/words.cc": '#include "base/log.h"\n#include "saywell/status.h"\n',
                name: content,
            }
            for path, text in files.items():
                (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(folder) / path).write_text(text, encoding="utf-8")
            run = subprocess.run([sys.executable, CHECKER, folder], capture_output=True, text=True, check=False)
            return None if run.returncode == 0 else run.stdout + run.stderr

    def test_a_tree_that_keeps_the_rules_passes(self):
        self.assertIsNone(self.problems("README.md", "# Saywell\n"))

    def test_an_include_against_the_arrows(self):
        self.assertIn("may not include room 'onnx'", self.problems("src/text/a.cc", '#include "onnx/x.h"\n'))

    def test_test_data_outside_tests(self):
        include = '#include "text/testing/sample.h"\n'
        self.assertIn("for tests alone", self.problems("src/text/a.cc", include))
        self.assertIsNone(self.problems("src/text/a_test.cc", include))
        self.assertIsNone(self.problems("src/text/testing/a.cc", include))

    def test_a_room_that_builds_sources_of_another(self):
        self.assertIn("another folder", self.problems("src/text/CMakeLists.txt", "saywell_room(text ../base/log.cc)\n"))

    def test_a_room_that_may_include_all_above(self):
        table = TABLE + "| `cli` | the program | all above |\n| `late` | | |\n"
        self.assertIn("no header of a room", self.problems("src/cli/a.cc", '#include "attic/x.h"\n', table))
        self.assertIn("may not include room 'late'", self.problems("src/cli/a.cc", '#include "late/x.h"\n', table))
        self.assertIsNone(self.problems("src/cli/a.cc", '#include "onnx/x.h"\n#include "text/y.h"\n', table))

    def test_a_library_outside_its_room(self):
        self.assertIn("belongs to room 'onnx'", self.problems("src/text/a.cc", "#include <onnxruntime_cxx_api.h>\n"))

    def test_a_library_in_a_public_header(self):
        self.assertIn("public header", self.problems("include/saywell/a.h", "#include <boost/json.hpp>\n"))

    def test_a_room_that_is_not_in_the_table(self):
        self.assertIn("not in the table", self.problems("src/attic/a.cc", ""))

    def test_long_files(self):
        self.assertIn("at most 500", self.problems("src/text/a.cc", "int x;\n" * 501))
        self.assertIn("at most 250", self.problems("src/text/a.h", "extern int x;\n" * 251))

    def test_a_crowded_folder(self):
        self.assertIsNone(self.problems("src/text/a_test.cc", "int x;\n"))

    def test_a_long_function_wherever_it_stands(self):
        body = "  step();\n" * 60
        for opening in (
            "void f() {\n",
            "namespace a {\nvoid f(int x) const {\n",
            "struct A {\nA(int x) : a_{x}, b_(2) {\n",
            "template <class T>\nT f(T x) noexcept {\n",
        ):
            self.assertIn("a function of 6", self.problems("src/text/a.cc", opening + body + "}\n"), opening)

    def test_a_long_table_is_no_function(self):
        self.assertIsNone(self.problems("src/text/a.cc", "const int kTable[] = {\n" + "  {1, 2},\n" * 100 + "};\n"))

    def test_braces_in_strings_and_comments_do_not_count(self):
        body = "".join("void f%d() { g(\"{\", '{'); }  // {\n" % n for n in range(70))
        self.assertIsNone(self.problems("src/text/a.cc", body))

    def test_traces_of_one_machine(self):
        self.assertIn("is a trace of one machine", self.problems("docs/a.md", "see /" + "home/someone/notes\n"))
        self.assertIn("is a trace of one machine", self.problems("scripts/a", "curl deb" + ".debian.org\n"))

    def test_skipped_tests(self):
        self.assertIn("a test skips", self.problems("src/text/a_test.cc", 'GTEST_SKIP() << "needs sox";\n'))
        self.assertIn("a test skips", self.problems("tests/a.py", '@unittest.skipUnless(sox, "no sox")\n'))
        self.assertIn("a test skips", self.problems("web/a.test.ts", "it.skip('plays');\n"))
        self.assertIsNone(self.problems("tests/a.py", 'self.skipTest("SAYWELL_CORPUS is not set")\n'))

    def test_open_ends(self):
        self.assertIn("issue", self.problems("src/text/a.cc", "// TO" "DO: later\n"))


if __name__ == "__main__":
    unittest.main()
