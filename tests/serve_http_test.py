#!/usr/bin/env python3
"""`saywell serve` over HTTP: assessments, recordings, the 2011 interface, bad requests.

    serve_http_test.py PROGRAM
"""

import json
import unittest
import urllib.parse

from program_under_test import CARDS, CARDS_TEXT, NOVEL, NOVEL_TEXT, check_envelope, numbers, saywell
from server_under_test import Server, multipart

REQUEST = {"refText": CARDS_TEXT, "precision": 0.1}


class ServeHttp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.audio = CARDS.read_bytes()

    @classmethod
    def tearDownClass(cls):
        status = cls.server.stop()
        if status != 0:
            raise AssertionError(f"exit status {status}")

    def assert_refused(self, answer, status, code):
        body = answer.json()
        self.assertEqual((answer.status, body["errID"]), (status, code), body)
        self.assertTrue(body["error"])
        self.assertNotIn("result", body)

    def test_the_greeting_says_that_it_is_open(self):
        self.assertIn("from this machine only", self.server.greeting)

    def test_a_multipart_upload_gives_the_result_of_the_command(self):
        answer = self.server.assess(self.audio, {**REQUEST, "tokenId": "t1", "attachAudioUrl": 1})
        self.assertEqual(answer.status, 200, answer.body)
        envelope = answer.json()
        check_envelope(envelope)
        self.assertEqual(envelope["tokenId"], "t1")
        self.assertEqual((envelope["applicationId"], envelope["userId"]), ("open", "guest"))
        self.assertEqual(envelope["audioUrl"], "/v1/recordings/" + envelope["recordId"])
        done = saywell("assess", CARDS, "--text", CARDS_TEXT, "--precision", "0.1", "--format", "json")
        self.assertEqual(numbers(envelope["result"]), numbers(json.loads(done.stdout)["result"]))

    def test_the_audio_as_body_and_the_request_in_the_query(self):
        query = urllib.parse.urlencode({"refText": CARDS_TEXT, "precision": "0.1", "rank": 100})
        answer = self.server.request("POST", "/v1/assess?" + query, self.audio, {"Content-Type": "audio/wav"})
        self.assertEqual(answer.status, 200, answer.body)
        other = self.server.assess(self.audio, REQUEST)
        self.assertEqual(numbers(answer.json()["result"]), numbers(other.json()["result"]))
        as_json = urllib.parse.urlencode({"request": json.dumps(REQUEST)})
        self.assertEqual(self.server.request("POST", "/v1/assess?" + as_json, self.audio).status, 200)

    def test_a_recording_is_kept_given_back_and_deleted(self):
        record_id = self.server.assess(self.audio, {**REQUEST, "userId": "eva"}).json()["recordId"]
        path = f"/v1/recordings/{record_id}"
        whole = self.server.request("GET", path)
        self.assertEqual((whole.status, whole.body), (200, self.audio))
        self.assertEqual(whole.headers["Content-Type"], "audio/wav")
        part = self.server.request("GET", path, headers={"Range": "bytes=10-19"})
        self.assertEqual((part.status, part.body), (206, self.audio[10:20]))
        self.assertEqual(part.headers["Content-Range"], f"bytes 10-19/{len(self.audio)}")
        beyond = self.server.request("GET", path, headers={"Range": "bytes=99999999-"})
        self.assert_refused(beyond, 416, 40031)
        head = self.server.request("HEAD", path)
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["Content-Length"], str(len(self.audio)))
        wav = self.server.request("GET", path + ".wav")
        self.assertEqual((wav.status, wav.body[:4]), (200, b"RIFF"))
        result = self.server.request("GET", f"/v1/results/{record_id}")
        self.assertEqual(result.status, 200)
        check_envelope(result.json())
        self.assertEqual(self.server.request("DELETE", path).status, 200)
        for gone in (path, path + ".wav", f"/v1/results/{record_id}"):
            self.assert_refused(self.server.request("GET", gone), 404, 40001)
        self.assert_refused(self.server.request("DELETE", path), 404, 40001)

    def test_lists_come_in_pages_and_users_can_be_deleted(self):
        ids = [self.server.assess(self.audio, {**REQUEST, "userId": "list/ü"}).json()["recordId"] for _ in range(3)]
        user = urllib.parse.quote("list/ü", safe="")
        first = self.server.request("GET", f"/v1/recordings?userId={user}&limit=2").json()
        second = self.server.request("GET", f"/v1/recordings?userId={user}&limit=2&cursor={first['nextCursor']}").json()
        listed = [entry["recordId"] for page in (first, second) for entry in page["recordings"]]
        self.assertEqual(listed, ids[::-1])
        newest = first["recordings"][0]
        self.assertEqual((newest["coreType"], newest["state"]), ("en.sent.score", "done"))
        self.assertGreater(newest["duration"], 1000)
        self.assertNotIn("nextCursor", second)
        deleted = self.server.request("DELETE", f"/v1/users/{user}")
        self.assertEqual((deleted.status, deleted.json()["deletedRecordings"]), (200, 3))
        self.assertEqual(self.server.request("GET", f"/v1/recordings?userId={user}").json()["recordings"], [])
        for bad in ("limit=0", "limit=x", "limit=201", "cursor=zzz", "user=x"):
            self.assert_refused(self.server.request("GET", "/v1/recordings?" + bad), 400, 40031)

    def test_what_is_not_to_be_stored_is_not(self):
        answer = self.server.assess(self.audio, {**REQUEST, "refText": "Ten of clubs, quietly kept.", "store": False})
        record_id = answer.json()["recordId"]
        self.assert_refused(self.server.request("GET", f"/v1/recordings/{record_id}"), 404, 40001)
        self.assert_refused(self.server.request("GET", f"/v1/results/{record_id}"), 404, 40001)
        for path in self.server.data_dir.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                self.assertNotIn(b"quietly kept", content, path)
                self.assertNotIn(record_id.encode(), content, path)

    def test_without_waiting_the_result_is_fetched(self):
        answer = self.server.assess(NOVEL.read_bytes(), {"refText": NOVEL_TEXT}, {"Prefer": "respond-async"})
        self.assertEqual(answer.status, 202, answer.body)
        path = "/v1/results/" + answer.json()["recordId"]
        result = self.server.request("GET", path)
        while result.status == 202:
            result = self.server.request("GET", path)
        self.assertEqual(result.status, 200, result.body)
        check_envelope(result.json())

    def test_what_is_not_stored_is_waited_for(self):
        answer = self.server.assess(self.audio, {**REQUEST, "store": False}, {"Prefer": "respond-async"})
        self.assertEqual(answer.status, 200, answer.body)
        check_envelope(answer.json())

    def test_only_recording(self):
        answer = self.server.assess(self.audio, {**REQUEST, "mode": "record-only"}).json()
        self.assertNotIn("result", answer)
        self.assertNotIn("errID", answer)
        state = self.server.request("GET", "/v1/results/" + answer["recordId"])
        self.assertEqual((state.status, state.json()["state"]), (200, "complete"))

    def test_kernel_codes_travel_with_their_http_status(self):
        silence = b"RIFF$\xf4\x01\x00WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\0\xf4\1\0" + bytes(
            128000
        )
        self.assert_refused(self.server.assess(silence, REQUEST), 422, 20001)
        self.assert_refused(self.server.assess(self.audio, {"refText": "десять"}), 422, 20301)
        self.assert_refused(self.server.assess(b"only some words " * 99, REQUEST), 422, 40003)
        self.assert_refused(self.server.assess(b"", REQUEST), 422, 40004)
        self.assert_refused(self.server.assess(self.audio, {**REQUEST, "deadlineMs": 1}), 503, 503)

    def test_bad_requests_name_what_is_wrong(self):
        for request, what in (
            ({}, "refText"),
            ({"refText": 7}, "refText"),
            ({"refText": "x", "rnak": 5}, "rank"),
            ({"refText": "x", "rank": 7}, "rank"),
            ({"refText": "x", "coreType": "cn.word.score"}, "coreType"),
        ):
            answer = self.server.assess(self.audio, request)
            self.assert_refused(answer, 400, 40031)
            self.assertIn(what, answer.json()["error"])
        for parts in (
            {"audio": ("a", self.audio)},
            {"request": "{}"},
            {"audio": "x", "request": "{}", "more": "x"},
            {"audio": "x", "request": "[" * 1000},
            {"audio": "x", "request": b'{"refText": "\xff"}'},
        ):
            self.assert_refused(self.server.upload("/v1/assess", parts), 400, 40031)
        parts = {"audio": ("a", self.audio), "request": json.dumps(REQUEST)}
        self.assert_refused(self.server.upload("/v1/assess?rank=5", parts), 400, 40031)
        for query in ("refText=%zz", "refText=%ff", "refText=a&refText=b", "refText=a&rank=x"):
            self.assert_refused(self.server.request("POST", "/v1/assess?" + query, self.audio), 400, 40031)

    def test_bad_bodies(self):
        body, content_type = multipart({"audio": ("a", self.audio), "request": json.dumps(REQUEST)})
        for cut in (0, 10, 200, len(body) - 8):
            answer = self.server.request("POST", "/v1/assess", body[:cut], {"Content-Type": content_type})
            self.assert_refused(answer, 400, 40031)
        for wrong in ("multipart/form-data", "multipart/mixed; boundary=x", content_type + "x"):
            self.assert_refused(self.server.request("POST", "/v1/assess", body, {"Content-Type": wrong}), 400, 40031)
        too_large = self.server.request("POST", "/v1/assess", None, {"Content-Length": "99999999999"})
        self.assert_refused(too_large, 413, 40031)
        # Also answered to a client that reads only after it has sent everything.
        self.assert_refused(self.server.request("POST", "/v1/assess", bytes(60_000_000)), 413, 40031)

    def test_what_is_no_http(self):
        self.assertIn(b" 400 ", self.server.raw(b"hello\r\n\r\n").split(b"\r\n")[0])
        endless = b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000
        self.assertIn(b" 431 ", self.server.raw(endless).split(b"\r\n")[0])
        head = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        self.assertIn(b" 404 ", self.server.raw(b"GET /%2e%2e/%2e%2e/etc/passwd" + head + b"\r\n"))
        chunked = b"POST /v1/assess?refText=a" + head + b"Transfer-Encoding: chunked\r\n\r\n" b"5\r\nhello\r\n0\r\n\r\n"
        self.assertIn(b"40004", self.server.raw(chunked))
        self.assertIn(b" 400 ", self.server.raw(chunked.replace(b"5\r\n", b"zz\r\n")).split(b"\r\n")[0])

    def test_paths_and_methods(self):
        self.assert_refused(self.server.request("GET", "/v1/nothing"), 404, 40031)
        answer = self.server.request("PUT", "/v1/recordings/x")
        self.assert_refused(answer, 405, 40031)
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, DELETE")
        for name in ("..%2f..%2fsaywell.db", "%2e%2e", "x" * 300, "a%20b", "%00"):
            self.assertEqual(self.server.request("GET", "/v1/recordings/" + name).status, 404, name)

    def test_pages_and_figures(self):
        for path, kind in (
            ("/", "text/html"),
            ("/docs", "text/html"),
            ("/openapi.json", "application/json"),
            ("/healthz", "application/json"),
            ("/readyz", "application/json"),
        ):
            answer = self.server.request("GET", path)
            self.assertEqual((answer.status, answer.headers["Content-Type"].split(";")[0]), (200, kind), path)
        codes = self.server.request("GET", "/v1/status-codes").json()["codes"]
        self.assertIn(20001, [entry["code"] for entry in codes])
        self.server.assess(self.audio, REQUEST)
        self.server.assess(bytes(100), REQUEST)
        figures = self.server.request("GET", "/metrics").body.decode()
        for code in (0, 40003):
            self.assertRegex(figures, rf'saywell_assessments_total{{code="{code}",coreType="en.sent.score"}} [1-9]')
        self.assertRegex(figures, r"saywell_stored_bytes [1-9]")
        self.assertRegex(figures, r'saywell_http_requests_total\{[^}]*route="/v1/assess"[^}]*\} [1-9]')
        self.assertIn("saywell_ready 1", figures)

    def test_pronunciations(self):
        answer = self.server.request("GET", "/v1/pronunciations?text=We+live&alphabet=ipa").json()
        self.assertEqual([token["char"] for token in answer["tokens"]], ["We", "live"])
        self.assert_refused(self.server.request("GET", "/v1/pronunciations?text="), 400, 40031)
        self.assert_refused(self.server.request("GET", "/v1/pronunciations?text=x&alphabet=morse"), 400, 40031)

    def test_a_client_of_2011(self):
        session = self.server.request(
            "POST",
            "/api/v1.1/auth/getSessionKey",
            "applicationId=a&timestamp=1&sig=0",
            {"Content-Type": "application/x-www-form-urlencoded"},
        ).json()
        self.assertEqual((session["applicationId"], session["timestamp"]), ("a", "1"))
        system = json.dumps({"session": session["session"], "userId": "u", "applicationId": "a"})
        fields = {"refText": CARDS_TEXT, "coreType": "en.sent.score", "scoreType": "4", "audioType": "wav"}
        parts = {"audio": ("a.wav", self.audio), "sysParams": system, "appParams": json.dumps(fields)}
        answer = self.server.upload("/api/v1.1/enscore", parts)
        self.assertEqual(answer.status, 200, answer.body)
        result = answer.json()["result"]
        self.assertIn(result["overall"], "ABCD")
        self.assertIn(result["details"][0]["phone"][0]["score"], "ABCD")
        self.assertEqual(answer.json()["userId"], "u")
        mandarin = self.server.upload("/api/v1.1/cnscore", parts)
        self.assertEqual((mandarin.status, mandarin.json()["errID"]), (200, 40031))
        self.assertIn("coreType", mandarin.json()["error"])
        refused = self.server.upload("/api/v1.1/enscore", {**parts, "appParams": '{"refText": "x", "scoreType": "7"}'})
        self.assertEqual((refused.status, refused.json()["errID"]), (200, 40031))
        broken = self.server.request(
            "POST", "/api/v1.1/enscore", "x", {"Content-Type": "multipart/form-data; boundary=B"}
        )
        self.assertEqual((broken.status, broken.json()["errID"]), (200, 40031))

    def test_one_connection_carries_many_requests(self):
        import http.client

        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        for path in ("/healthz", "/v1/nothing", "/readyz", "/v1/recordings"):
            connection.request("GET", path)
            self.assertTrue(connection.getresponse().read())
        connection.close()


if __name__ == "__main__":
    unittest.main()
