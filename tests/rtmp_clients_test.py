#!/usr/bin/env python3
"""The recording server with the clients that people use: ffmpeg, GStreamer, rtmpdump.

    rtmp_clients_test.py PROGRAM
"""

import subprocess
import tempfile
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, check_envelope
from rtmp_under_test import APP, CARDS_QUERY, LONGEST_WAIT_S, RtmpTest, flv_tags

# Codecs that ffmpeg can encode into FLV, and the largest distance of scores from those of the file itself.
CODECS = {
    "pcm-s16": (["-c:a", "pcm_s16le", "-ar", "44100"], 1),
    "pcm-u8": (["-c:a", "pcm_u8", "-ar", "22050"], 6),
    "aac-16": (["-c:a", "aac", "-ar", "16000", "-b:a", "32k"], 6),
    "aac-44": (["-c:a", "aac", "-ar", "44100", "-b:a", "64k"], 6),
    "mp3-22": (["-c:a", "libmp3lame", "-ar", "22050", "-b:a", "48k"], 6),
    "mp3-44": (["-c:a", "libmp3lame", "-ar", "44100", "-b:a", "64k"], 6),
    "speex": (["-c:a", "libspeex", "-ar", "16000"], 6),
    "nellymoser-16": (["-c:a", "nellymoser", "-ar", "16000"], 6),
    "nellymoser-44": (["-c:a", "nellymoser", "-ar", "44100"], 6),
    "nellymoser-8": (["-c:a", "nellymoser", "-ar", "8000"], 15),
    "adpcm-22": (["-c:a", "adpcm_swf", "-ar", "22050"], 6),
    "adpcm-44-stereo": (["-c:a", "adpcm_swf", "-ar", "44100", "-ac", "2"], 6),
    "a-law": (["-c:a", "pcm_alaw", "-ar", "8000"], 15),
    "mu-law": (["-c:a", "pcm_mulaw", "-ar", "8000"], 15),
}


class Clients(RtmpTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        answer = cls.server.assess(CARDS.read_bytes(), {"refText": CARDS_TEXT, "precision": 0.1})
        cls.of_the_file = answer.json()["result"]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def url(self, name):
        return f"rtmp://127.0.0.1:{self.server.rtmp_port}/{APP}/{name}"

    def ffmpeg(self, name, *options, re=True, query=CARDS_QUERY, source=CARDS):
        return subprocess.Popen(
            [
                "ffmpeg",
                "-v",
                "error",
                *(["-re"] if re else []),
                "-i",
                source,
                "-ac",
                "1",
                *options,
                "-f",
                "flv",
                self.url(name + query),
            ],
            stdin=subprocess.DEVNULL,
        )

    def run_client(self, *command):
        done = subprocess.run([str(part) for part in command], capture_output=True, check=False, timeout=LONGEST_WAIT_S)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace"))

    def result_when_there(self, record_id):
        """A client that disappears leaves its recording; the result follows."""
        while (answer := self.result_of(record_id)).status == 404:
            pass
        envelope = answer.json()
        self.assertIn("result", envelope, envelope)
        check_envelope(envelope)
        return envelope["result"]

    def test_ffmpeg_publishes_every_codec_and_the_scores_are_those_of_the_file(self):
        for re in (True, False):
            publishers = {name: self.ffmpeg(f"{name}-{re}", *options, re=re) for name, (options, _) in CODECS.items()}
            for name, publisher in publishers.items():
                with self.subTest(codec=name, re=re):
                    self.assertEqual(publisher.wait(LONGEST_WAIT_S), 0)
                    result = self.result_when_there(f"{name}-{re}")
                    for score in ("overall", "pron", "accuracy"):
                        self.assertAlmostEqual(result[score], self.of_the_file[score], delta=CODECS[name][1])

    def test_what_rtmpdump_plays_is_what_ffmpeg_published(self):
        for name in ("aac-16", "speex", "mp3-22", "mu-law"):
            with self.subTest(codec=name):
                options = CODECS[name][0]
                published = self.folder / "published.flv"
                self.run_client("ffmpeg", "-v", "error", "-y", "-i", CARDS, "-ac", "1", *options, published)
                self.assertEqual(self.ffmpeg("dump-" + name, *options, re=False).wait(LONGEST_WAIT_S), 0)
                self.result_when_there("dump-" + name)
                played = self.folder / "played.flv"
                self.run_client(
                    "rtmpdump",
                    "-q",
                    "-r",
                    f"rtmp://127.0.0.1:{self.server.rtmp_port}/{APP}",
                    "-a",
                    APP,
                    "-y",
                    "dump-" + name,
                    "-o",
                    played,
                )
                self.assertEqual(flv_tags(played.read_bytes()), flv_tags(published.read_bytes()))

    def test_gstreamer_publishes_and_plays(self):
        encode = (
            f"filesrc location={CARDS} ! wavparse ! audioconvert ! audioresample ! "
            "audio/x-raw,rate=16000,channels=1 ! speexenc ! flvmux streamable=true"
        )
        self.run_client(
            "gst-launch-1.0", "-q", *encode.split(), "!", "rtmp2sink", "location=" + self.url("gst" + CARDS_QUERY)
        )
        result = self.result_when_there("gst")
        self.assertAlmostEqual(result["overall"], self.of_the_file["overall"], delta=6)
        played = self.folder / "gst.flv"
        self.run_client(
            "gst-launch-1.0", "-q", "rtmp2src", "location=" + self.url("gst"), "!", "filesink", f"location={played}"
        )
        self.assertEqual(flv_tags(played.read_bytes()), flv_tags(self.file_of("gst")))

    def test_ffmpeg_plays(self):
        self.assertEqual(self.ffmpeg("heard", *CODECS["aac-16"][0], re=False).wait(LONGEST_WAIT_S), 0)
        self.result_when_there("heard")
        played = self.folder / "heard.flv"
        self.run_client("ffmpeg", "-v", "error", "-i", self.url("heard"), "-c", "copy", played)
        payloads = [payload for _, payload in flv_tags(played.read_bytes())]
        self.assertEqual(payloads, [payload for _, payload in flv_tags(self.file_of("heard"))])

    def test_ffmpeg_is_told_that_it_is_refused(self):
        self.assertNotEqual(
            self.ffmpeg("refused", "-c:a", "libspeex", "-ar", "16000", query="").wait(LONGEST_WAIT_S), 0
        )


if __name__ == "__main__":
    unittest.main()
