#!/usr/bin/env python3
"""The examples of docs/api.md, run against a server: each exits with 0 and answers the JSON below it.

    api_docs_test.py PROGRAM
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from program_under_test import CARDS, PROGRAM
from server_under_test import Server

PAGE = Path(__file__).parent.parent / "docs/api.md"


def examples():
    """(shell text, the JSON below it or None)."""
    text = PAGE.read_text(encoding="utf-8")
    for match in re.finditer(r"```sh\n(.*?)```\n(?:```json\n(.*?)```)?", text, re.DOTALL):
        yield match.group(1), match.group(2)


def last_json(text):
    """The last of several JSON objects, one behind the other."""
    text, value = text.strip(), None
    while text:
        value, end = json.JSONDecoder().raw_decode(text)
        text = text[end:].lstrip()
    return value


class ApiDocs(unittest.TestCase):
    def assert_has(self, answer, expected):
        """`answer` has every name of `expected`, and its values of rank and of texts other than '…'."""
        for name, value in expected.items():
            self.assertIn(name, answer)
            if isinstance(value, dict):
                self.assert_has(answer[name], value)
            elif value != "…" and name != "overall":
                self.assertEqual(answer[name], value)

    def test_the_examples_work(self):
        server = Server()
        self.addCleanup(server.stop)
        ran = 0
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(CARDS, Path(folder) / "hello.wav")
            for shell, expected in examples():
                environment = {
                    **os.environ,
                    "SERVER": f"http://127.0.0.1:{server.port}",
                    "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
                }
                done = subprocess.run(
                    ["bash", "-euo", "pipefail", "-c", shell.replace("curl ", "curl --fail ")],
                    cwd=folder,
                    env=environment,
                    capture_output=True,
                    timeout=120,
                    check=False,
                )
                self.assertEqual(done.returncode, 0, (shell, done.stderr, done.stdout))
                if expected:
                    self.assert_has(last_json(done.stdout.decode()), json.loads(expected))
                ran += 1
        self.assertGreaterEqual(ran, 5)


if __name__ == "__main__":
    unittest.main()
