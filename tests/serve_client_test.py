#!/usr/bin/env python3
"""`saywell client` against a server: both ways, signing in, exit statuses, and real-time results.

    serve_client_test.py PROGRAM
"""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, NOVEL, NOVEL_TEXT, check_envelope, numbers, saywell
from server_under_test import Server, add_application

DONE, REFUSED, USAGE, FILE_PROBLEM = 0, 1, 2, 3


class ServeClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def client(self, way, audio, *arguments, port=None):
        """(exit status, lines of JSON)"""
        url = f"http://localhost:{port or self.server.port}"
        done = saywell("client", way, audio, "--server", url, *arguments)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def test_both_ways_give_the_same_result(self):
        request = json.dumps({"precision": 0.1, "tokenId": "t"})
        status, lines = self.client("assess", CARDS, "--text", CARDS_TEXT, "--user", "eva", "--request", request)
        self.assertEqual((status, len(lines)), (DONE, 1))
        check_envelope(lines[0])
        self.assertEqual((lines[0]["userId"], lines[0]["tokenId"]), ("eva", "t"))
        status, streamed = self.client("stream", CARDS, "--text", CARDS_TEXT, "--request", request, "--fast")
        self.assertEqual((status, len(streamed)), (DONE, 1))
        self.assertEqual(numbers(streamed[0]["result"]), numbers(lines[0]["result"]))

    def test_a_file_is_streamed_as_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            encoded = Path(folder) / "cards.webm"
            subprocess.run(["ffmpeg", "-v", "error", "-i", CARDS, "-c:a", "libopus", encoded], check=True)
            status, lines = self.client("stream", encoded, "--text", CARDS_TEXT, "--fast", "--as-is", "--events")
        self.assertEqual(status, DONE)
        self.assertEqual([line.get("cmd") for line in lines], ["start", "stop", None])
        kept = self.server.request("GET", "/v1/recordings/" + lines[0]["recordId"])
        self.assertEqual(kept.headers["Content-Type"], "audio/webm")

    def test_exit_statuses(self):
        for arguments, expected in (
            (("assess", CARDS, "--text", "десять"), REFUSED),
            (("stream", CARDS, "--text", "десять", "--fast"), REFUSED),
            (("assess", CARDS), USAGE),
            (("stream", CARDS, "--fast"), USAGE),
            (("assess", CARDS, "--request", "{"), USAGE),
            (("assess", "none.wav", "--text", "x"), FILE_PROBLEM),
            (("stream", __file__, "--text", "x"), FILE_PROBLEM),
        ):
            with self.subTest(arguments=arguments):
                status, lines = self.client(*arguments)
                self.assertEqual(status, expected, lines)
        self.assertEqual(saywell("client", "assess", CARDS, "--server", "nowhere", "--text", "x").returncode, USAGE)
        status, _ = self.client("assess", CARDS, "--text", "x", port=1)
        self.assertEqual(status, FILE_PROBLEM)

    def test_in_real_time(self):
        status, lines = self.client("stream", NOVEL, "--text", NOVEL_TEXT, "--core-type", "en.rltm.score")
        self.assertEqual((status, lines[-1]["eof"]), (DONE, 1))
        for envelope in lines:
            check_envelope(envelope)


class SignedClient(unittest.TestCase):
    def test_signing_in(self):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            app = add_application(data, "School")
            server = Server("--bind", "127.0.0.1", "--tls-self", data_dir=folder, ready=False)
            self.addCleanup(server.stop)
            common = [CARDS, "--server", f"https://localhost:{server.port}", "--text", CARDS_TEXT]
            trusted = [*common, "--ca", data / "tls/authority.crt"]
            known = ["--application", app["applicationId"], "--secret", app["secret"]]
            while True:  # until the models are loaded
                done = saywell("client", "assess", *trusted, *known)
                if b"40051" not in done.stderr:
                    break
            self.assertEqual(done.returncode, DONE, done.stderr)
            self.assertEqual(json.loads(done.stdout)["applicationId"], app["applicationId"])
            for way, more in (("assess", []), ("stream", ["--fast"])):
                with self.subTest(way=way):
                    self.assertEqual(saywell("client", way, *trusted, *known, *more).returncode, DONE)
                    wrong = saywell("client", way, *trusted, *known[:3], "wrong", *more)
                    self.assertEqual(wrong.returncode, REFUSED)
                    self.assertIn(b"40080", wrong.stderr)
                    self.assertEqual(saywell("client", way, *trusted, "--token", "wrong", *more).returncode, REFUSED)
                    untrusted = saywell("client", way, *common, *known, *more)
                    self.assertEqual(untrusted.returncode, FILE_PROBLEM, untrusted.stderr)


if __name__ == "__main__":
    unittest.main()
