#!/usr/bin/env python3
"""Which commits continuous integration takes for the newest submission, and when it runs it on a fresh machine."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
HOUR_S = 3600
START_S = 1_700_000_000


class CiScripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.repository = Path(folder.name) / "repository"
        self.repository.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments, hour=0):
        identity = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {f"GIT_{who}_DATE": f"{START_S + hour * HOUR_S} +0000" for who in ("AUTHOR", "COMMITTER")}
        command = ["git", "-C", self.repository, "-c", "protocol.file.allow=always", *arguments]
        environment = {**os.environ, **identity, **dates}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()

    def commit(self, hour, path="notes", content=None):
        (self.repository / path).parent.mkdir(parents=True, exist_ok=True)
        (self.repository / path).write_text(content or f"{hour}\n", encoding="utf-8")
        self.git("add", path)
        self.git("commit", "--quiet", "--message", path, hour=hour)
        return self.git("rev-parse", "HEAD")

    def run_script(self, name, repository=None):
        done = subprocess.run(
            [SCRIPTS / name, repository or self.repository], capture_output=True, text=True, check=False
        )
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done.stdout.splitlines() if done.returncode == 0 else None

    def test_a_submission_is_everything_of_its_hours(self):
        self.commit(0)
        before = self.commit(10)
        for hour in (40, 41, 45):
            self.commit(hour)
        self.assertEqual(self.run_script("submission-base"), [before])

    def test_an_old_parent_is_the_base_of_a_single_commit(self):
        self.commit(0)
        before = self.commit(10)
        self.commit(100)
        self.assertEqual(self.run_script("submission-base"), [before])

    def test_the_base_of_a_merge_is_its_first_parent(self):
        self.commit(0)
        self.git("checkout", "--quiet", "-b", "side")
        self.commit(50, "side")
        self.git("checkout", "--quiet", "main")
        before = self.commit(51)
        self.git("merge", "--quiet", "--no-ff", "--message", "merge", "side", hour=52)
        self.assertEqual(self.run_script("submission-base"), [before])

    def test_notes_need_no_fresh_machine(self):
        self.commit(0)
        self.commit(50, "train/a.py", "VALUE = 1  # import nothing\n")
        self.assertIsNone(self.run_script("fresh-inputs-changed"))

    def test_packages_and_imports_do_wherever_in_the_submission(self):
        self.commit(0)
        self.commit(50, "scripts/packages/test.txt", "sox\n")
        self.commit(51, "train/a.py", "from torch import nn\n")
        self.commit(52)
        changed = self.run_script("fresh-inputs-changed")
        self.assertEqual(changed, ["scripts/packages/test.txt", "+from torch import nn"])

    def test_a_history_that_ends_too_early_does(self):
        self.commit(0)
        self.commit(50)
        shallow = self.repository.parent / "shallow"
        self.git("clone", "--quiet", "--depth", "1", f"file://{self.repository}", str(shallow))
        self.assertIsNone(self.run_script("submission-base", shallow))
        self.assertEqual(len(self.run_script("fresh-inputs-changed", shallow)), 1)


if __name__ == "__main__":
    unittest.main()
