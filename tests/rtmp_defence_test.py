#!/usr/bin/env python3
"""The recording server against input that has broken others: every test is named after its pitfall.

    rtmp_defence_test.py PROGRAM
"""

import hashlib
import json
import resource
import signal
import struct
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program_under_test import PROGRAM
from rtmp_under_test import AUDIO, CARDS_QUERY, RECORD_ONLY, RtmpClient, RtmpTest, aac, amf0, flv_tags
from server_under_test import Server


class BadInput(RtmpTest):
    """After each of them the server still records."""

    def tearDown(self):
        self.assert_works()
        self.assertIsNone(self.server.process.poll())

    def publisher(self, name="publisher"):
        client = self.client()
        stream = client.create_stream()
        return client, stream, client.publish(stream, name + RECORD_ONLY)["recordId"]

    def assert_recorded(self, client, stream, record_id):
        """The attack on the connection did not harm the recording."""
        client.send_audio(stream, self.tags)
        client.delete_stream(stream)
        self.assertEqual(client.result()["recordId"], record_id)
        self.assertEqual(flv_tags(self.file_of(record_id)), self.tags)

    def test_length_changing_inside_a_message(self):
        client, stream, _ = self.publisher()
        head = b"\x04\x00\x00\x00" + (1000).to_bytes(3, "big") + bytes([AUDIO]) + struct.pack("<I", stream)
        client.send_message(1, struct.pack("!I", 128))
        client.send(head + bytes(128))
        client.send(head[:4] + (200_000).to_bytes(3, "big") + head[7:] + bytes(128))
        self.assertTrue(client.closed_by_server())

    def test_values_nested_10000_deep(self):
        client, stream, record_id = self.publisher()
        for opening, closing in ((b"\x0a\x00\x00\x00\x01", b""), (b"\x03\x00\x01a", b"\x00\x00\x09")):
            nested = opening * 10_000 + b"\x05" + closing * 10_000
            client.send_message(20, amf0("startRecord") + amf0(9) + amf0(None) + nested)
            client.send_message(18, amf0("@setDataFrame") + nested, stream)
        self.assert_recorded(client, stream, record_id)

    def test_counts_larger_than_the_message(self):
        client, stream, record_id = self.publisher()
        for value in (b"\x0a\xff\xff\xff\xff\x05", b"\x08\xff\xff\xff\xff\x00\x01a\x05", b"\x0c\xff\xff\xff\xffx"):
            client.send_message(20, amf0("startRecord") + amf0(9) + amf0(None) + value)
            client.send_message(18, amf0("onMetaData") + value, stream)
        self.assert_recorded(client, stream, record_id)

    def test_declared_message_size_without_data(self):
        for _ in range(20):
            client = self.client()
            client.send(b"\x04\x00\x00\x00\xff\xff\xff" + bytes([AUDIO]) + bytes(4))

    def test_chunk_size_of_2_31_minus_1(self):
        client, stream, record_id = self.publisher()
        client.send_message(1, struct.pack("!I", 2**31 - 1))
        for timestamp, payload in self.tags:
            client.send_message(AUDIO, payload, stream, timestamp, chunk_stream=4, chunk_size=1_000_000)
        self.assert_ended(client, stream, record_id)

    def test_chunk_size_of_1(self):
        client, stream, record_id = self.publisher()
        client.send_message(1, struct.pack("!I", 1))
        for timestamp, payload in self.tags:
            client.send_message(AUDIO, payload, stream, timestamp, chunk_stream=4, chunk_size=1)
        client.send_message(1, struct.pack("!I", 65536), chunk_size=1)
        self.assert_ended(client, stream, record_id)

    def assert_ended(self, client, stream, record_id):
        client.delete_stream(stream)
        self.assertEqual(client.result()["recordId"], record_id)
        self.assertEqual(flv_tags(self.file_of(record_id)), self.tags)

    def test_a_thousand_chunk_streams(self):
        client = self.client()
        client.send_message(1, struct.pack("!I", 128))
        try:
            for number in range(64, 1064):
                header = b"\x01" + struct.pack("<H", number - 64) if number > 319 else bytes([0, number - 64])
                client.send(header + bytes(3) + (1000).to_bytes(3, "big") + bytes([AUDIO]) + bytes(4) + bytes(128))
        except OSError:
            pass  # closed while they were sent
        self.assertTrue(client.closed_by_server())

    def test_truncation_at_every_byte(self):
        begin = b"\x03" + bytes(1536) + bytes(1536)
        connect = amf0("connect") + amf0(1) + amf0({"app": "v1.1/aistream.enscore"})
        whole = begin + b"\x03" + bytes(3) + len(connect).to_bytes(3, "big") + b"\x14" + bytes(4) + connect
        for size in [*range(0, len(begin), 97), *range(len(begin), len(whole))]:
            client = self.client(connect=False, handshake=False)
            client.send(whole[:size])
            client.close()

    def test_unknown_commands_and_data_do_not_drop_a_publisher(self):
        client, stream, record_id = self.publisher()
        odd = [
            amf0("mayIHaveThat") + amf0(7) + amf0(None),
            b"\x02\x00\x05hello",
            b"",
            b"\x00",
            b"\xff" * 40,
            b"\x0b" + bytes(10),
            b"\x11\x0a\x0b\x01",
            amf0("onStatus"),
            amf0("") * 50,
        ]
        for payload in odd:
            for kind in (20, 18, 17, 15, 16, 19, 22, 99):
                client.send_message(kind, payload, stream)
        client.command("connect")
        client.command("publish", "again", stream_id=stream)
        client.command("play", 7, stream_id=stream)
        client.command("deleteStream", 12345)
        self.assert_recorded(client, stream, record_id)

    def test_amf3_tagged_commands_and_an_extra_null(self):
        client = self.client()
        client.send_message(17, b"\x00" + amf0("createStream") + amf0(50) + amf0(None))
        stream = int(client.wait_for("_result", 50)[1])
        client.send_message(17, b"\x00" + amf0("publish") + amf0(0) + amf0(None) + amf0("tagged" + RECORD_ONLY), stream)
        record_id = client.status()["recordId"]
        self.assert_recorded(client, stream, record_id)

    def test_a_client_that_does_not_speak_rtmp(self):
        for text in (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\x06" + bytes(1536), b"\x16\x03\x01" + bytes(40)):
            client = self.client(connect=False, handshake=False)
            client.send(text)
            self.assertTrue(client.closed_by_server())


class Deadlines(RtmpTest):
    arguments = (
        "--rtmp-handshake-timeout-ms",
        2000,
        "--rtmp-connect-timeout-ms",
        2000,
        "--rtmp-first-audio-timeout-ms",
        2000,
        "--rtmp-audio-timeout-ms",
        2000,
        "--rtmp-idle-timeout-ms",
        2000,
    )

    def test_half_a_handshake(self):
        clients = []
        for sent in (b"", b"\x03", b"\x03" + bytes(1000), b"\x03" + bytes(1536)):
            clients.append(self.client(connect=False, handshake=False))
            clients[-1].send(sent)
        for client in clients:
            self.assertTrue(client.closed_by_server())

    def test_no_connect(self):
        self.assertTrue(self.client(connect=False).closed_by_server())

    def test_an_idle_connection(self):
        client = self.client()
        self.assertEqual(client.status()["code"], "NetConnection.Connect.IdleTimeout")
        self.assertTrue(client.closed_by_server())

    def test_a_publisher_that_never_sends(self):
        client = self.client()
        client.publish(client.create_stream(), "never" + CARDS_QUERY)
        client.status("NetConnection.Connect.IdleTimeout")
        self.assert_refused(client, 40004)
        self.assertTrue(client.closed_by_server())

    def test_a_publisher_that_stops_sending(self):
        client = self.client()
        stream = client.create_stream()
        client.publish(stream, "stops" + CARDS_QUERY)
        client.send_audio(stream, self.tags)
        self.assertTrue(client.closed_by_server())
        self.assertIn("result", self.result_of("stops").json())


class Life(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.tags = aac()

    def server(self, *arguments, **options):
        server = Server(*arguments, data_dir=self.folder, **options)
        self.addCleanup(server.stop)
        return server

    def publisher(self, server, name, **options):
        client = RtmpClient(server.rtmp_port, **options)
        self.addCleanup(client.close)
        stream = client.create_stream()
        client.publish(stream, name)
        return client, stream

    def test_a_disk_that_fills_up(self):
        # The limit counts as a full disk; Python ignores its signal.
        server = self.server(restore_signals=False)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        client, stream = self.publisher(server, "large" + CARDS_QUERY)
        samples = b"\x3e" + bytes(60_000)
        for i in range(40):
            client.send_audio(stream, [(i * 600, samples)])
        self.assertEqual(client.status("NetStream.Record.Failed")["errID"], 500)
        envelope = client.result()
        self.assertEqual((envelope["recordId"], envelope["errID"]), ("large", 500))
        _, envelope = client.record("small" + CARDS_QUERY, self.tags)
        self.assertIn("result", envelope)
        kept = flv_tags(server.request("GET", "/v1/recordings/large").body)
        self.assertGreater(len(kept), 1)  # the last may be cut off
        self.assertEqual(kept[:-1], [(i * 600, samples) for i in range(len(kept) - 1)])

    def test_a_killed_process_loses_at_most_the_last_second(self):
        server = self.server()
        _, whole = RtmpClient(server.rtmp_port).record("whole" + CARDS_QUERY, self.tags)
        client, stream = self.publisher(server, "cut" + CARDS_QUERY)
        client.send_audio(stream, self.tags)
        written = 0
        while written < sum(len(payload) for _, payload in self.tags):  # within a second
            written = sum(path.stat().st_size for path in (server.data_dir / "incoming").iterdir())
        server.kill()
        server = self.server()
        self.assertEqual(flv_tags(server.request("GET", "/v1/recordings/cut").body), self.tags)
        answer = server.request("GET", "/v1/results/cut")
        self.assertEqual((answer.status, answer.json()["errID"]), (503, 40051))
        self.assertEqual(server.request("GET", "/v1/results/whole").json(), whole)
        client = RtmpClient(server.rtmp_port)
        self.addCleanup(client.close)
        client.play(client.create_stream(), "cut")
        self.assertEqual(client.played()[1], self.tags)

    def test_ending_finishes_recordings_and_the_next_start_assesses_them(self):
        server = self.server()
        client, stream = self.publisher(server, "at-the-end" + CARDS_QUERY)
        client.send_audio(stream, self.tags)
        client.command("checkBandwidth")
        client.wait_for("onBWDone")  # so all of it has been read
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(client.status("NetConnection.Connect.AppShutdown")["level"], "error")
        self.assertEqual(client.status("50300")["recordId"], "at-the-end")
        self.assertEqual(server.process.wait(60), 0)
        server = self.server()
        while (answer := server.request("GET", "/v1/results/at-the-end")).status == 202:
            pass
        self.assertIn("result", answer.json())

    def test_rtmps_with_the_servers_certificate(self):
        server = self.server("--tls-self", ready=False)
        authority = server.data_dir / "tls/authority.crt"
        client = RtmpClient(server.rtmp_port, tls=authority)
        self.addCleanup(client.close)
        stream = client.create_stream()
        while client.publish(stream, RECORD_ONLY).get("errID") == 40051:
            client.result()  # the models are still being loaded
        client.delete_stream(stream)
        self.assertEqual(client.result()["errID"], 40004)
        _, envelope = client.record("secret" + RECORD_ONLY, self.tags)
        self.assertEqual(envelope["recordId"], "secret")
        client.play(client.create_stream(), "secret")
        self.assertEqual(client.played()[1], self.tags)
        plain, _ = self.publisher(server, "plain" + RECORD_ONLY)
        plain.close()
        server.stop()
        server = self.server("--tls-self", "--rtmp-plain=false", ready=False)
        client = RtmpClient(server.rtmp_port, connect=False, handshake=False)
        client.send(b"\x03" + bytes(1536))
        self.assertTrue(client.closed_by_server())

    def application(self, server):
        made = json.loads(
            subprocess.run(
                [PROGRAM, "app", "add", "school", "--format", "json", "--data-dir", server.data_dir],
                capture_output=True,
                check=True,
            ).stdout
        )
        return made["applicationId"], made["secret"]

    def test_access_and_limits(self):
        server = self.server()
        app, secret = self.application(server)

        def token(user, role="learner"):
            body = json.dumps({"applicationId": app, "secret": secret, "userId": user, "role": role})
            return server.request("POST", "/v1/sessions", body, {"Content-Type": "application/json"}).json()["token"]

        def signed(**more):
            at = str(int(time.time()))
            sig = hashlib.sha1((app + at + secret).encode()).hexdigest()
            return {"applicationId": app, "timestamp": at, "sig": sig, **more}

        def connect(**members):
            client = RtmpClient(server.rtmp_port, **members)
            self.addCleanup(client.close)
            return client

        for members in ({}, {"token": "wrong"}, {**signed(), "sig": "0" * 40}, {**signed(), "timestamp": "1"}):
            client = connect(**members)
            self.assertEqual(
                (client.answer[0], client.answer[1]["code"], client.answer[1]["errID"]),
                ("_error", "NetConnection.Connect.Rejected", 40080),
            )
            self.assertTrue(client.closed_by_server())
        in_query = connect(app="v1.1/aistream.enscore?token=" + token("eva"))
        self.assertEqual(in_query.answer[1]["code"], "NetConnection.Connect.Success")
        eva = connect(token=token("eva"))
        _, envelope = eva.record("of-eva" + RECORD_ONLY, self.tags)
        self.assertEqual((envelope["userId"], envelope["applicationId"]), ("eva", app))
        self.assertEqual(eva.publish(eva.create_stream(), "x" + RECORD_ONLY + "&userId=tom")["errID"], 40082)
        may = [eva, in_query, connect(token=token("anna", "teacher")), connect(**signed(userId="eva"))]
        may_not = [connect(token=token("tom")), connect(**signed(userId="tom")), connect(**signed())]
        for client in may:
            client.play(client.create_stream(), "of-eva")
            self.assertEqual(client.played()[1], self.tags)
        for client in may_not:
            client.play(client.create_stream(), "of-eva")
            self.assertEqual(client.status()["code"], "NetStream.Play.StreamNotFound")
            self.assertEqual(client.result()["errID"], 40001)
        back_end = connect(**signed())
        back_end.play(back_end.create_stream(), "of-eva?userId=eva")
        self.assertEqual(back_end.played()[1], self.tags)
        for limit, code in (
            ("storage_max_bytes=1", 40031),
            ("storage_max_bytes=", None),
            ("assessments_at_a_time=1", 503),
        ):
            subprocess.run(
                [PROGRAM, "app", "set", app, limit, "--data-dir", server.data_dir], check=True, capture_output=True
            )
            if code is None:
                continue
            first, second = connect(token=token("eva")), connect(token=token("eva"))
            first.publish(first.create_stream(), "first" + RECORD_ONLY)
            self.assertEqual(second.publish(second.create_stream(), "second" + RECORD_ONLY)["errID"], code)


if __name__ == "__main__":
    unittest.main()
