#!/usr/bin/env python3
"""Decoding helpers of `saywell serve` that die, hang or grow cost one answer, not the server.

    serve_decoder_test.py PROGRAM
"""

import contextlib
import os
import select
import signal
import subprocess
import threading
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, check_envelope, numbers, read_wav
from server_under_test import Server

REQUEST = {"refText": CARDS_TEXT}


def encoded(*arguments):
    return subprocess.run(["ffmpeg", "-v", "error", *map(str, arguments), "-"], capture_output=True, check=True).stdout


class ServeDecoder(unittest.TestCase):
    def setUp(self):
        self.webm = encoded("-i", CARDS, "-c:a", "libopus", "-f", "webm")

    def server(self, *arguments):
        server = Server("--worker-threads", "1", *arguments)
        self.addCleanup(server.stop)
        return server

    def helpers(self, server):
        tasks = Path(f"/proc/{server.process.pid}/task")
        return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]

    def assert_refused(self, answer):
        self.assertEqual((answer.status, answer.json()["errID"]), (422, 40003), answer.body)
        self.assertTrue(answer.json()["error"])

    def assert_works(self, server):
        answer = server.assess(self.webm, REQUEST)
        self.assertEqual(answer.status, 200, answer.body)
        check_envelope(answer.json())

    def test_a_helper_is_shut_in(self):
        server = self.server()
        self.assert_works(server)
        for pid in self.helpers(server):
            status = Path(f"/proc/{pid}/status").read_text()
            self.assertRegex(status, r"Seccomp:\s+2")
            self.assertRegex(status, r"NoNewPrivs:\s+1")
            limits = Path(f"/proc/{pid}/limits").read_text()
            self.assertRegex(limits, r"Max file size\s+0 ")
            self.assertRegex(limits, r"Max open files\s+3 ")
            self.assertRegex(limits, r"Max address space\s+1073741824 ")
            self.assertEqual(sorted(os.listdir(f"/proc/{pid}/fd")), ["0", "1", "2"])

    def test_helpers_that_are_killed_while_they_wait_cost_nothing(self):
        server = self.server()
        self.kill_helpers(server)
        self.assert_works(server)

    def meanwhile(self, ask, do):
        """The answer of `ask` in a separate thread, while `do` runs again and again."""
        answers = []
        client = threading.Thread(target=lambda: answers.append(ask()))
        client.start()
        while client.is_alive():
            do()
        return answers[0]

    def kill_helpers(self, server):
        for pid in self.helpers(server):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def test_a_helper_that_hangs_is_given_up(self):
        server = self.server("--decoder-timeout-ms", "1000")
        for pid in self.helpers(server):
            os.kill(pid, signal.SIGSTOP)
        answer = server.assess(self.webm, REQUEST)
        self.assert_refused(answer)
        self.assertIn("1000 ms", answer.json()["error"])
        self.assert_works(server)

    def test_a_recording_on_which_every_helper_dies_is_refused(self):
        server = self.server("--decoder-timeout-ms", "60000")
        kept = server.assess(self.silent_hour(), {**REQUEST, "mode": "record-only"}).json()["recordId"]
        self.assert_refused(
            self.meanwhile(
                lambda: server.request("GET", f"/v1/recordings/{kept}.wav"), lambda: self.kill_helpers(server)
            )
        )
        self.assert_works(server)

    @staticmethod
    def silent_hour():
        """An hour of digital silence: 300 KB of FLAC, and 230 MB of samples."""
        return encoded("-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono", "-t", "3590", "-f", "flac")

    def test_a_recording_that_grows_when_it_is_decoded(self):
        bomb = self.silent_hour()
        self.assertLess(len(bomb), 1_000_000)
        server = self.server("--decoder-memory-bytes", "500000000")
        answer = server.assess(bomb, REQUEST)  # given up long before its end
        self.assertEqual((answer.status, answer.json()["errID"]), (400, 40031), answer.body)
        self.assertIn("longer than", answer.json()["error"])
        self.assert_works(server)
        # As WAV it would need more memory than a helper may have.
        kept = server.assess(bomb, {**REQUEST, "mode": "record-only"}).json()["recordId"]
        self.assert_refused(server.request("GET", f"/v1/recordings/{kept}.wav"))
        self.assert_works(server)

    def test_a_stream_goes_on_when_its_helper_dies(self):
        server = self.server()
        stream = server.stream()
        self.addCleanup(stream.close)
        stream.start({**REQUEST, "vadEnable": 1}, {"audioType": "webm"})
        stream.receive()
        half = len(self.webm) // 2
        stream.send_audio(self.webm[:half])
        self.kill_helpers(server)
        stream.send_audio(self.webm[half:])
        stream.send({"cmd": "stop"})
        self.assertEqual(stream.receive()["cmd"], "stop")
        self.assertIn("result", stream.receive())

    def test_encoded_streams_stop_by_themselves_too(self):
        server = self.server()
        padded = encoded("-i", CARDS, "-af", "apad=pad_dur=30", "-c:a", "libopus", "-f", "webm")
        stream = server.stream()
        self.addCleanup(stream.close)
        stream.start({**REQUEST, "vadEnable": 1, "vadSilenceMs": 800}, {"audioType": "webm"})
        stream.receive()
        for at in range(0, len(padded), 200):
            if select.select([stream.socket], [], [], 0)[0]:
                break
            stream.send_audio(padded[at : at + 200])
            server.request("GET", "/healthz")  # decoding has time as long as that takes
        stopped = stream.receive()
        self.assertEqual((stopped["cmd"], stopped["stopType"]), ("stop", "auto"))
        self.assertIn("result", stream.receive())

    def test_no_more_streams_are_listened_to_than_allowed(self):
        server = self.server("--live-decoders", "0")
        stream = server.stream()
        self.addCleanup(stream.close)
        stream.start({**REQUEST, "vadEnable": 1})
        stream.receive()
        stream.send_audio(self.webm)
        self.assertEqual(stream.receive()["errID"], 503)

    def test_samples_need_no_helper(self):
        server = self.server()
        reference = server.assess(CARDS.read_bytes(), {**REQUEST, "precision": 0.1}).json()
        for pid in self.helpers(server):
            os.kill(pid, signal.SIGSTOP)
        stream = server.stream()
        self.addCleanup(stream.close)
        _, _, envelope = stream.record(read_wav(CARDS).tobytes(), {**REQUEST, "precision": 0.1})
        self.assertEqual(numbers(envelope["result"]), numbers(reference["result"]))


if __name__ == "__main__":
    unittest.main()
