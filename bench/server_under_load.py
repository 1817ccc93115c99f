"""The measured server and the load generator of bench/server_bench.py and bench/server_kills.py."""

import json
import os
import pathlib
import re
import select
import signal
import subprocess
import tempfile
import time
import urllib.request
import wave

DATA = pathlib.Path("/usr/share/pocketsphinx/test/data")
# Two recordings of Debian's pocketsphinx-testdata make a sentence of about four seconds.
PIECES = (DATA / "librivox/sense_and_sensibility_01_austen_64kb-0880.wav", DATA / "cards/001.wav")
TEXT = "He was not an ill disposed young man. Ten of clubs."
START_S = 120


class BenchError(Exception):
    """A measured program is missing or failed."""


def write_sentence(path):
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", ""))
        for piece in PIECES:
            with wave.open(str(piece)) as recording:
                out.writeframes(recording.readframes(recording.getnframes()))
    with wave.open(str(path)) as recording:
        return recording.getnframes() / recording.getframerate()


class Server:
    """`saywell serve` on a free port, without limits by application."""

    def __init__(self, program, data_dir, *arguments):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [
                program,
                "serve",
                "--http-port",
                "0",
                "--rtmp-port",
                "0",
                "--data-dir",
                data_dir,
                "--assessments-per-minute",
                "1000000",
                "--assessments-at-a-time",
                "100000",
                *map(str, arguments),
            ],
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        readable, _, _ = select.select([self.process.stdout], [], [], START_S)
        greeting = os.read(self.process.stdout.fileno(), 65536).decode() if readable else ""
        match = re.search(r"http://[^/]*:(\d+)/", greeting)
        if not match:
            self.log.seek(0)
            raise BenchError(f"the server did not start: {greeting}{self.log.read().decode(errors='replace')}")
        self.url = f"http://127.0.0.1:{match.group(1)}"
        self.wait_until_ready()

    def get(self, path):
        """(HTTP status, body)"""
        try:
            with urllib.request.urlopen(self.url + path, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def wait_until_ready(self):
        end = time.monotonic() + START_S
        while self.get("/readyz")[0] != 200:
            if time.monotonic() > end:
                raise BenchError("the server does not get ready")
            time.sleep(0.05)

    def resident_kb(self):
        """Of the server and its helpers."""
        return sum(resident_kb(pid) for pid in self.pids())

    def pids(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task")
        found = [self.process.pid]
        for task in children.iterdir():
            found += map(int, (task / "children").read_text().split())
        return found

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(120)
        self.process.stdout.close()
        self.log.close()


def resident_kb(pid):
    """Shared pages count by share, so that helpers do not count a library twice."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has just ended
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))


class Generator:
    def __init__(self, program, server, sentence):
        self._command = [program, "--server", server.url, "--audio", sentence, "--text", TEXT]

    def start(self, mode, **options):
        arguments = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
        return subprocess.Popen([*self._command, *arguments, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, mode, **options):
        process = self.start(mode, **options)
        out, _ = process.communicate()
        if process.returncode != 0:
            raise BenchError(f"server_load {mode} ended with {process.returncode}")
        return json.loads(out)
