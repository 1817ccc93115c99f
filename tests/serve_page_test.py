#!/usr/bin/env python3
"""`saywell serve` as the practice page uses it: its files, the server's voice, analyses, the session.

    serve_page_test.py PROGRAM
"""

import io
import json
import shutil
import subprocess
import tempfile
import unittest
import wave
from pathlib import Path

import jsonschema

from program_under_test import CARDS, PROGRAM
from server_under_test import Server

OPEN_API = json.loads((Path(__file__).parent.parent / "docs/openapi.json").read_text(encoding="utf-8"))


def duration_s(wav):
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        return file.getnframes() / 16000


class PageFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        web = Path(cls.folder.name) / "web"
        (web / "assets").mkdir(parents=True)
        (web / "index.html").write_text("<!DOCTYPE html><title>page</title>", encoding="utf-8")
        (web / "assets/page-a1b2c3d4.js").write_text("run()", encoding="utf-8")
        (web / "assets/page-a1b2c3d4.js.gz").write_bytes(b"packed")
        (web / ".secret.js").write_text("hidden", encoding="utf-8")
        (Path(cls.folder.name) / "outside.js").write_text("outside", encoding="utf-8")
        cls.server = Server("--web-dir", web, ready=False)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def test_the_page_forbids_other_hosts(self):
        answer = self.server.request("GET", "/")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")
        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("http", policy)
        self.assertNotIn("*", policy)
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_files_are_packed_kept_and_told_apart(self):
        path = "/assets/page-a1b2c3d4.js"
        plain = self.server.request("GET", path)
        self.assertEqual((plain.status, plain.body), (200, b"run()"))
        self.assertEqual(plain.headers["Content-Type"], "text/javascript; charset=utf-8")
        self.assertIn("immutable", plain.headers["Cache-Control"])
        packed = self.server.request("GET", path, headers={"Accept-Encoding": "gzip"})
        self.assertEqual((packed.headers["Content-Encoding"], packed.body), ("gzip", b"packed"))
        again = self.server.request("GET", path, headers={"If-None-Match": plain.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        head = self.server.request("HEAD", path)
        self.assertEqual((head.status, head.headers["Content-Length"], head.body), (200, "5", b""))

    def raw_status(self, path):
        """The status of a request whose path no client library has tidied up."""
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return int(self.server.raw(head.encode()).split()[1])

    def test_nothing_else_has_an_address(self):
        for path in (
            "/index.html",
            "/.secret.js",
            "/../outside.js",
            "/assets/../../outside.js",
            "/%2e%2e/outside.js",
            "/assets/..%2f..%2foutside.js",
            "//outside.js",
            "/assets",
            "/assets/",
            "/assets/%00",
        ):
            self.assertIn(self.raw_status(path), (400, 404), path)

    def test_a_folder_that_is_no_page_keeps_it_from_starting(self):
        with tempfile.TemporaryDirectory() as folder:
            web = Path(folder) / "web"
            web.mkdir()
            (web / "notes.txt").write_text("no page", encoding="utf-8")
            done = subprocess.run(
                [PROGRAM, "serve", "--http-port", "0", "--data-dir", Path(folder) / "data", "--web-dir", web],
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("notes.txt", done.stderr)


class Listening(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def speech(self, query):
        return self.server.request("GET", "/v1/speech?" + query)

    def test_a_text_is_said(self):
        usual = self.speech("text=Ten+of+clubs.")
        self.assertEqual((usual.status, usual.headers["Content-Type"]), (200, "audio/wav"))
        self.assertTrue(0.6 < duration_s(usual.body) < 2.5, duration_s(usual.body))
        slow = self.speech("text=Ten+of+clubs.&speed=0.6")
        self.assertGreater(duration_s(slow.body), 1.3 * duration_s(usual.body))
        # The voice's breath is noise and differs each time; its length does not.
        self.assertEqual(len(self.speech("text=Ten(s:1)+of+clubs.").body), len(usual.body))

    def test_what_is_said_is_what_is_expected(self):
        answer = self.server.assess(self.speech("text=We+have+2+tickets.").body, {"refText": "We have 2 tickets."})
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual([word["miscue"] for word in answer.json()["result"]["details"]], ["none"] * 4)

    def test_what_cannot_be_said_is_refused_by_name(self):
        for query, status, code, word in (
            ("", 400, 40031, "refText"),
            ("text=", 400, 40031, "refText"),
            ("text=" + "la+" * 400, 400, 40031, "text"),
            ("text=well&speed=3", 400, 40031, "speed"),
            ("text=well&speed=fast", 400, 40031, "speed"),
            ("text=well&voice=x", 400, 40031, "voice"),
            ("text=%E4%BD%A0%E5%A5%BD", 422, 20301, "你好"),
        ):
            answer = self.speech(query)
            self.assertEqual((answer.status, answer.json()["errID"]), (status, code), (query, answer.body))
            self.assertIn(word, answer.json()["error"])

    def test_texts_are_not_logged(self):
        self.speech("text=Xylophones+quietly+vanish.")
        self.speech("text=Xylophones+%E4%BD%A0.")
        self.assertNotIn("ylophones", self.server.errors())

    def test_a_recording_is_analysed(self):
        record_id = self.server.assess(CARDS.read_bytes(), {"refText": "Ten of clubs."}).json()["recordId"]
        answer = self.server.request("GET", f"/v1/recordings/{record_id}/analysis")
        self.assertEqual(answer.status, 200, answer.body)
        analysis = answer.json()
        jsonschema.validate(analysis, OPEN_API["components"]["schemas"]["Analysis"])
        self.assertEqual(analysis["recordId"], record_id)
        hz, step = analysis["f0"]["hz"], analysis["f0"]["step"]
        self.assertAlmostEqual(len(hz) * step, analysis["duration"], delta=step)
        voiced = [f0 for f0 in hz if f0 > 0]
        self.assertGreater(len(voiced), len(hz) / 10)
        self.assertTrue(all(60 <= f0 <= 600 for f0 in voiced))
        for region in analysis["speech"]:
            self.assertLess(region["start"], region["end"])
        self.assertGreaterEqual(len(analysis["speech"]), 1)

    def test_an_analysis_of_nothing_is_refused(self):
        answer = self.server.request("GET", "/v1/recordings/nothing/analysis")
        self.assertEqual((answer.status, answer.json()["errID"]), (404, 40001))
        answer = self.server.request("GET", "/v1/recordings/nothing/analysis?step=5")
        self.assertEqual((answer.status, answer.json()["errID"]), (400, 40031))

    def test_an_open_server_says_so(self):
        caller = self.server.request("GET", "/v1/sessions").json()
        self.assertEqual(caller, {"open": True, "endOfSpeechMs": 1500})


class SignedIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        done = subprocess.run(
            [
                PROGRAM,
                "app",
                "add",
                "school",
                "--data-dir",
                Path(cls.folder) / "data",
                "--format",
                "json",
                "--set",
                "assessments_per_minute=5",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        cls.app = json.loads(done.stdout)
        cls.server = Server("--bind", "127.0.0.1", data_dir=cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        shutil.rmtree(cls.folder)

    def token(self, user_id):
        body = json.dumps({"applicationId": self.app["applicationId"], "secret": self.app["secret"], "userId": user_id})
        return self.server.request("POST", "/v1/sessions", body).json()["token"]

    def test_who_is_signed_in(self):
        for path in ("/v1/sessions", "/v1/speech?text=well", "/v1/recordings/nothing/analysis"):
            self.assertEqual(self.server.request("GET", path).status, 401, path)
        headers = {"Authorization": "Bearer " + self.token("eva")}
        caller = self.server.request("GET", "/v1/sessions", headers=headers).json()
        self.assertEqual((caller["open"], caller["userId"], caller["role"]), (False, "eva", "learner"))
        self.assertGreater(caller["expiresAt"], 0)

    def test_the_voice_has_the_limits_of_assessments(self):
        headers = {"Authorization": "Bearer " + self.token("eva")}
        answers = [
            self.server.request("GET", f"/v1/speech?text=well&speed={0.6 + i / 100}", headers=headers) for i in range(7)
        ]
        self.assertIn(503, [answer.status for answer in answers])
        refused = next(answer for answer in answers if answer.status == 503)
        self.assertIn("5 assessments a minute", refused.json()["error"])


if __name__ == "__main__":
    unittest.main()
