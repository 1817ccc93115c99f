#!/usr/bin/env python3
"""What `saywell serve` keeps out: pages of other origins, foreign names, requests without a name, figures for others.

    serve_gate_test.py PROGRAM
"""

import base64
import http.client
import json
import re
import signal
import socket
import tempfile
import time
import unittest
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, saywell
from rtmp_under_test import RtmpClient
from server_under_test import LONGEST_WAIT_S, Answer, Server, Stream, add_application, multipart

REQUEST = {"refText": CARDS_TEXT}
EVIL = "http://evil.example"
TOKEN = "figures-for-prometheus"


def outer_address():
    """An address of this machine that is not the loopback's; it has none without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing
        return probe.getsockname()[0]


def ask(address, port, path, headers=None):
    connection = http.client.HTTPConnection(address, port, timeout=LONGEST_WAIT_S)
    try:
        connection.request("GET", path, headers=headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Gate(unittest.TestCase):
    def assert_kept_out(self, answer, status, field):
        body = answer.json()
        self.assertEqual((answer.status, body["errID"], body["field"]), (status, 40082, field), body)
        self.assertIn(field, body["error"])

    def recordings(self, headers=None):
        return len(self.server.request("GET", "/v1/recordings", headers=headers).json()["recordings"])

    def websocket_status(self, **headers):
        stream = Stream.__new__(Stream)
        stream.socket = socket.create_connection(("127.0.0.1", self.server.port), timeout=LONGEST_WAIT_S)
        self.addCleanup(stream.socket.close)
        key = base64.b64encode(b"0123456789abcdef").decode()
        lines = {
            "Host": f"localhost:{self.server.port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
            **headers,
        }
        head = "GET /v1/stream HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        stream.socket.sendall((head + "\r\n").encode())
        stream.buffer = b""
        return int(stream.read_until(b"\r\n\r\n").split()[1])

    def upload(self, **headers):
        return self.server.assess(self.audio, REQUEST, headers)


class OpenServer(Gate):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.config = Path(cls.folder.name) / "saywell.toml"
        cls.config.write_text('allowed_hosts = ["speech.school.example"]\n', encoding="utf-8")
        cls.server = Server("--config", cls.config, data_dir=cls.folder.name)
        cls.audio = CARDS.read_bytes()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def test_its_own_names(self):
        port = self.server.port
        for host in (f"localhost:{port}", "127.0.0.1", f"[::1]:{port}", "192.0.2.7", "speech.school.example"):
            self.assertEqual(self.server.request("GET", "/healthz", headers={"Host": host}).status, 200, host)
            self.assertEqual(self.websocket_status(Host=host), 101, host)

    def test_names_that_others_pointed_here(self):
        before = self.recordings()
        for host in (
            "evil.example",
            f"evil.example:{self.server.port}",
            "localhost.evil.example",
            "127.0.0.1.nip.example",
        ):
            for path in ("/", "/v1/recordings", "/healthz", "/metrics", "/openapi.json", "/v1/nothing"):
                self.assert_kept_out(self.server.request("GET", path, headers={"Host": host}), 421, "Host")
            self.assert_kept_out(self.upload(Host=host), 421, "Host")
            self.assertEqual(self.websocket_status(Host=host), 421)
        self.assertEqual(self.recordings(), before)

    def test_pages_of_other_origins(self):
        before = self.recordings()
        body, content_type = multipart({"audio": ("a", self.audio), "request": json.dumps(REQUEST)})
        for origin in (EVIL, "null", "http://localhost", f"https://localhost:{self.server.port}"):
            self.assert_kept_out(self.upload(Origin=origin), 403, "Origin")
            form = {"Origin": origin, "Content-Type": content_type}
            for path in ("/v1/assess", "/api/v1.1/enscore", "/v1/sessions", "/v1/nothing"):
                self.assert_kept_out(self.server.request("POST", path, body, form), 403, "Origin")
            for path in ("/v1/recordings/x", "/v1/users/guest"):
                deletion = self.server.request("DELETE", path, headers={"Origin": origin})
                self.assert_kept_out(deletion, 403, "Origin")
            self.assertEqual(self.websocket_status(Origin=origin), 403)
            read = self.server.request("GET", "/v1/recordings", headers={"Origin": origin})
            self.assertEqual((read.status, read.headers["Access-Control-Allow-Origin"]), (200, None))
        self.assertEqual(self.recordings(), before)

    def test_its_own_page_and_programs(self):
        own = f"http://127.0.0.1:{self.server.port}"
        self.assertEqual(self.upload(Origin=own).status, 200)
        self.assertEqual(self.upload().status, 200)
        self.assertEqual(self.websocket_status(Origin=f"http://localhost:{self.server.port}"), 101)

    def test_behind_a_proxy_that_ends_tls(self):
        behind = {"Host": "speech.school.example", "X-Forwarded-Proto": "https"}
        self.assertEqual(self.upload(**behind, Origin="https://speech.school.example").status, 200)
        self.assert_kept_out(self.upload(**behind, Origin=EVIL), 403, "Origin")

    def test_a_name_is_needed_once(self):
        self.assertIn(b" 400 ", self.server.raw(b"GET /healthz HTTP/1.1\r\n\r\n").split(b"\r\n")[0])
        twice = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"
        answer = self.server.raw(twice)
        self.assertIn(b" 400 ", answer.split(b"\r\n")[0])
        self.assertIn(b"Host", answer.split(b"\r\n\r\n")[1])
        # Programs that speak HTTP/1.0, such as health checks, may leave it out.
        self.assertIn(b" 200 ", self.server.raw(b"GET /healthz HTTP/1.0\r\n\r\n").split(b"\r\n")[0])

    def test_origins_and_names_are_read_anew(self):
        page = {"Origin": "https://new.example"}
        self.assert_kept_out(self.upload(**page), 403, "Origin")
        self.config.write_text(
            'allowed_hosts = ["speech.school.example", "new.example"]\ncors_origins = ["https://new.example"]\n',
            encoding="utf-8",
        )
        self.server.process.send_signal(signal.SIGHUP)
        while self.upload(**page).status == 403:
            pass
        answer = self.upload(**page)
        self.assertEqual((answer.status, answer.headers["Access-Control-Allow-Origin"]), (200, "https://new.example"))
        self.assertEqual(self.websocket_status(Origin="https://new.example"), 101)
        self.assertEqual(self.server.request("GET", "/healthz", headers={"Host": "new.example"}).status, 200)
        # A file that cannot be read changes nothing.
        self.config.write_text("no = configuration", encoding="utf-8")
        self.server.process.send_signal(signal.SIGHUP)
        while "reload:" not in self.server.errors():
            pass
        self.assertEqual(self.upload(**page).status, 200)


class Applications(Gate):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data_dir = Path(cls.folder.name) / "data"
        cls.school = add_application(cls.data_dir, "School")
        cls.server = Server("--bind", "127.0.0.1", data_dir=cls.folder.name)
        cls.audio = CARDS.read_bytes()
        pair = base64.b64encode(f"{cls.school['applicationId']}:{cls.school['secret']}".encode()).decode()
        cls.basic = {"Authorization": "Basic " + pair}

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def test_any_name_but_only_known_pages(self):
        self.assertEqual(self.upload(**self.basic, Host="any.example").status, 200)
        for origin in (EVIL, "null"):
            self.assert_kept_out(self.upload(**self.basic, Origin=origin), 403, "Origin")
            self.assertEqual(self.websocket_status(Origin=origin), 403)

    def test_an_applications_origins_are_read_anew(self):
        page = {**self.basic, "Origin": "https://class.example"}
        self.assert_kept_out(self.upload(**page), 403, "Origin")
        changed = saywell(
            "app",
            "--data-dir",
            self.data_dir,
            "set",
            self.school["applicationId"],
            "cors_origins=https://class.example",
        )
        self.assertEqual(changed.returncode, 0, changed.stderr)
        end = time.monotonic() + LONGEST_WAIT_S
        while self.upload(**page).status == 403 and time.monotonic() < end:
            pass
        self.assertEqual(self.upload(**page).status, 200)

    def test_pronunciations_need_signing_in(self):
        path = "/v1/pronunciations?text=We+live"
        refused = self.server.request("GET", path)
        self.assertEqual((refused.status, refused.json()["errID"]), (401, 40080))
        self.assertEqual(self.server.request("GET", path, headers=self.basic).status, 200)


class RefusedSignIns(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.school = add_application(Path(self.folder.name) / "data", "School")

    def start(self, *arguments):
        self.server = Server("--bind", "127.0.0.1", *arguments, data_dir=self.folder.name, ready=False)
        self.addCleanup(self.server.stop)

    def basic(self, secret, client=None):
        pair = base64.b64encode(f"{self.school['applicationId']}:{secret}".encode()).decode()
        headers = {"Authorization": "Basic " + pair}
        return {**headers, "X-Forwarded-For": client} if client else headers

    def status(self, headers):
        return self.server.request("GET", "/v1/recordings", headers=headers).status

    def refused_in_all(self, interface):
        figures = self.server.request("GET", "/metrics").body.decode()
        found = re.search(rf'saywell_refused_sign_ins_total{{interface="{interface}"}} (\d+)', figures)
        return int(found.group(1)) if found else 0

    def test_they_are_slowed_down_logged_and_counted(self):
        self.start()
        wrong = self.basic("a-wrong-secret")
        begun = time.monotonic()
        self.assertEqual([self.status(wrong) for _ in range(13)], [401] * 13)
        # Ten at once, and three that are half a second apart.
        self.assertGreaterEqual(time.monotonic() - begun, 1.4)
        self.assertEqual(self.status(self.basic(self.school["secret"])), 200)
        self.assertEqual(self.refused_in_all("http"), 13)
        log = self.server.errors()
        self.assertIn(f'sign-in refused: 127.0.0.1, http, application "{self.school["applicationId"]}": ', log)
        for secret in ("a-wrong-secret", self.school["secret"]):
            self.assertNotIn(secret, log)

    def test_requests_without_a_key_are_no_sign_ins(self):
        self.start()
        self.assertEqual([self.status({}) for _ in range(30)], [401] * 30)
        self.assertEqual(self.refused_in_all("http"), 0)

    def test_very_many_at_a_time_are_not_even_looked_at(self):
        self.start("--refused-sign-ins-per-minute", "1")
        with ThreadPoolExecutor(60) as pool:
            answers = [pool.submit(self.status, self.basic(f"wrong-{i}")) for i in range(60)]
            statuses = [answer.result() for answer in answers]
        self.assertEqual(set(statuses), {401, 503})
        # Ten, and a few that were being looked at when the tenth was refused.
        self.assertLess(statuses.count(401), 30)
        self.assertEqual(self.refused_in_all("http"), statuses.count(401))

    def test_other_clients_of_a_proxy_are_not_slowed_down(self):
        self.start("--refused-sign-ins-per-minute", "1")
        statuses = [self.status(self.basic("wrong", "203.0.113.7")) for _ in range(12)]
        self.assertEqual(statuses, [401] * 10 + [503] * 2)
        self.assertEqual(self.status(self.basic("wrong", "198.51.100.1")), 401)
        # Addresses that a client claims itself do not count.
        self.assertEqual(self.status(self.basic("wrong", "198.51.100.2, 203.0.113.7")), 503)
        self.assertEqual(self.status(self.basic(self.school["secret"], "198.51.100.1")), 200)
        self.assertIn("sign-in refused: 203.0.113.7, http", self.server.errors())
        self.assertIn("sign-in refused: 198.51.100.1, http", self.server.errors())

    def test_over_websocket_rtmp_and_the_interface_of_2011(self):
        self.start()
        claim = {"applicationId": self.school["applicationId"], "timestamp": str(int(time.time())), "sig": "0" * 40}
        stream = self.server.stream()
        self.addCleanup(stream.close)
        begun = time.monotonic()
        for _ in range(12):
            stream.send({"cmd": "connect", "param": {"app": claim}})
            self.assertEqual(stream.receive()["errID"], 40080)
        self.assertGreaterEqual(time.monotonic() - begun, 0.9)
        self.assertEqual(self.refused_in_all("websocket"), 12)
        legacy = self.server.request("POST", "/api/v1.1/auth/getSessionKey", urllib.parse.urlencode(claim))
        self.assertEqual((legacy.status, legacy.json()["errID"]), (200, 40080))
        self.assertEqual(self.refused_in_all("http"), 1)
        client = RtmpClient(self.server.rtmp_port, **claim)
        self.addCleanup(client.close)
        self.assertEqual(client.answer[1]["errID"], 40080)
        self.assertEqual(self.refused_in_all("rtmp"), 1)
        self.assertGreaterEqual(time.monotonic() - begun, 1.9)
        log = self.server.errors()
        for interface in ("websocket", "http", "rtmp"):
            self.assertIn(f'127.0.0.1, {interface}, application "{claim["applicationId"]}"', log)

    def test_the_end_of_the_server_waits_for_no_answer(self):
        self.start()
        stream = self.server.stream()
        self.addCleanup(stream.close)
        for _ in range(20):
            stream.send({"cmd": "connect", "param": {"app": {"token": "wrong"}}})
        for _ in range(10):
            stream.receive()
        self.assertEqual(self.server.stop(), 0)


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        token = Path(cls.folder.name) / "token"
        token.write_text(TOKEN + "\n", encoding="utf-8")
        cls.outer = outer_address()
        cls.server = Server("--bind", "0.0.0.0", "--metrics-token-file", token, "--metrics-bind", f"{cls.outer}:0")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def metrics(self, address, headers=None, port=None):
        return ask(address, port or self.server.port, "/metrics", headers)

    def test_programs_on_this_machine_read_them(self):
        answer = self.metrics("127.0.0.1")
        self.assertEqual(answer.status, 200)
        self.assertIn(b"saywell_ready", answer.body)

    def test_others_need_the_token(self):
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic " + TOKEN}):
            answer = self.metrics(self.outer, headers)
            self.assertEqual((answer.status, answer.json()["errID"]), (401, 40080))
            self.assertNotIn(b"saywell_", answer.body)
        self.assertEqual(self.metrics(self.outer, {"Authorization": "Bearer " + TOKEN}).status, 200)

    def test_a_proxy_on_this_machine_is_no_program_on_it(self):
        for headers in (
            {"X-Forwarded-For": "203.0.113.7"},
            {"Forwarded": "for=203.0.113.7"},
            {"Via": "1.1 proxy"},
            {"Host": f"{self.outer}:8080"},
        ):
            self.assertEqual(self.metrics("127.0.0.1", headers).status, 401, headers)
        # As nginx passes it on when nothing else is configured.
        bare = f"GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:{self.server.port}\r\nConnection: close\r\n\r\n"
        self.assertIn(b" 401 ", self.server.raw(bare.encode()).split(b"\r\n")[0])

    def test_an_address_of_their_own(self):
        port = int(re.search(r"Metrics: http://[^/]*:(\d+)/metrics", self.server.greeting).group(1))
        self.assertEqual(self.metrics(self.outer, port=port).status, 200)
        self.assertEqual(self.metrics(self.outer, {"Host": "saywell:9090"}, port).status, 200)
        for path in ("/", "/v1/recordings", "/healthz"):
            self.assertEqual(ask(self.outer, port, path).status, 404, path)

    def test_without_a_token_there_is_none_for_others(self):
        server = Server("--bind", "0.0.0.0", "--metrics-bind", "127.0.0.1:0", ready=False)
        self.addCleanup(server.stop)
        answer = ask(self.outer, server.port, "/metrics")
        self.assertEqual((answer.status, answer.json()["errID"]), (403, 40082))
        port = int(re.search(r"Metrics: http://[^/]*:(\d+)/metrics", server.greeting).group(1))
        self.assertEqual(ask("127.0.0.1", port, "/metrics").status, 200)
        self.assertEqual(ask("127.0.0.1", port, "/metrics", {"Host": "evil.example"}).status, 421)


if __name__ == "__main__":
    unittest.main()
