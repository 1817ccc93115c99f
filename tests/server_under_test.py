"""Shared by the tests of `saywell serve`: starting and ending it, HTTP requests, a WebSocket client.

PROGRAM is the first argument of the test script.
"""

import base64
import http.client
import json
import os
import re
import select
import signal
import socket
import struct
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

from program_under_test import PROGRAM, saywell

LONGEST_START_S = 120
LONGEST_WAIT_S = 120


def add_application(data_dir, name, *arguments):
    """{applicationId, secret, …} of a new application."""
    done = saywell("app", "--data-dir", data_dir, "add", name, "--format", "json", *arguments)
    return json.loads(done.stdout)


class Server:
    """`saywell serve` on a free port, ready to assess."""

    def __init__(self, *arguments, data_dir=None, ready=True, **process_options):
        self.folder = None if data_dir else tempfile.TemporaryDirectory()
        self.data_dir = Path(data_dir or self.folder.name) / "data"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [
                PROGRAM,
                "serve",
                "--http-port",
                "0",
                "--rtmp-port",
                "0",
                "--data-dir",
                self.data_dir,
                *map(str, arguments),
            ],
            stdout=subprocess.PIPE,
            stderr=self.log,
            **process_options,
        )
        self.greeting = self.read_greeting()
        self.port = int(re.search(r"http.?://[^/]*:(\d+)/", self.greeting).group(1))
        self.rtmp_port = int(re.search(r"rtmps?://[^/]*:(\d+)/", self.greeting).group(1))
        if ready:
            self.wait_until_ready()

    def read_greeting(self):
        readable, _, _ = select.select([self.process.stdout], [], [], LONGEST_START_S)
        text = os.read(self.process.stdout.fileno(), 65536).decode() if readable else ""
        if "listens on" not in text:
            raise AssertionError(f"it did not start: {text} {self.errors()}")
        return text

    def raw(self, *pieces):
        """The answer to these bytes, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT_S) as connection:
            for piece in pieces:
                connection.sendall(piece)
            answer = b""
            while got := connection.recv(65536):
                answer += got
            return answer

    def wait_until_ready(self):
        self.wait_for_status("/readyz", 200)

    def wait_for_status(self, path, status):
        end = time.monotonic() + LONGEST_START_S
        while time.monotonic() < end:
            if self.request("GET", path).status == status:
                return
            time.sleep(0.05)
        raise AssertionError(f"{path} does not answer {status}: {self.errors()}")

    def errors(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_WAIT_S)
        try:
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def upload(self, path, parts, headers=None):
        """Parts: name -> text, or (file name, bytes)."""
        body, content_type = multipart(parts)
        return self.request("POST", path, body, {"Content-Type": content_type, **(headers or {})})

    def assess(self, audio, request, headers=None):
        parts = {"audio": ("audio", audio), "request": json.dumps(request)}
        return self.upload("/v1/assess", parts, headers)

    def stream(self, path="/v1/stream"):
        return Stream(self.port, path)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """SIGTERM; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(LONGEST_WAIT_S)
        self.process.stdout.close()
        self.log.close()
        if self.folder:
            self.folder.cleanup()
        return status


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


def multipart(parts):
    boundary = uuid.uuid4().hex
    body = b""
    for name, content in parts.items():
        file_name = ""
        if isinstance(content, tuple):
            file_name = f'; filename="{content[0]}"'
            content = content[1]
        content = content.encode() if isinstance(content, str) else content
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\n\r\n'.encode()
        body += content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class Stream:
    """A WebSocket client (RFC 6455): text and binary frames, no extensions."""

    TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

    def __init__(self, port, path):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT_S)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (
                f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )
        self.buffer = b""
        head = self.read_until(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode(errors="replace"))

    def fill(self):
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionError("closed")
        self.buffer += got

    def read_until(self, end):
        while end not in self.buffer:
            self.fill()
        head, self.buffer = self.buffer.split(end, 1)
        return head

    def read(self, size):
        while len(self.buffer) < size:
            self.fill()
        got, self.buffer = self.buffer[:size], self.buffer[size:]
        return got

    def send_frame(self, kind, payload):
        mask = os.urandom(4)
        size = len(payload)
        length = (
            bytes([0x80 | size])
            if size < 126
            else (struct.pack("!BH", 0x80 | 126, size) if size < 65536 else struct.pack("!BQ", 0x80 | 127, size))
        )
        repeated = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
        self.socket.sendall(bytes([0x80 | kind]) + length + mask + masked)

    def send(self, message):
        self.send_frame(self.TEXT, (message if isinstance(message, str) else json.dumps(message)).encode())

    def send_audio(self, payload, piece=3200):
        for at in range(0, len(payload), piece):
            self.send_frame(self.BINARY, payload[at : at + piece])

    def receive(self):
        """The next text message, as JSON."""
        while True:
            first, second = self.read(2)
            size = second & 127
            if size == 126:
                size = struct.unpack("!H", self.read(2))[0]
            elif size == 127:
                size = struct.unpack("!Q", self.read(8))[0]
            payload = self.read(size)
            kind = first & 15
            if kind == self.TEXT:
                return json.loads(payload)
            if kind == self.PING:
                self.send_frame(self.PONG, payload)
            if kind == self.CLOSE:
                raise ConnectionError(f"closed by the server: {payload!r}")

    def start(self, request, audio=None, **param):
        self.send({"cmd": "start", "param": {"audio": audio or {}, "request": request, **param}})

    def record(self, payload, request, audio=None):
        """A whole recording: the answer to start, the acknowledgement, the envelope."""
        self.start(request, audio)
        started = self.receive()
        self.send_audio(payload)
        self.send({"cmd": "stop"})
        return started, self.receive(), self.receive()

    def close(self):
        self.socket.close()
