#!/usr/bin/env python3
"""A model that is not the one the manifest names is refused before it scores anything.

    model_files_test.py PROGRAM
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, saywell
from server_under_test import LONGEST_START_S, Server

MODELS = Path(os.environ["SAYWELL_MODEL_DIR"])
OF_AN_ASSESSMENT = (
    "cmudict.js",
    "miscues.onnx",
    "moonshine_base_encoder.onnx",
    "phone_head.onnx",
    "scorer.onnx",
    "silero_vad_v6.onnx",
)
FILE_PROBLEM = 3


class ModelFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.models = Path(folder.name)
        for path in MODELS.iterdir():
            (self.models / path.name).symlink_to(path.resolve())

    def assess(self):
        return saywell("--model-dir", self.models, "assess", CARDS, "--text", CARDS_TEXT, "--format", "json")

    def flip_a_bit(self, name):
        """In the middle of the file; returns the SHA-256 that it had and the one that it has."""
        content = bytearray((MODELS / name).read_bytes())
        before = hashlib.sha256(content).hexdigest()
        content[len(content) // 2] ^= 1
        (self.models / name).unlink()
        (self.models / name).write_bytes(content)
        return before, hashlib.sha256(content).hexdigest()

    def restore(self, name):
        (self.models / name).unlink()
        (self.models / name).symlink_to((MODELS / name).resolve())

    def test_a_flipped_bit_in_any_model_is_noticed(self):
        for name in OF_AN_ASSESSMENT:
            expected, found = self.flip_a_bit(name)
            done = self.assess()
            self.assertEqual(done.returncode, FILE_PROBLEM, name)
            said = (done.stdout + done.stderr).decode()
            for part in ("40051", str(self.models / name), expected, found, "fetch the models again"):
                self.assertIn(part, said)
            self.restore(name)
        self.assertEqual(self.assess().returncode, 0)

    def test_a_server_does_not_assess_with_it(self):
        _, found = self.flip_a_bit("scorer.onnx")
        server = Server(ready=False, env={**os.environ, "SAYWELL_MODEL_DIR": str(self.models)})
        self.addCleanup(server.stop)
        end_s = time.monotonic() + LONGEST_START_S
        while "cannot assess" not in server.errors():
            self.assertLess(time.monotonic(), end_s, server.errors())
            time.sleep(0.05)
        self.assertIn(found, server.errors())
        answer = server.request("GET", "/readyz")
        self.assertEqual((answer.status, answer.json()["errID"]), (503, 40051))

    def test_a_folder_without_a_manifest_is_taken_as_it_is(self):
        (self.models / "manifest.tsv").unlink()
        done = self.assess()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('"overall"', json.dumps(json.loads(done.stdout)))

    def test_an_exchanged_model_needs_its_line(self):
        shutil.copy(MODELS / "manifest.tsv", self.models / "fresh")
        lines = (self.models / "fresh").read_text(encoding="utf-8").splitlines(keepends=True)
        (self.models / "manifest.tsv").unlink()
        kept = [line for line in lines if not line.startswith("scorer.onnx")]
        (self.models / "manifest.tsv").write_text("".join(kept), encoding="utf-8")
        done = self.assess()
        self.assertEqual(done.returncode, FILE_PROBLEM)
        self.assertIn("add its line there", (done.stdout + done.stderr).decode())


if __name__ == "__main__":
    unittest.main()
