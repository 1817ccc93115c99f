#!/usr/bin/env python3
"""The recording server by its protocol: recordings, the calls of 2011, play-back, codes.

    rtmp_server_test.py PROGRAM
"""

import json
import os
import struct
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, check_envelope, numbers
from rtmp_under_test import CARDS_QUERY, RECORD_ONLY, SCRIPT, RtmpClient, RtmpTest, aac, encoded, flv_tags, query_of
from server_under_test import Server

HEADER_BYTES = 13


class Recording(RtmpTest):
    def test_a_name_becomes_the_record_id_and_the_result_comes_back(self):
        client = self.client()
        started, envelope = client.record("my-Name_1" + CARDS_QUERY, self.tags)
        self.assertEqual((started["code"], started["recordId"]), ("NetStream.Publish.Start", "my-Name_1"))
        codes = [values[1]["code"] for name, _, values in client.passed if name == "onStatus"]
        self.assertEqual(codes, ["50304", "50300", "50200"])
        self.assertEqual(
            (envelope["recordId"], envelope["userId"], envelope["applicationId"]), ("my-Name_1", "guest", "open")
        )
        check_envelope(envelope)
        self.assertIn("result", envelope)
        self.assertEqual(self.result_of("my-Name_1").json(), envelope)
        self.assertEqual(flv_tags(self.file_of("my-Name_1")), self.tags)

    def test_the_file_says_how_long_it_is_and_lies_where_it_belongs(self):
        record_id = self.record_only("placed")
        path = self.server.data_dir / "audio/v1.1/aistream.enscore/open/guest"
        files = list(path.rglob("placed.flv"))
        self.assertEqual(len(files), 1)
        data = files[0].read_bytes()
        self.assertEqual(data, self.file_of(record_id))
        metadata = flv_tags(data, SCRIPT)[0][1]
        at = metadata.index(b"duration") + len("duration") + 1
        self.assertAlmostEqual(struct.unpack("!d", metadata[at : at + 8])[0], self.tags[-1][0] / 1000, delta=0.1)

    def test_two_publishers_of_one_name(self):
        first, second = self.client(), self.client()
        streams = [client.create_stream() for client in (first, second)]
        ids = [
            client.publish(stream, "twice" + RECORD_ONLY)["recordId"]
            for client, stream in zip((first, second), streams)
        ]
        self.assertEqual(ids[0], "twice")
        self.assertNotEqual(ids[1], "twice")
        for tag in self.tags:
            first.send_audio(streams[0], [tag])
            second.send_audio(streams[1], [tag])
        for client, stream, record_id in zip((first, second), streams, ids):
            client.delete_stream(stream)
            self.assertEqual(client.result()["recordId"], record_id)
            self.assertEqual(flv_tags(self.file_of(record_id)), self.tags)

    def test_path_tricks_in_names(self):
        for name in ("../../../evil", "a/b", "..", "", "a b", "x" * 65, "é", "a%2fb", "a\0b"):
            with self.subTest(name=name):
                started, envelope = self.client().record(
                    name + query_of(refText="x", mode="record-only", userId="../../x"), self.tags[:3]
                )
                self.assertRegex(started["recordId"], "^[0-9a-f]{32}$")
                self.assertEqual(envelope["recordId"], started["recordId"])
        data = self.server.data_dir.resolve()
        for path in data.rglob("*.flv"):
            self.assertTrue(path.resolve().is_relative_to(data / "audio/v1.1/aistream.enscore/open"))
        self.assertEqual(list(data.parent.rglob("evil*")), [])

    def test_a_connection_that_breaks_ends_the_recording(self):
        client = self.client()
        stream = client.create_stream()
        client.publish(stream, "broken-off" + CARDS_QUERY)
        client.send_audio(stream, self.tags)
        client.close()
        envelope = self.result_of("broken-off").json()
        check_envelope(envelope)
        self.assertIn("result", envelope)

    def test_several_recordings_on_one_connection(self):
        client = self.client()
        for name in ("one", "two"):
            _, envelope = client.record(name + RECORD_ONLY, self.tags)
            self.assertEqual(envelope["recordId"], name)
            self.assertNotIn("result", envelope)
        self.assertEqual(self.file_of("one"), self.file_of("two"))

    def test_video_is_ignored(self):
        client = self.client()
        stream = client.create_stream()
        client.publish(stream, "seen" + RECORD_ONLY)
        for tag in self.tags:
            client.send_message(9, os.urandom(300), stream, tag[0], chunk_stream=6)
            client.send_audio(stream, [tag])
        client.delete_stream(stream)
        client.result()
        self.assertEqual(flv_tags(self.file_of("seen")), self.tags)

    def test_timestamps_that_wrap_and_jump_are_kept_as_sent(self):
        for name, shift in (("wraps", 2**32 - 200), ("jumps", 5_000_000)):
            tags = [self.tags[0]] + [((timestamp + shift) % 2**32, data) for timestamp, data in self.tags[1:]]
            _, envelope = self.client().record(name + CARDS_QUERY, tags)
            self.assertEqual(flv_tags(self.file_of(name)), tags)
            self.assertIn("result", envelope)

    def test_metrics_count_rtmp(self):
        client = self.client()
        stream = client.create_stream()
        client.publish(stream, RECORD_ONLY)
        wanted = 'saywell_open_connections{kind="rtmp publishing"} 1'
        while wanted not in self.server.request("GET", "/metrics").body.decode():
            pass
        self.assertIn('kind="rtmp"', self.server.request("GET", "/metrics").body.decode())

    def test_amf3_clients_are_told_amf0(self):
        name, info = self.client(connect=False).connect(objectEncoding=3)
        self.assertEqual((name, info["objectEncoding"]), ("_result", 0))

    def test_unknown_applications_are_refused(self):
        for app in ("live", "v1.1", "v1.1/aistream.frscore", ""):
            client = self.client(app=app)
            self.assertEqual(client.answer[1]["code"], "NetConnection.Connect.Rejected")
            self.assertTrue(client.closed_by_server())

    def test_check_bandwidth_answers_with_measurements(self):
        ok, figures = self.client().call("checkBandwidth")
        self.assertTrue(ok)
        self.assertEqual(figures["code"], "50108")
        for name in ("latency", "kbitUp", "receivedBytes", "sentBytes"):
            self.assertGreater(figures[name], 0, name)


