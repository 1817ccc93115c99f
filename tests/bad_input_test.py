#!/usr/bin/env python3
"""Bad input to `saywell assess`: each has a code of the table, a sentence and its exit status.

    bad_input_test.py PROGRAM
"""

import array
import json
import os
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT, PROGRAM, check_envelope, read_wav, saywell, write_wav

REFUSED, USAGE, FILE_PROBLEM = 1, 2, 3
MODELS = (
    "cmudict.js",
    "miscues.onnx",
    "moonshine_base_encoder.onnx",
    "phone_head.onnx",
    "scorer.onnx",
    "silero_vad_v6.onnx",
)


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(72)))
        + chunk(b"IEND", b"")
    )


def wav_header(data_bytes, rate_hz=16000, codec=1, bits=16):
    return (
        b"RIFF"
        + struct.pack("<I", min(0xFFFFFFFF, data_bytes + 36))
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, codec, 1, rate_hz, rate_hz * bits // 8, bits // 8, bits)
        + b"data"
        + struct.pack("<I", data_bytes)
    )


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.scratch = Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)

    def file(self, content, name="audio"):
        path = self.scratch / name
        path.write_bytes(content)
        return path

    def sparse_wav(self, seconds):
        path = self.file(wav_header(seconds * 32000))
        os.truncate(path, 44 + seconds * 32000)
        return path

    def refused(self, code, exit_status, *arguments, stdin=b""):
        """Refused with a sentence on standard error and an envelope on standard output."""
        done = saywell("assess", *arguments, "--format", "json", stdin=stdin)
        self.assertTrue(done.stderr.startswith(f"saywell: {code} ".encode()), done.stderr)
        answer = json.loads(done.stdout)
        check_envelope(answer)
        self.assertEqual((done.returncode, answer["errID"]), (exit_status, code))

    def audio_refused(self, code, exit_status, audio):
        self.refused(code, exit_status, audio, "--text", CARDS_TEXT)

    def text_refused(self, code, exit_status, text, *options):
        self.refused(code, exit_status, CARDS, "--text", text, *options)

    def answers(self, audio):
        """With any code: an answer of the schema, and no crash."""
        done = saywell("assess", audio, "--text", CARDS_TEXT, "--format", "json")
        check_envelope(json.loads(done.stdout))
        self.assertIn(done.returncode, (0, REFUSED))

    def test_files_that_are_no_recording(self):
        self.audio_refused(40001, FILE_PROBLEM, self.scratch / "nowhere.wav")
        self.audio_refused(40002, FILE_PROBLEM, self.scratch)
        self.audio_refused(40004, FILE_PROBLEM, self.file(b""))
        self.audio_refused(40003, FILE_PROBLEM, self.file(png(), "picture.wav"))
        self.audio_refused(40003, FILE_PROBLEM, self.file(b"only some words\n" * 99, "notes.wav"))
        self.audio_refused(20002, REFUSED, self.file(wav_header(0)))

    def test_a_refusal_prints_nothing_else(self):
        for output_format in ("table", "textgrid", "ctm"):
            done = saywell("assess", self.scratch, "--text", CARDS_TEXT, "--format", output_format)
            self.assertEqual((done.returncode, done.stdout), (FILE_PROBLEM, b""))

    def test_recordings_that_lie(self):
        samples = read_wav(CARDS).tobytes()
        self.answers(self.file(wav_header(0xFFFFFFFF) + samples))
        self.answers(self.file(wav_header(len(samples)) + samples[: len(samples) // 2]))
        self.answers(self.file(wav_header(len(samples), rate_hz=8000) + samples))
        not_a_number = array.array("f", [float("nan")] * 16000).tobytes()
        self.audio_refused(40003, FILE_PROBLEM, self.file(wav_header(64000, codec=3, bits=32) + not_a_number))

    def test_recordings_that_are_too_long(self):
        self.audio_refused(40031, USAGE, self.sparse_wav(600))
        self.audio_refused(40031, USAGE, self.sparse_wav(4 * 3600))

    def test_a_pipe_that_ends_early(self):
        self.refused(40004, FILE_PROBLEM, "-", "--text", CARDS_TEXT)
        self.refused(20002, REFUSED, "-", "--text", CARDS_TEXT, stdin=CARDS.read_bytes()[:44])

    def test_silence(self):
        self.audio_refused(20001, REFUSED, write_wav(self.scratch / "silence.wav", [0] * 32000))

    def test_texts(self):
        for text in ("", " \t ", "... !?", "tick\x07tock", "word(s:2)", "word(z:xx yy)", "ten " * 10_000):
            with self.subTest(text=text[:20]):
                self.text_refused(40031, USAGE, text)
        for text in ("ten 🂪 clubs", "десять треф"):
            with self.subTest(text=text):
                self.text_refused(20301, REFUSED, text)
        self.text_refused(40031, USAGE, b"ten \xff\xfe clubs".decode(errors="surrogateescape"))

    def test_requests(self):
        for option in (
            ("--core-type", "cn.sent.score"),
            ("--core-type", "en.sent.rec"),
            ("--rank", "3"),
            ("--precision", "0.2"),
            ("--alphabet", "morse"),
            ("--quality", "lax"),
            ("--deadline-ms", "-1"),
            ("--phones", "T EH N"),
            ("--phones", "Q|Q|Q"),
            ("--phones", ""),
        ):
            with self.subTest(option=option):
                self.text_refused(40031, USAGE, CARDS_TEXT, *option)
        self.text_refused(40031, USAGE, CARDS_TEXT, "--core-type", "en.word.score")

    def test_wrong_usage(self):
        for arguments in (
            ("assess", CARDS),
            ("assess", "--text", "x"),
            ("assess", CARDS, "--text", "x", "--rank", "A"),
            ("assess", CARDS, "--text", "x", "--text-file", "y"),
            ("asses",),
            (),
            ("assess", CARDS, "--text", "x", "--format", "xml"),
        ):
            with self.subTest(arguments=arguments):
                done = saywell(*arguments)
                self.assertEqual((done.returncode, done.stdout), (USAGE, b""))
                self.assertTrue(done.stderr)

    def test_text_files(self):
        self.refused(40001, FILE_PROBLEM, CARDS, "--text-file", self.scratch / "nowhere")
        self.refused(40002, FILE_PROBLEM, CARDS, "--text-file", self.scratch)
        self.refused(40031, USAGE, CARDS, "--text-file", self.file(b"ten " * 300_000, "endless.txt"))

    def model_folder(self):
        source = Path(os.environ.get("SAYWELL_MODEL_DIR") or PROGRAM.parent / "models").resolve()
        folder = self.scratch / "models"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in MODELS:
            (folder / name).symlink_to(source / name)
        return folder

    def test_models_missing_truncated_and_swapped(self):
        for name in MODELS:
            for fault in ("missing", "truncated", "swapped"):
                with self.subTest(model=name, fault=fault):
                    folder = self.model_folder()
                    whole = (folder / name).read_bytes()
                    (folder / name).unlink()
                    if fault == "truncated":
                        (folder / name).write_bytes(whole[: len(whole) // 2])
                    if fault == "swapped":
                        (folder / name).symlink_to((folder / MODELS[MODELS.index(name) - 1]).resolve())
                    done = saywell("--model-dir", folder, "assess", CARDS, "--text", CARDS_TEXT)
                    self.assertEqual((done.returncode, done.stdout), (FILE_PROBLEM, b""))
                    self.assertIn(b"saywell: 40051 ", done.stderr)
                    self.assertIn(name.encode(), done.stderr)

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [PROGRAM, "assess", CARDS, "--text", CARDS_TEXT], stdout=full, stderr=subprocess.PIPE, check=False
            )
        self.assertEqual(done.returncode, FILE_PROBLEM)
        self.assertIn(b"saywell: 40002 ", done.stderr)


if __name__ == "__main__":
    unittest.main()
