#!/usr/bin/env python3
"""`saywell serve` over WebSocket: recordings while they are made, and bad messages.

    serve_stream_test.py PROGRAM
"""

import subprocess
import unittest

from program_under_test import CARDS, CARDS_TEXT, NOVEL, NOVEL_TEXT, check_envelope, numbers, read_wav
from server_under_test import Server

REQUEST = {"refText": CARDS_TEXT, "precision": 0.1}
SILENCE = bytes(32000)  # a second at 16 kHz


class ServeStream(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.samples = read_wav(CARDS).tobytes()

    @classmethod
    def tearDownClass(cls):
        status = cls.server.stop()
        if status != 0:
            raise AssertionError(f"exit status {status}")

    def setUp(self):
        self.stream = self.server.stream()
        self.addCleanup(self.stream.close)

    def connect(self):
        self.stream.send({"cmd": "connect", "param": {"sdk": {"version": 1}, "app": {"applicationId": "a"}}})
        self.assertEqual(self.stream.receive()["cmd"], "connect")

    def assert_works(self):
        """The connection is healthy: a recording on it has its result."""
        _, _, envelope = self.stream.record(self.samples, REQUEST)
        self.assertIn("result", envelope)

    def assert_error(self, code, what=""):
        answer = self.stream.receive()
        self.assertEqual(answer.get("errID"), code, answer)
        self.assertIn(what, answer["error"])
        return answer

    def test_samples_give_the_same_result_as_the_file(self):
        self.connect()
        started, stopped, envelope = self.stream.record(self.samples, {**REQUEST, "tokenId": "t"})
        self.assertEqual((started["cmd"], started["tokenId"]), ("start", "t"))
        self.assertEqual((stopped["cmd"], stopped["stopType"]), ("stop", "manual"))
        check_envelope(envelope)
        self.assertEqual({started["recordId"], stopped["recordId"]}, {envelope["recordId"]})
        posted = self.server.assess(CARDS.read_bytes(), REQUEST).json()
        self.assertEqual(numbers(envelope["result"]), numbers(posted["result"]))
        kept = self.server.request("GET", "/v1/recordings/" + envelope["recordId"])
        self.assertEqual(kept.body[44:], self.samples)
        self.assertEqual(kept.headers["Content-Type"], "audio/wav")
        self.assertEqual(self.server.request("GET", "/v1/results/" + envelope["recordId"]).json(), envelope)

    def test_the_record_id_comes_before_the_first_sample(self):
        self.stream.start(REQUEST)
        self.assertRegex(self.stream.receive()["recordId"], "^[A-Za-z0-9_-]{1,64}$")

    def test_the_cut_of_the_frames_does_not_matter(self):
        results = []
        for piece in (2, 333, 40_000):
            self.stream.start(REQUEST)
            self.stream.send_audio(self.samples[:40_000] if piece == 2 else self.samples, piece)
            self.stream.send({"cmd": "stop"})
            self.stream.receive(), self.stream.receive()
            results.append(self.stream.receive())
        self.assertEqual(numbers(results[1]["result"]), numbers(results[2]["result"]))

    def words(self, envelope):
        return [word["char"] for word in envelope["result"]["details"]]

    def test_words_appear_while_the_learner_reads(self):
        request = {"refText": NOVEL_TEXT, "precision": 0.1}
        samples = read_wav(NOVEL).tobytes() + SILENCE
        self.stream.start({**request, "coreType": "en.rltm.score"})
        record_id = self.stream.receive()["recordId"]
        told = []
        half = 64_000
        for piece in (samples[:half], samples[half:]):
            self.stream.send_audio(piece, len(piece))
            partial = self.stream.receive()
            check_envelope(partial)
            self.assertEqual((partial["eof"], partial["recordId"]), (0, record_id))
            self.assertEqual(self.words(partial)[: len(told)], told)
            self.assertGreater(len(self.words(partial)), len(told))
            told = self.words(partial)
        self.assertEqual(told, NOVEL_TEXT.rstrip(".").split())
        self.stream.send({"cmd": "stop"})
        self.assertEqual(self.stream.receive()["cmd"], "stop")
        last = self.stream.receive()
        check_envelope(last)
        self.assertEqual((last["eof"], self.words(last)), (1, told))
        _, _, sentence = self.stream.record(samples, {**request, "coreType": "en.sent.score"})
        self.assertEqual(numbers(last["result"]), numbers(sentence["result"]))

    def test_declared_rates(self):
        raw = subprocess.run(
            ["sox", CARDS, "-r", "44100", "-c", "2", "-b", "16", "-t", "raw", "-"], capture_output=True, check=True
        ).stdout
        audio = {"audioType": "wav", "sampleRate": 44100, "channel": 2, "sampleBytes": 2}
        _, _, envelope = self.stream.record(raw, REQUEST, audio)
        reference = self.server.assess(CARDS.read_bytes(), REQUEST).json()
        self.assertAlmostEqual(envelope["result"]["overall"], reference["result"]["overall"], delta=6)

    def test_containers_whatever_they_are_called(self):
        for kind, arguments in (("webm", ["-c:a", "libopus"]), ("mp3", ["-ar", "16000"]), ("flac", []), ("wav", [])):
            encoded = subprocess.run(
                ["ffmpeg", "-v", "error", "-i", CARDS, *arguments, "-f", kind, "-"], capture_output=True, check=True
            ).stdout
            for called in (kind, "wav"):
                with self.subTest(kind=kind, called=called):
                    _, _, envelope = self.stream.record(encoded, REQUEST, {"audioType": called})
                    self.assertIn("result", envelope, envelope)
                    self.assertLess(abs(envelope["result"]["wavetime"] - len(self.samples) / 32), 250)
                    self.assert_kept_as(kind, encoded, envelope["recordId"])

    def assert_kept_as(self, kind, encoded, record_id):
        path = "/v1/recordings/" + record_id
        for name in (path, path + "." + kind) if kind != "wav" else (path,):
            self.assertEqual(self.server.request("GET", name).body, encoded)
        converted = self.server.request("GET", path + ".wav")
        self.assertEqual((converted.headers["Content-Type"], converted.body[:4]), ("audio/wav", b"RIFF"))

    def test_what_is_called_a_container_is_never_taken_for_samples(self):
        _, _, envelope = self.stream.record(self.samples, REQUEST, {"audioType": "webm"})
        self.assertEqual(envelope["errID"], 40003, envelope)
        _, _, envelope = self.stream.record(self.samples, REQUEST, {"audioType": "wav"})
        self.assertIn("result", envelope, envelope)

    def test_the_text_chooses_the_longest_recording(self):
        self.stream.start({"refText": "Hello."})  # a word: 20 s
        self.stream.receive()
        self.stream.send_audio(bytes(21 * 32_000), 32_000)
        self.assertEqual(self.stream.receive()["stopType"], "auto")
        self.stream.receive()

    def test_the_next_recording_may_begin_before_the_last_result(self):
        ids = []
        for _ in range(3):
            self.stream.start({"refText": NOVEL_TEXT})
            self.stream.send_audio(read_wav(NOVEL).tobytes(), 32_000)
            self.stream.send({"cmd": "stop"})
        answers = [self.stream.receive() for _ in range(9)]
        ids = [answer["recordId"] for answer in answers if answer.get("cmd") == "start"]
        results = [answer["recordId"] for answer in answers if "result" in answer]
        self.assertEqual(sorted(ids), sorted(results))
        self.assertEqual(len(set(ids)), 3)

    def test_it_stops_by_itself_at_the_end_of_speech(self):
        self.stream.start({**REQUEST, "vadEnable": 1, "vadSilenceMs": 800})
        self.stream.receive()
        self.stream.send_audio(SILENCE + self.samples + 3 * SILENCE)
        stopped = self.stream.receive()
        self.assertEqual((stopped["cmd"], stopped["stopType"]), ("stop", "auto"))
        envelope = self.stream.receive()
        self.assertIn("result", envelope, envelope)
        self.assertLess(envelope["result"]["wavetime"], len(self.samples) / 32 + 2500)
        self.stream.send({"cmd": "stop"})  # the client's own comes too late, and is no mistake
        self.assert_works()

    def test_it_stops_by_itself_when_it_is_full(self):
        self.stream.start({"refText": "Ten.", "coreType": "en.word.score"})
        self.stream.receive()
        for _ in range(21):
            self.stream.send_audio(SILENCE, 32_000)
        stopped = self.stream.receive()
        self.assertEqual(stopped["stopType"], "auto")
        self.assert_error(20001)
        self.stream.send({"cmd": "stop"})
        self.assert_works()

    def test_bad_messages_leave_the_connection_healthy(self):
        for message, what in (
            ("hello", ""),
            ("[" * 1000, ""),
            ('{"cmd": "fly"}', "fly"),
            ("{}", "cmd"),
            ('{"cmd": "stop"}', "no recording"),
            ('{"cmd": "start", "param": {}}', "refText"),
            ('{"cmd": "start", "param": {"request": {"refText": "x", "rnak": 5}}}', "rank"),
            ('{"cmd": "start", "param": {"request": {"refText": "x", "rank": "A"}}}', "rank"),
            ('{"cmd": "start", "param": {"audio": {"sampleRate": 5}, "request": {"refText": "x"}}}', "sampleRate"),
        ):
            with self.subTest(message=message[:60]):
                self.stream.send(message)
                self.assert_error(40031, what)
        self.assert_works()

    def test_audio_before_start_and_two_starts(self):
        self.stream.send_audio(SILENCE)
        self.assert_error(40031, "start")
        self.stream.start(REQUEST)
        first = self.stream.receive()
        self.stream.start(REQUEST)
        self.assert_error(40031, first["recordId"])
        self.stream.send_audio(self.samples)
        self.stream.send({"cmd": "stop"})
        self.assertEqual(self.stream.receive()["recordId"], first["recordId"])
        self.assertIn("result", self.stream.receive())

    def test_text_frames_where_audio_belongs(self):
        self.stream.start(REQUEST)
        self.stream.receive()
        self.stream.send("these are no samples")
        self.assert_error(40031)
        self.stream.send_audio(self.samples)
        self.stream.send({"cmd": "stop"})
        self.stream.receive()
        self.assertIn("result", self.stream.receive())

    def test_a_recording_without_audio(self):
        self.stream.start(REQUEST)
        record_id = self.stream.receive()["recordId"]
        self.stream.send({"cmd": "stop"})
        self.assertEqual(self.assert_error(40004)["recordId"], record_id)
        self.assert_works()

    def test_invalid_utf8_ends_the_connection_and_not_the_server(self):
        self.stream.send_frame(self.stream.TEXT, b"\xff\xfe{}")
        with self.assertRaises(ConnectionError):
            self.stream.receive()
        self.stream = self.server.stream()
        self.addCleanup(self.stream.close)
        self.assert_works()

    def test_a_message_beyond_the_limit_ends_the_connection_and_not_the_server(self):
        with self.assertRaises(ConnectionError):
            self.stream.send_frame(self.stream.BINARY, bytes(1_100_000))
            self.stream.receive()
        self.stream = self.server.stream()
        self.addCleanup(self.stream.close)
        self.assert_works()

    def test_what_was_not_finished_is_not_kept(self):
        self.stream.start({**REQUEST, "userId": "walked-away"})
        record_id = self.stream.receive()["recordId"]
        self.stream.send_audio(self.samples)
        self.stream.close()
        path = "/v1/results/" + record_id
        answer = self.server.request("GET", path)
        while answer.status == 202:
            answer = self.server.request("GET", path)
        self.assertEqual((answer.status, answer.json()["errID"]), (404, 40001))

    def test_nothing_of_a_private_recording_is_written(self):
        started, _, envelope = self.stream.record(self.samples, {**REQUEST, "store": False})
        self.assertIn("result", envelope)
        answer = self.server.request("GET", "/v1/recordings/" + started["recordId"])
        self.assertEqual(answer.json()["errID"], 40001)


if __name__ == "__main__":
    unittest.main()