class RecordingReadByTheClock(Recording):
    """As above, with so many publishers that each is read a few times per second."""

    arguments = ("--rtmp-read-rate", "1")

    def test_what_comes_while_nobody_reads_is_read_later(self):
        client = self.client()
        stream = client.create_stream()
        client.publish(stream, "in-bits" + RECORD_ONLY)
        for tag in self.tags[:40]:
            client.send_audio(stream, [tag])
            time.sleep(0.02)
        client.send_audio(stream, self.tags[40:])
        client.delete_stream(stream)
        self.assertEqual(client.result()["recordId"], "in-bits")
        self.assertEqual(flv_tags(self.file_of("in-bits")), self.tags)


class CallsOf2011(RtmpTest):
    PARAM = {
        "serverParam": {"coreType": "en.sent.score", "refText": CARDS_TEXT, "scoreType": "100", "userId": "eva"},
        "recordLength": 20000,
        "playDing": True,
        "isVADEnabled": False,
        "silenceLevel": 5,
    }

    def start(self, client, **changes):
        """startRecord, then publish under its id: (stream, record id)."""
        ok, record_id = client.call("startRecord", {**self.PARAM, **changes})
        self.assertTrue(ok, record_id)
        stream = client.create_stream()
        self.assertEqual(client.publish(stream, record_id)["recordId"], record_id)
        return stream, record_id

    def test_start_record_and_stop_record(self):
        client = self.client()
        stream, record_id = self.start(client)
        client.send_audio(stream, self.tags)
        self.assertEqual(client.call("stopRecord"), (True, True))
        envelope = client.result()
        check_envelope(envelope)
        self.assertEqual((envelope["recordId"], envelope["userId"]), (record_id, "eva"))
        stopped = [
            values[1] for name, _, values in client.passed if name == "onStatus" and values[1]["code"] == "50300"
        ]
        self.assertEqual((stopped[0]["stopType"], stopped[0]["recordId"]), ("manual", record_id))
        self.assertEqual(flv_tags(self.file_of(record_id)), self.tags)

    def test_it_stops_by_itself_at_record_length(self):
        client = self.client()
        stream, record_id = self.start(client, recordLength=500)
        client.send_audio(stream, self.tags)
        self.assertEqual(client.status("50300")["stopType"], "auto")
        client.result()
        kept = flv_tags(self.file_of(record_id))
        self.assertEqual(kept, [tag for tag in self.tags if tag[0] < 500])

    def with_silence_behind(self):
        silence = tempfile.NamedTemporaryFile(suffix=".wav")
        self.addCleanup(silence.close)
        subprocess.run(["sox", CARDS, silence.name, "pad", "0", "5"], check=True)
        return silence.name

    def test_it_stops_by_itself_at_the_end_of_speech(self):
        tags = aac(self.with_silence_behind())
        client = self.client()
        stream, record_id = self.start(client, isVADEnabled=True)
        client.send_audio(stream, tags)
        self.assertEqual(client.status("50300")["stopType"], "auto")
        self.assertIn("result", client.result())
        kept = flv_tags(self.file_of(record_id))
        self.assertEqual(kept, tags[: len(kept)])
        self.assertLess(len(kept), len(tags))
        query = query_of(refText=CARDS_TEXT, vadEnable="1", vadSilenceMs="400")
        _, envelope = client.record("vad-query" + query, tags)
        self.assertLess(len(flv_tags(self.file_of("vad-query"))), len(kept))
        self.assertIn("result", envelope)

    def test_the_end_of_speech_is_heard_in_every_codec(self):
        source = self.with_silence_behind()
        client = self.client()
        for codec, rate in (
            ("libspeex", 16000),
            ("nellymoser", 16000),
            ("libmp3lame", 22050),
            ("pcm_alaw", 8000),
            ("pcm_mulaw", 8000),
            ("adpcm_swf", 22050),
            ("pcm_s16le", 44100),
        ):
            with self.subTest(codec=codec):
                tags = encoded("-c:a", codec, "-ar", str(rate), "-ac", "1", source=source)
                _, envelope = client.record(codec + query_of(refText=CARDS_TEXT, vadEnable="1"), tags)
                self.assertIn("result", envelope)
                self.assertLess(len(flv_tags(self.file_of(codec))), len(tags))

    def test_what_start_record_refuses(self):
        client = self.client()
        cases = (
            ({}, "serverParam"),
            ({"serverParam": {}}, "refText"),
            ({"serverParam": 3}, "serverParam"),
            ({"serverParam": {"refText": "x", "rank": "7"}}, "rank"),
            ({"serverParam": {"refText": "x", "colour": "blue"}}, "colour"),
            ({"serverParam": {"refText": "x", "coreType": "cn.word.score"}}, "coreType"),
            ({**self.PARAM, "recordLength": "long"}, "recordLength"),
            ({**self.PARAM, "oops": 1}, "oops"),
        )
        for argument, field in cases:
            with self.subTest(argument=argument):
                ok, info = client.call("startRecord", argument)
                self.assertEqual((ok, info["errID"]), (False, 40031))
                self.assertEqual(info["field"], field)
                self.assertIn(field, info["description"])
                self.assert_refused(client, 40031, field=field)
        self.assertEqual(client.call("startRecord")[1]["errID"], 40031)
        self.assertEqual(client.call("stopRecord")[1]["errID"], 40031)

    def test_server_param_as_json(self):
        client = self.client()
        stream, record_id = self.start(client, serverParam=json.dumps(self.PARAM["serverParam"]))
        client.send_audio(stream, self.tags)
        client.call("stopRecord")
        self.assertEqual(client.result()["recordId"], record_id)

    def test_replay(self):
        record_id = self.record_only("replayed")
        client = self.client()
        stream = client.create_stream()
        ok, _ = client.call("startReplay", {"recordId": record_id, "startPos": 300, "stopPos": 800})
        self.assertTrue(ok)
        _, tags = client.played()
        part = [tag for tag in self.tags if 300 <= tag[0] <= 800]
        self.assertEqual(tags[1:], part)
        self.assertEqual(tags[0], (part[0][0], self.tags[0][1]))  # AAC's configuration comes first
        client.call("startReplay", {"recordId": record_id})
        self.assertEqual(client.call("stopReplay"), (True, True))
        client.play(stream, record_id)
        self.assertEqual(client.played()[1], self.tags)

    def test_play_pause_seek(self):
        end = self.tags[-1][0] + 64  # long enough not to be sent at once
        tags_sent = self.tags + [(timestamp + end, data) for timestamp, data in self.tags[1:]]
        record_id = self.client().record("played" + RECORD_ONLY, tags_sent)[1]["recordId"]
        client = self.client()
        stream = client.create_stream()
        client.play(stream, record_id)
        client.command("pause", True, 0, stream_id=stream)
        client.status("NetStream.Pause.Notify")
        client.command("seek", 10**8, stream_id=stream)
        client.status("NetStream.Seek.InvalidTime")
        client.command("seek", 600, stream_id=stream)
        client.status("NetStream.Seek.Notify")
        client.command("pause", False, 0, stream_id=stream)
        client.status("NetStream.Unpause.Notify")
        metadata, tags = client.played()
        self.assertIsNone(metadata)  # it came with the start
        self.assertEqual(tags[1:], [tag for tag in tags_sent if tag[0] >= 600])

    def test_the_length_told_is_the_last_timestamp(self):
        record_id = self.record_only("long")
        client = self.client()
        self.assertEqual(client.call("getStreamLength", record_id), (True, self.tags[-1][0] / 1000))
        client.play(client.create_stream(), "flv:" + record_id + ".flv")
        metadata, tags = client.played()
        self.assertEqual(metadata["duration"], tags[-1][0] / 1000)


