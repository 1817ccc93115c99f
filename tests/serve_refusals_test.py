#!/usr/bin/env python3
"""`saywell serve` refuses or survives slow clients, locked databases, full disks, each limit, origins.

    serve_refusals_test.py PROGRAM
"""

import base64
import hashlib
import json
import re
import resource
import sqlite3
import tempfile
import threading
import time
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, NOVEL, NOVEL_TEXT
from server_under_test import Server, add_application, multipart

REQUEST = {"refText": CARDS_TEXT}


class Refusals(unittest.TestCase):
    def assert_refused(self, answer, status, code, what="", field=None):
        body = answer.json()
        self.assertEqual((answer.status, body["errID"]), (status, code), body)
        self.assertIn(what, body["error"])
        if field is not None:
            self.assertEqual(body.get("field", ""), field, body)


class OpenServer(Refusals):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(
            "--header-timeout-ms",
            "1000",
            "--body-timeout-ms",
            "1000",
            "--idle-timeout-ms",
            "1000",
            "--paragraph-max-s",
            "8",
            "--recording-max-bytes",
            "400000",
        )
        cls.audio = CARDS.read_bytes()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def tearDown(self):
        self.assertEqual(self.server.assess(self.audio, REQUEST).status, 200)

    def test_slow_heads_and_bodies(self):
        self.assertIn(b" 408 ", self.server.raw(b"POST /v1/assess HTTP/1.1\r\nContent-").split(b"\r\n")[0])
        body, content_type = multipart({"audio": ("a", self.audio), "request": json.dumps(REQUEST)})
        lines = ("POST /v1/assess HTTP/1.1", "Host: localhost", f"Content-Type: {content_type}")
        head = "\r\n".join(lines) + f"\r\nContent-Length: {len(body)}\r\n\r\n"
        for sent in (b"", body[:100]):
            self.assertIn(b" 408 ", self.server.raw(head.encode(), sent).split(b"\r\n")[0])
        self.assertEqual(self.server.raw(), b"")  # a silent client is disconnected

    def test_oversized_everything(self):
        huge = {**REQUEST, "tokenId": "x" * 300}
        self.assert_refused(self.server.assess(self.audio, huge), 400, 40031, "tokenId")
        long_json = json.dumps({**REQUEST, "tokenId": "x" * 1_000_001})
        self.assert_refused(
            self.server.upload("/v1/assess", {"audio": ("a", self.audio), "request": long_json}), 400, 40031
        )
        self.assert_refused(self.server.assess(b"RIFF" + bytes(2_000_000), REQUEST), 413, 40031)
        self.assert_refused(self.server.assess(bytes(450_000), REQUEST), 400, 40031, "bytes")
        self.assert_refused(self.server.assess(self.audio, {"refText": "word " * 4000}), 400, 40031, "refText")
        # 10 s of silence, longer than this server takes
        long_wav = b"RIFF" + (320_036).to_bytes(4, "little") + self.audio[8:40] + (320_000).to_bytes(4, "little")
        self.assert_refused(
            self.server.assess(
                long_wav + bytes(self.audio[44:] * 20)[:320_000], {**REQUEST, "coreType": "en.pred.score"}
            ),
            400,
            40031,
            "longer than",
        )

    def test_every_interface_names_the_field_at_fault(self):
        unknown = {**REQUEST, "colour": 1}
        self.assert_refused(self.server.assess(self.audio, unknown), 400, 40031, field="colour")
        no_word = self.server.assess(self.audio, {**REQUEST, "refText": "你好"})
        self.assert_refused(no_word, 422, 20301, field="refText")
        self.assert_refused(self.server.request("GET", "/v1/recordings?limit=0"), 400, 40031, field="limit")
        self.assert_refused(self.server.request("GET", "/v1/results/none"), 404, 40001, field="recordId")
        parts = {"audio": ("a", self.audio), "sysParams": "{}", "appParams": json.dumps({**REQUEST, "rank": 3})}
        self.assert_refused(self.server.upload("/api/v1.1/enscore", parts), 200, 40031, field="rank")
        stream = self.server.stream()
        self.addCleanup(stream.close)
        for request, field in ((unknown, "colour"), ({}, "refText"), ({**REQUEST, "rank": "x"}, "rank")):
            stream.start(request)
            answer = stream.receive()
            self.assertEqual((answer["errID"], answer["field"]), (40031, field), answer)

    def test_json_depths_and_kinds(self):
        for request in (
            "[" * 1000 + "]" * 1000,
            '{"refText": ' + "[" * 1000,
            "null",
            "7",
            '"x"',
            "{} {}",
            '{"refText": "\\ud800"}',
            '{"refText": "x"',
            "\x00",
        ):
            with self.subTest(request=request[:20]):
                answer = self.server.upload("/v1/assess", {"audio": ("a", self.audio), "request": request})
                self.assert_refused(answer, 400, 40031)

    def test_path_tricks_in_ids_stay_names(self):
        for user in ("../../../etc", "/etc/passwd", "a\\b", "..", "\u202e", "con.", "x" * 256):
            with self.subTest(user=user[:20]):
                envelope = self.server.assess(self.audio, {**REQUEST, "userId": user}).json()
                self.assertEqual(envelope["userId"], user)
                stored = self.server.request("GET", "/v1/recordings/" + envelope["recordId"])
                self.assertEqual(stored.body, self.audio)
        outside = {path.name for path in self.server.data_dir.parent.iterdir()} - {"data"}
        self.assertEqual(outside, set())

    def test_the_database_is_locked(self):
        other = sqlite3.connect(self.server.data_dir / "saywell.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        answer = self.server.assess(self.audio, REQUEST)
        self.assert_refused(answer, 503, 503)
        stream = self.server.stream()
        self.addCleanup(stream.close)
        stream.start(REQUEST)
        self.assertEqual(stream.receive()["errID"], 503)
        other.execute("ROLLBACK")

    def jobs(self):
        """Assessments that wait or run."""
        metrics = self.server.request("GET", "/metrics").body.decode()
        return sum(map(int, re.findall(r"saywell_queue_jobs\{.*\} (\d+)", metrics)))

    def test_results_that_a_locked_database_cannot_take_are_kept_later(self):
        other = sqlite3.connect(self.server.data_dir / "saywell.db", isolation_level=None)
        self.addCleanup(other.close)
        headers = {"Prefer": "respond-async"}
        ids = []
        while "not kept yet" not in self.server.errors():  # the lock must come before the last result
            ids += [self.server.assess(self.audio, REQUEST, headers=headers).json()["recordId"] for _ in range(4)]
            other.execute("BEGIN IMMEDIATE")
            while self.jobs() > 0:
                pass
            other.execute("ROLLBACK")
        for record_id in ids:
            while (answer := self.server.request("GET", "/v1/results/" + record_id)).status == 202:
                pass
            self.assertIn("result", answer.json())

    def test_a_locked_database_does_not_look_like_a_dead_server(self):
        other = sqlite3.connect(self.server.data_dir / "saywell.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        answers = []
        clients = [
            threading.Thread(target=lambda: answers.append(self.server.assess(self.audio, REQUEST).status))
            for _ in range(12)
        ]  # more than there are threads for requests
        for client in clients:
            client.start()
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)
        self.assertEqual(answers, [])  # they still wait for the lock
        for client in clients:
            client.join()
        self.assertEqual(answers, [503] * 12)
        other.execute("ROLLBACK")

    def test_texts_of_learners_are_not_logged(self):
        self.server.assess(self.audio, {"refText": "Quietly spoken secret."})
        self.server.assess(b"no audio at all, but long enough", {"refText": "Quietly spoken secret."})
        self.assertNotIn("Quietly", self.server.errors())


class FullDisk(Refusals):
    def test_a_disk_that_is_full(self):
        # Files may not grow beyond 600 KB, which acts as a full disk and needs no rights.
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
        try:
            server = Server()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        self.addCleanup(server.stop)
        large = NOVEL.read_bytes() + bytes(700_000)
        self.assert_refused(server.assess(large, {"refText": NOVEL_TEXT}), 500, 500)
        stream = server.stream()
        self.addCleanup(stream.close)
        stream.start({"refText": NOVEL_TEXT, "coreType": "en.pred.score"})
        record_id = stream.receive()["recordId"]
        stream.send_audio(bytes(700_000), 32_000)
        refused = stream.receive()
        self.assertEqual((refused["errID"], refused["recordId"]), (500, record_id))
        server.wait_for_status("/v1/recordings/" + record_id, 404)  # it is taken away after the answer
        self.assertEqual(server.assess(CARDS.read_bytes(), REQUEST).status, 200)
        self.assertEqual(list((server.data_dir / "incoming").iterdir()), [])


class Applications(Refusals):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data_dir = Path(cls.folder.name) / "data"
        cls.private = add_application(
            cls.data_dir, "Private", "--set", "store=false", "--set", "cors_origins=https://school.example"
        )
        cls.small = add_application(
            cls.data_dir, "Small", "--set", "sentence_max_s=1", "--set", "storage_max_bytes=1000"
        )
        cls.server = Server("--bind", "127.0.0.1", data_dir=cls.folder.name)
        cls.audio = CARDS.read_bytes()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def basic(self, app):
        pair = base64.b64encode(f"{app['applicationId']}:{app['secret']}".encode()).decode()
        return {"Authorization": "Basic " + pair}

    def test_an_application_that_stores_nothing(self):
        answer = self.server.assess(
            self.audio, {**REQUEST, "refText": "Ten of clubs, unwritten."}, self.basic(self.private)
        )
        self.assertEqual(answer.status, 200, answer.body)
        for path in self.data_dir.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"unwritten", path.read_bytes(), path)

    def test_its_seconds_and_its_storage(self):
        basic = self.basic(self.small)
        answer = self.server.assess(self.audio, {**REQUEST, "coreType": "en.sent.score", "store": False}, basic)
        self.assert_refused(answer, 400, 40031, "1 s")
        self.assert_refused(self.server.assess(self.audio, REQUEST, basic), 400, 40031, "storage")

    def test_origins(self):
        for origin, allowed in (("https://school.example", True), ("https://other.example", False)):
            answer = self.server.request("GET", "/v1/status-codes", headers={"Origin": origin})
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"] == origin, allowed)

    def signed(self, app, at, digest="sha256"):
        signature = hashlib.new(digest, f"{app['applicationId']}{at}{app['secret']}".encode()).hexdigest()
        return {
            "cmd": "connect",
            "param": {"app": {"applicationId": app["applicationId"], "timestamp": str(at), "sig": signature}},
        }

    def test_signatures_count_within_their_window_only(self):
        now = int(time.time())
        for at, accepted in (
            (now, True),
            (now - 200, True),
            (now + 200, True),
            (now - 400, False),
            (now + 400, False),
            (-1, False),
        ):
            with self.subTest(at=at - now):
                message = self.signed(self.private, at)
                for _ in range(2):  # there is no nonce: the window limits replay
                    stream = self.server.stream()
                    self.addCleanup(stream.close)
                    stream.send(message)
                    self.assertEqual("errID" not in stream.receive(), accepted)


if __name__ == "__main__":
    unittest.main()
