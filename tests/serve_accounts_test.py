#!/usr/bin/env python3
"""Signing in at `saywell serve`: applications, signatures, tokens, roles, limits, the audit log.

    serve_accounts_test.py PROGRAM
"""

import base64
import hashlib
import json
import sqlite3
import tempfile
import time
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, read_wav
from rtmp_under_test import RtmpClient
from server_under_test import Server, add_application

REQUEST = {"refText": CARDS_TEXT}


class ServeAccounts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data_dir = Path(cls.folder.name) / "data"
        cls.school = add_application(cls.data_dir, "School")
        cls.other = add_application(cls.data_dir, "Other", "--set", "assessments_per_minute=2")
        cls.server = Server("--bind", "127.0.0.1", data_dir=cls.folder.name)
        cls.audio = CARDS.read_bytes()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def token(self, user, role="learner", app=None):
        app = app or self.school
        body = {"applicationId": app["applicationId"], "secret": app["secret"], "userId": user, "role": role}
        answer = self.server.request("POST", "/v1/sessions", json.dumps(body))
        self.assertEqual(answer.status, 201, answer.body)
        return {"Authorization": "Bearer " + answer.json()["token"]}

    def basic(self, app):
        pair = base64.b64encode(f"{app['applicationId']}:{app['secret']}".encode()).decode()
        return {"Authorization": "Basic " + pair}

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.json()["errID"]), (status, code), answer.body)

    def test_the_greeting_does_not_say_open(self):
        self.assertNotIn("no application", self.server.greeting)

    def test_without_signing_in(self):
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Basic !!!"},
            self.basic({"applicationId": self.school["applicationId"], "secret": "wrong"}),
        ):
            self.refused(self.server.assess(self.audio, REQUEST, headers), 401, 40080)
            self.refused(self.server.request("GET", "/v1/recordings", headers=headers), 401, 40080)
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)

    def test_learners_and_teachers(self):
        eva, bob, teacher = self.token("eva"), self.token("bob"), self.token("frau", "teacher")
        stranger = self.token("eva", app=self.other)
        envelope = self.server.assess(self.audio, REQUEST, eva).json()
        self.assertEqual((envelope["userId"], envelope["applicationId"]), ("eva", self.school["applicationId"]))
        path = "/v1/recordings/" + envelope["recordId"]
        for reader, status in ((eva, 200), (teacher, 200), (self.basic(self.school), 200), (bob, 404), (stranger, 404)):
            self.assertEqual(self.server.request("GET", path, headers=reader).status, status)
        self.assertEqual(self.server.request("GET", path + "?token=" + eva["Authorization"][7:]).status, 200)
        self.refused(self.server.assess(self.audio, {**REQUEST, "userId": "eva"}, bob), 403, 40082)
        self.refused(self.server.assess(self.audio, {**REQUEST, "applicationId": "x"}, bob), 403, 40082)
        self.refused(self.server.request("GET", "/v1/recordings?userId=eva", headers=bob), 404, 40001)
        self.refused(self.server.request("DELETE", path, headers=bob), 404, 40001)
        for method, address in (("GET", "/v1/recordings?userId=eva&"), ("DELETE", "/v1/users/eva?")):
            address += "applicationId=" + self.other["applicationId"]
            self.refused(self.server.request(method, address, headers=teacher), 403, 40082)
        listed = self.server.request("GET", "/v1/recordings", headers=teacher).json()["recordings"]
        self.assertIn(envelope["recordId"], [entry["recordId"] for entry in listed])
        self.refused(self.server.request("GET", "/v1/audit", headers=teacher), 403, 40082)
        entries = self.server.request("GET", "/v1/audit", headers=self.basic(self.school)).json()["entries"]
        self.assertIn(
            ("teacher", "read", envelope["recordId"]),
            [(entry["actor"], entry["action"], entry["recordId"]) for entry in entries],
        )
        self.assertEqual(self.server.request("DELETE", path, headers=teacher).status, 200)

    def test_what_makes_no_token(self):
        good = {"applicationId": self.school["applicationId"], "secret": self.school["secret"], "userId": "eva"}
        for change, status, code in (
            ({"secret": "wrong"}, 401, 40080),
            ({"applicationId": "none"}, 401, 40080),
            ({"userId": ""}, 400, 40031),
            ({"role": "king"}, 400, 40031),
            ({"expiresIn": 10**9}, 400, 40031),
            ({"expiresIn": "x"}, 400, 40031),
            ({"more": 1}, 400, 40031),
        ):
            answer = self.server.request("POST", "/v1/sessions", json.dumps({**good, **change}))
            self.refused(answer, status, code)
        token = self.token("eva", "teacher")
        self.refused(self.server.request("POST", "/v1/sessions", '{"userId": "bob"}', token), 403, 40082)

    def signature(self, app, at, digest="sha1"):
        text = f"{app['applicationId']}{at}{app['secret']}"
        return hashlib.new(digest, text.encode()).hexdigest()

    def test_a_client_of_2011_signs_in(self):
        now = int(time.time())

        def session(at, signature):
            body = f"applicationId={self.school['applicationId']}&timestamp={at}&sig={signature}"
            return self.server.request("POST", "/api/v1.1/auth/getSessionKey", body).json()

        for digest in ("sha1", "sha256"):
            key = session(now, self.signature(self.school, now, digest))["session"]
        for at, signature in (
            (now, "00" * 20),
            (now - 9999, self.signature(self.school, now - 9999)),
            (now + 9999, self.signature(self.school, now + 9999)),
            ("x", "y"),
        ):
            self.assertEqual(session(at, signature)["errID"], 40080)
        fields = json.dumps({"refText": CARDS_TEXT, "coreType": "en.sent.score"})

        def scored(key, application):
            system = json.dumps({"session": key, "userId": "u", "applicationId": application})
            answer = self.server.upload(
                "/api/v1.1/enscore", {"audio": ("a", self.audio), "sysParams": system, "appParams": fields}
            )
            self.assertEqual(answer.status, 200)
            return answer.json()

        self.assertIn("result", scored(key, self.school["applicationId"]))
        self.assertEqual(scored("wrong", self.school["applicationId"])["errID"], 40080)
        refused = scored(key, self.other["applicationId"])
        self.assertEqual((refused["errID"], refused["field"]), (40082, "applicationId"))

    def test_storage_that_fails_is_no_wrong_token(self):
        eva = self.token("eva")
        address = "/v1/stream?token=" + eva["Authorization"][7:]
        now = int(time.time())
        signature = self.signature(self.school, now)
        database = sqlite3.connect(self.server.data_dir / "saywell.db", isolation_level=None)
        self.addCleanup(database.close)
        database.execute("ALTER TABLE application RENAME TO lost")
        try:
            self.refused(self.server.assess(self.audio, REQUEST, eva), 503, 503)
            self.refused(self.server.request("GET", "/v1/recordings", headers=self.basic(self.school)), 503, 503)
            body = f"applicationId={self.school['applicationId']}&timestamp={now}&sig={signature}"
            session = self.server.request("POST", "/api/v1.1/auth/getSessionKey", body)
            self.refused(session, 200, 503)
            stream = self.server.stream(address)
            self.addCleanup(stream.close)
            stream.start(REQUEST)
            self.assertEqual(stream.receive()["errID"], 503)
            client = RtmpClient(
                self.server.rtmp_port, applicationId=self.school["applicationId"], timestamp=str(now), sig=signature
            )
            self.addCleanup(client.close)
            self.assertEqual((client.answer[0], client.answer[1]["errID"]), ("_error", 503))
        finally:
            database.execute("ALTER TABLE lost RENAME TO application")
        stream.start(REQUEST)
        self.assertIn("recordId", stream.receive())  # it signs in by the address that it came with

    def test_a_stream_signs_in(self):
        stream = self.server.stream()
        self.addCleanup(stream.close)
        stream.start(REQUEST)
        self.assertEqual(stream.receive()["errID"], 40080)
        now = str(int(time.time()))
        app = {"applicationId": self.school["applicationId"], "timestamp": now}
        for signature in ("0" * 40, self.signature(self.school, now)):
            stream.send({"cmd": "connect", "param": {"app": {**app, "sig": signature}}})
            answer = stream.receive()
        self.assertEqual(answer.get("applicationId"), self.school["applicationId"], answer)
        started, _, envelope = stream.record(read_wav(CARDS).tobytes(), REQUEST)
        self.assertIn("result", envelope)
        token = self.token("eva")["Authorization"][7:]
        learner = self.server.stream("/v1/stream?token=" + token)
        self.addCleanup(learner.close)
        learner.start(REQUEST, app={"userId": "bob"})
        refused = learner.receive()
        self.assertEqual((refused["errID"], refused["field"]), (40082, "userId"))

    def test_the_limit_of_an_application(self):
        headers = self.basic(self.other)
        codes = [self.server.assess(self.audio, REQUEST, headers).status for _ in range(4)]
        self.assertEqual(codes[-1], 503)
        self.assertIn(200, codes)

    def test_secrets_are_not_logged(self):
        for secret in (self.school["secret"], self.other["secret"]):
            self.assertNotIn(secret, self.server.errors())


if __name__ == "__main__":
    unittest.main()