class Codes(RtmpTest):
    def publish(self, name, tags=()):
        client = self.client()
        stream = client.create_stream()
        status = client.publish(stream, name)
        client.send_audio(stream, tags)
        client.delete_stream(stream)
        return client, status

    def test_40001_the_recording_does_not_exist(self):
        client = self.client()
        client.play(client.create_stream(), "no-such-recording")
        self.assertEqual(client.status()["code"], "NetStream.Play.StreamNotFound")
        self.assert_refused(client, 40001, "no-such-recording")
        self.assertEqual(client.call("startReplay", {"recordId": "nor-this"})[1]["errID"], 40001)
        self.assert_refused(client, 40001, "nor-this")

    def test_40002_the_recording_cannot_be_opened(self):
        record_id = self.record_only("lost")
        next(self.server.data_dir.rglob("lost.flv")).unlink()
        client = self.client()
        client.play(client.create_stream(), record_id)
        self.assertEqual(client.status()["code"], "NetStream.Play.Failed")
        self.assert_refused(client, 40002, "lost")
        publisher = self.client()
        publisher.publish(publisher.create_stream(), "in-the-making" + RECORD_ONLY)
        client.play(client.create_stream(), "in-the-making")
        self.assert_refused(client, 40002, "received")

    def test_40003_no_wav_can_be_made_of_it(self):
        for name, payload in (("broken", b"\xaf\x01" + bytes(200)), ("unknown", b"\xf2" + bytes(200))):
            client, _ = self.publish(name + CARDS_QUERY, [(64 * i, payload) for i in range(20)])
            self.assert_refused(client, 40003)
            self.assertEqual(self.result_of(name).json()["errID"], 40003)

    def test_40004_nothing_was_sent(self):
        client, _ = self.publish("empty" + CARDS_QUERY)
        envelope = self.assert_refused(client, 40004)
        self.assertEqual(self.result_of("empty").json(), envelope)
        self.assertEqual(len(self.file_of("empty")), HEADER_BYTES)

    def test_40031_the_request_cannot_be(self):
        for query, field in (
            ("", "refText"),
            (query_of(refText="x", colour="blue"), "colour"),
            (query_of(refText="x", precision="fine"), "precision"),
            (query_of(refText="x", vadEnable="perhaps"), "vadEnable"),
            (query_of(refText="x", coreType="cn.sent.score"), "coreType"),
            ("?refText=%zz", "refText"),
            ("?refText=a&refText=b", "refText"),
        ):
            with self.subTest(query=query):
                client, status = self.publish("refused" + query)
                self.assertEqual((status["code"], status["errID"]), ("NetStream.Publish.BadName", 40031))
                self.assertEqual(status["field"], field)
                self.assert_refused(client, 40031, field=field)
        client = self.client(app="v1.1/aistream.cnscore")
        client.publish(client.create_stream(), "x" + query_of(refText="ni3-hao3"))
        self.assert_refused(client, 40031, field="coreType")

    def test_40051_there_is_no_kernel(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "models").mkdir()
            server = Server(ready=False, env={**os.environ, "SAYWELL_MODEL_DIR": str(Path(folder) / "models")})
            self.addCleanup(server.stop)
            client = RtmpClient(server.rtmp_port)
            self.addCleanup(client.close)
            status = client.publish(client.create_stream(), "x" + CARDS_QUERY)
            self.assertEqual(status["errID"], 40051)
            self.assert_refused(client, 40051)

    def test_503_it_would_come_too_late(self):
        client, _ = self.publish("late" + query_of(refText=CARDS_TEXT, deadlineMs="1"), self.tags)
        self.assert_refused(client, 503)

    def test_kernel_codes_come_through(self):
        with tempfile.NamedTemporaryFile(suffix=".wav") as silent:
            subprocess.run(
                ["sox", "-D", "-n", "-r", "16000", "-b", "16", "-c", "1", silent.name, "trim", "0", "2"], check=True
            )
            client, _ = self.publish("silent" + CARDS_QUERY, aac(silent.name))
        self.assert_refused(client, 20001)
        client, _ = self.publish("other" + query_of(refText="Something else was to be read out here."), self.tags)
        self.assert_refused(client, 20302)

    def test_the_kernel_says_the_same_of_the_file(self):
        _, envelope = self.client().record("same" + CARDS_QUERY, self.tags)
        posted = self.server.assess(self.file_of("same"), {"refText": CARDS_TEXT, "precision": 0.1}).json()
        self.assertEqual(numbers(envelope["result"]), numbers(posted["result"]))


if __name__ == "__main__":
    unittest.main()
