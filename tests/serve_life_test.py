#!/usr/bin/env python3
"""`saywell serve` from start to end: recordings survive a kill, its end, TLS, wrong usage.

    serve_life_test.py PROGRAM
"""

import http.client
import json
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

from program_under_test import NOVEL, NOVEL_TEXT, PROGRAM, check_envelope, read_wav
from server_under_test import Server

USAGE, FILE_PROBLEM = 2, 3


class ServeLife(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def server(self, *arguments, **options):
        server = Server(*arguments, data_dir=self.folder, **options)
        self.addCleanup(server.stop)
        return server

    def result_of(self, server, record_id):
        answer = server.request("GET", "/v1/results/" + record_id)
        while answer.status == 202:
            answer = server.request("GET", "/v1/results/" + record_id)
        return answer

    def test_acknowledged_recordings_survive_a_kill_and_are_assessed_afterwards(self):
        server = self.server("--worker-threads", "1")
        audio = NOVEL.read_bytes()
        ids = [
            server.assess(audio, {"refText": NOVEL_TEXT}, {"Prefer": "respond-async"}).json()["recordId"]
            for _ in range(6)
        ]
        stream = server.stream()
        self.addCleanup(stream.close)
        stream.start({"refText": NOVEL_TEXT})
        half_received = stream.receive()["recordId"]
        stream.send_audio(read_wav(NOVEL).tobytes()[:64_000])
        server.kill()
        server = self.server()
        for record_id in ids:
            self.assertEqual(server.request("GET", "/v1/recordings/" + record_id).body, audio)
            answer = self.result_of(server, record_id)
            self.assertEqual(answer.status, 200, answer.body)
            check_envelope(answer.json())
        self.assertNotEqual(self.result_of(server, half_received).status, 200)

    def test_ending_finishes_what_runs(self):
        server = self.server()
        stream = server.stream()
        self.addCleanup(stream.close)
        stream.start({"refText": NOVEL_TEXT})
        stream.receive()
        stream.send_audio(read_wav(NOVEL).tobytes(), 32_000)
        stream.send({"cmd": "stop"})
        self.assertEqual(stream.receive()["cmd"], "stop")
        server.process.send_signal(signal.SIGTERM)
        self.assertIn("result", stream.receive())
        # Not by another signal: a second one ends the program at once.
        self.assertEqual(server.process.wait(60), 0)

    def test_it_ends_at_once_when_nothing_runs(self):
        for kind in (signal.SIGINT, signal.SIGTERM):
            server = self.server(ready=False)
            idle = server.stream()
            self.addCleanup(idle.close)
            server.process.send_signal(kind)
            self.assertEqual(server.process.wait(20), 0)

    def test_one_server_a_data_folder(self):
        self.server()
        done = subprocess.run(
            [PROGRAM, "serve", "--http-port", "0", "--rtmp-port", "0", "--data-dir", self.folder / "data"],
            capture_output=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(done.returncode, USAGE)
        self.assertIn(b"data_dir", done.stderr)

    def test_wrong_options(self):
        taken = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(taken.close)
        for arguments, status in (
            (["--http-port", "x"], USAGE),
            (["--no-such"], USAGE),
            (["--config", self.folder / "none.toml"], FILE_PROBLEM),
            (["--http-port", str(taken.getsockname()[1])], USAGE),
            (["--http-port", "0", "--tls-cert", "none", "--tls-key", "none"], FILE_PROBLEM),
        ):
            with self.subTest(arguments=arguments):
                done = subprocess.run(
                    [PROGRAM, "serve", "--data-dir", self.folder / "other", *arguments],
                    capture_output=True,
                    timeout=60,
                    check=False,
                )
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertTrue(done.stderr)

    def test_without_models_it_says_so(self):
        empty = self.folder / "models"
        empty.mkdir()
        process = subprocess.Popen(
            [
                PROGRAM,
                "--model-dir",
                empty,
                "serve",
                "--http-port",
                "0",
                "--rtmp-port",
                "0",
                "--data-dir",
                self.folder / "data",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.terminate)
        port = int(process.stdout.readline().decode().rsplit(":", 1)[1].rstrip("/\n"))
        while b"cannot assess" not in process.stderr.readline():
            pass
        for method, path in (("GET", "/readyz"), ("POST", "/v1/assess?refText=x")):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request(method, path, b"")
            answer = connection.getresponse()
            body = json.loads(answer.read())
            self.assertEqual((answer.status, body["errID"]), (503, 40051))
            self.assertIn("log", body["error"])
            self.assertNotIn(str(self.folder), body["error"])
            connection.close()

    def https(self, server, trusted, path="/healthz"):
        context = ssl.create_default_context(cafile=trusted)
        connection = http.client.HTTPSConnection("localhost", server.port, timeout=60, context=context)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        serial = connection.sock.getpeercert()["serialNumber"] if connection.sock else None
        connection.close()
        return answer.status, body, serial

    def test_tls_with_an_own_authority_is_kept_and_reloaded(self):
        server = self.server("--tls-self", ready=False)
        self.assertIn("https://", server.greeting)
        folder = server.data_dir / "tls"
        self.assertIn(str(folder / "authority.crt"), server.greeting)
        status, body, _ = self.https(server, folder / "authority.crt")
        self.assertEqual((status, json.loads(body)["alive"]), (200, True))
        for key in folder.glob("*.key"):
            self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        before = (folder / "authority.crt").read_bytes()
        server.stop()
        server = self.server("--tls-self", ready=False)
        self.assertEqual((folder / "authority.crt").read_bytes(), before)

    def test_a_certificate_is_read_again_on_sighup(self):
        def make(name):
            subprocess.run(
                [
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-keyout",
                    self.folder / "key.pem",
                    "-out",
                    self.folder / "cert.pem",
                    "-days",
                    "2",
                    "-subj",
                    f"/CN={name}",
                    "-addext",
                    "subjectAltName=DNS:localhost",
                ],
                check=True,
                capture_output=True,
            )

        make("first")
        server = self.server("--tls-cert", self.folder / "cert.pem", "--tls-key", self.folder / "key.pem", ready=False)
        first = (self.folder / "cert.pem").read_bytes()
        self.assertEqual(self.https(server, self.folder / "cert.pem")[0], 200)
        make("second")
        server.process.send_signal(signal.SIGHUP)
        while True:  # until the signal has arrived
            try:
                self.assertEqual(self.https(server, self.folder / "cert.pem")[0], 200)
                break
            except ssl.SSLCertVerificationError:
                continue
        (self.folder / "old.pem").write_bytes(first)
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.https(server, self.folder / "old.pem")
        (self.folder / "cert.pem").write_text("no certificate")
        server.process.send_signal(signal.SIGHUP)
        (self.folder / "trusted.pem").write_bytes(first)
        with self.assertRaises(ssl.SSLCertVerificationError):  # and the second one is still in use
            self.https(server, self.folder / "trusted.pem")


if __name__ == "__main__":
    unittest.main()
