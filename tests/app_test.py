#!/usr/bin/env python3
"""`saywell app` and `saywell config`: the whole program on a separate data folder.

    app_test.py PROGRAM
"""

import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = str(Path(sys.argv.pop(1)).resolve())


def run(*arguments, environment=None):
    variables = {name: value for name, value in os.environ.items() if not name.startswith("SAYWELL_")}
    return subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, check=False, env={**variables, **(environment or {})}
    )


class AppTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = str(self.folder / "data")

    def app(self, *arguments):
        return run("app", "--data-dir", self.data, *arguments)

    def added(self, name, *arguments):
        done = self.app("add", name, "--format", "json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def listed(self):
        return json.loads(self.app("list", "--format", "json").stdout)

    def test_add_list_secret_remove(self):
        school = self.added("School A")
        self.assertEqual(len(school["secret"]), 64)
        self.assertEqual([row["name"] for row in self.listed()], ["School A"])
        table = self.app("list").stdout
        self.assertIn(school["applicationId"], table)
        self.assertNotIn(school["secret"], table)
        self.assertEqual(self.app("secret", school["applicationId"]).stdout.strip(), school["secret"])
        rotated = self.app("secret", school["applicationId"], "--rotate").stdout.strip()
        self.assertNotEqual(rotated, school["secret"])
        self.assertEqual(self.app("secret", school["applicationId"]).stdout.strip(), rotated)
        self.assertEqual(self.app("remove", school["applicationId"]).returncode, 0)
        self.assertEqual(self.listed(), [])
        database = self.folder / "data/saywell.db"
        self.assertEqual(stat.S_IMODE(database.stat().st_mode), 0o600)

    def test_limits_of_its_own(self):
        school = self.added("School", "--set", "assessments_per_minute=7", "--set", "store=false")
        self.assertEqual(self.listed()[0]["limits"], {"assessments_per_minute": "7", "store": "false"})
        self.assertEqual(self.app("set", school["applicationId"], "store=", "retention_days=30").returncode, 0)
        self.assertEqual(self.listed()[0]["limits"], {"assessments_per_minute": "7", "retention_days": "30"})

    def test_mistakes_are_named(self):
        school = self.added("School")
        for arguments, sentence in [
            (("add", "School"), "'School'"),
            (("add", "Other", "--set", "retention_day=1"), "is 'retention_days' meant?"),
            (("set", school["applicationId"], "store=maybe"), "true or false"),
            (("set", school["applicationId"], "http_port=1"), "not of an application"),
            (("set", school["applicationId"], "store"), "OPTION=VALUE"),
            (("secret", "nobody"), "'nobody'"),
            (("remove", "nobody"), "'nobody'"),
        ]:
            done = self.app(*arguments)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("40031", done.stderr)
            self.assertIn(sentence, done.stderr)
        self.assertEqual(len(self.listed()), 1)
        self.assertEqual(self.app().returncode, 2)
        self.assertEqual(run("app", "--data-dir", "/dev/null/data", "list").returncode, 3)

    def test_the_folder_comes_from_the_file_and_the_environment_too(self):
        config = self.folder / "saywell.toml"
        config.write_text(f'data_dir = "{self.data}"\n', encoding="utf-8")
        self.added("School")
        self.assertIn("School", run("app", "list", "--config", str(config)).stdout)
        self.assertIn("School", run("app", "list", environment={"SAYWELL_DATA_DIR": self.data}).stdout)

    def test_config_prints_what_is_in_force(self):
        shipped = (Path(__file__).parent.parent / "config/saywell.toml").read_text(encoding="utf-8")
        self.assertEqual(run("config").stdout, shipped)
        self.assertIn("\nhttp_port = 81\n", run("config", "--http-port", "81").stdout)
        self.assertIn("\nhttp_port = 82\n", run("config", environment={"SAYWELL_HTTP_PORT": "82"}).stdout)
        for words in (["--store=false", "--tls-self"], ["--store", "false", "--tls-self", "true"]):
            printed = run("config", *words).stdout
            self.assertIn("\nstore = false\n", printed)
            self.assertIn("\ntls_self = true\n", printed)
        self.assertIn("store: true or false is expected", run("config", "--store", "no").stderr)
        refused = run("config", "--http-port", "many", "--rtmp-port", "-1")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--http-port: http_port: a whole number from 0 to 65535 is expected, not 'many'", refused.stderr)
        self.assertIn("rtmp_port", refused.stderr)
        self.assertEqual(run("config", "--config", "/none/such.toml").returncode, 3)


if __name__ == "__main__":
    unittest.main()
