"""Shared by the RTMP tests: their own client (RTMP 1.0, AMF0), FLV files, real publishers.

PROGRAM is the first argument of the test script.
"""

import json
import os
import socket
import ssl
import struct
import subprocess
import unittest
import urllib.parse

from program_under_test import CARDS, CARDS_TEXT
from server_under_test import Server

APP = "v1.1/aistream.enscore"
LONGEST_WAIT_S = 120
AUDIO, SCRIPT = 8, 18


def query_of(**fields):
    return "?" + urllib.parse.urlencode(fields)


CARDS_QUERY = query_of(refText=CARDS_TEXT, precision="0.1")
RECORD_ONLY = query_of(refText=CARDS_TEXT, mode="record-only")


def amf0(value):
    """A value as AMF0; dict: an object, list: a strict array, bytes: as they are."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return b"\x01" + bytes([value])
    if isinstance(value, (int, float)):
        return b"\x00" + struct.pack("!d", value)
    if isinstance(value, str):
        text = value.encode()
        if len(text) > 0xFFFF:
            return b"\x0c" + struct.pack("!I", len(text)) + text
        return b"\x02" + struct.pack("!H", len(text)) + text
    if value is None:
        return b"\x05"
    if isinstance(value, list):
        return b"\x0a" + struct.pack("!I", len(value)) + b"".join(map(amf0, value))
    members = b"".join(
        struct.pack("!H", len(name.encode())) + name.encode() + amf0(member) for name, member in value.items()
    )
    return b"\x03" + members + b"\x00\x00\x09"


class Amf0Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        self.at += size
        return self.data[self.at - size : self.at]

    def name(self):
        return self.take(struct.unpack("!H", self.take(2))[0]).decode()

    def value(self):
        kind = self.take(1)[0]
        if kind == 0:
            return struct.unpack("!d", self.take(8))[0]
        if kind == 1:
            return self.take(1) != b"\x00"
        if kind == 2:
            return self.name()
        if kind in (3, 8):
            if kind == 8:
                self.take(4)
            members = {}
            while (name := self.name()) or self.data[self.at] != 9:
                members[name] = self.value()
            self.take(1)
            return members
        if kind == 10:
            return [self.value() for _ in range(struct.unpack("!I", self.take(4))[0])]
        if kind == 12:
            return self.take(struct.unpack("!I", self.take(4))[0]).decode()
        return None

    def values(self):
        values = []
        while self.at < len(self.data):
            values.append(self.value())
        return values


class RtmpClient:
    """One connection. Commands that nobody waited for are in `passed`, other messages in `passed_media`."""

    def __init__(self, port, connect=True, handshake=True, app=APP, tls=None, **credentials):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT_S)
        if tls:
            context = ssl.create_default_context(cafile=tls)
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.input, self.chunk_size, self.streams, self.transaction = b"", 128, {}, 0
        self.passed, self.passed_media = [], []
        if handshake:
            self.handshake()
        if connect:
            self.answer = self.connect(app, **credentials)

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def read(self, size):
        while len(self.input) < size:
            got = self.socket.recv(65536)
            if not got:
                raise ConnectionError("closed")
            self.input += got
        got, self.input = self.input[:size], self.input[size:]
        return got

    def closed_by_server(self):
        """Reads until the server closes, and ignores its messages."""
        try:
            while True:
                self.read(1)
        except (ConnectionError, ssl.SSLError):
            return True

    def handshake(self):
        self.send(b"\x03" + bytes(8) + os.urandom(1528))
        self.read(1)
        first = self.read(1536)
        self.read(1536)
        self.send(first)

    def send_message(self, kind, payload, stream_id=0, timestamp=0, chunk_stream=3, chunk_size=None):
        """In chunks of 64 KB, as announced with the first message, or of `chunk_size`."""
        if not chunk_size and not getattr(self, "told_chunk_size", False):
            self.told_chunk_size = True
            self.send_message(1, struct.pack("!I", 65536), chunk_stream=2, chunk_size=128)
        size = chunk_size or 65536
        head = struct.pack("!B", chunk_stream) + struct.pack("!I", min(timestamp, 0xFFFFFF))[1:]
        head += struct.pack("!I", len(payload))[1:] + bytes([kind]) + struct.pack("<I", stream_id)
        more = struct.pack("!I", timestamp) if timestamp >= 0xFFFFFF else b""
        message = head + more
        for at in range(0, max(len(payload), 1), size):
            if at:
                message += bytes([0xC0 | chunk_stream]) + more
            message += payload[at : at + size]
        self.send(message)

    def command(self, name, *arguments, stream_id=0, command_object=None):
        self.transaction += 1
        values = [name, self.transaction, command_object, *arguments]
        self.send_message(20, b"".join(map(amf0, values)), stream_id)
        return self.transaction

    def message(self):
        """The next message that is not for the link alone: (type, stream, timestamp, payload)."""
        while True:
            first = self.read(1)[0]
            kind, number = first >> 6, first & 63
            state = self.streams.setdefault(number, {"data": b""})
            if kind < 3:
                head = self.read((11, 7, 3)[kind])
                state["time"] = int.from_bytes(head[:3], "big")
                if kind < 2:
                    state["size"], state["type"] = int.from_bytes(head[3:6], "big"), head[6]
                if kind < 1:
                    state["stream"] = int.from_bytes(head[7:], "little")
                step = state["time"]
                if step == 0xFFFFFF:
                    step = struct.unpack("!I", self.read(4))[0]
                state["step"] = step
                state["clock"] = step if kind == 0 else state["clock"] + step
            elif not state["data"] and state["size"]:
                state["clock"] += state["step"]
            if kind == 3 and state["time"] == 0xFFFFFF:
                self.read(4)
            state["data"] += self.read(min(self.chunk_size, state["size"] - len(state["data"])))
            if len(state["data"]) < state["size"]:
                continue
            data, state["data"] = state["data"], b""
            if state["type"] == 1:
                self.chunk_size = struct.unpack("!I", data)[0]
            elif state["type"] not in (2, 3, 5, 6):
                return state["type"], state["stream"], state["clock"], data

    def next_command(self):
        """(name, transaction, values behind) of the next command; other messages go to `passed_media`."""
        while True:
            kind, stream, timestamp, payload = self.message()
            if kind == 20:
                values = Amf0Reader(payload).values()
                return values[0], values[1], values[2:]
            self.passed_media.append((kind, stream, timestamp, payload))

    def wait_for(self, name, transaction=None):
        """The values of the next command of that name; others go to `passed`."""
        while True:
            command, number, values = self.next_command()
            if command == name and transaction in (None, number):
                return values
            self.passed.append((command, number, values))

    def connect(self, app=APP, **members):
        """(name, info) of the answer."""
        number = self.command("connect", command_object={"app": app, "tcUrl": "rtmp://localhost/" + app, **members})
        while True:
            name, answered, values = self.next_command()
            if answered == number:
                return name, values[1]

    def call(self, name, *arguments):
        """The answer of a call: (True, value) or (False, info)."""
        number = self.command(name, *arguments)
        while True:
            command, answered, values = self.next_command()
            if answered == number and command in ("_result", "_error"):
                return command == "_result", values[1]
            self.passed.append((command, answered, values))

    def create_stream(self):
        return int(self.call("createStream")[1])

    def publish(self, stream_id, name):
        """The onStatus that answers."""
        self.command("publish", name, "live", stream_id=stream_id)
        return self.status()

    def play(self, stream_id, name, *more):
        self.command("play", name, *more, stream_id=stream_id)

    def status(self, code=None):
        """The next onStatus, or the next with that code."""
        while True:
            info = self.wait_for("onStatus")[1]
            if code in (None, info["code"]):
                return info
            self.passed.append(("onStatus", 0, [None, info]))

    def result(self):
        """The next onResult's envelope."""
        return json.loads(self.wait_for("onResult")[1])

    def send_audio(self, stream_id, tags):
        """Tags [(timestamp, payload)] as audio messages."""
        for timestamp, payload in tags:
            self.send_message(AUDIO, payload, stream_id, timestamp, chunk_stream=4)

    def delete_stream(self, stream_id):
        self.command("deleteStream", stream_id)

    def record(self, name, tags):
        """Publishes `tags` under `name`: (onStatus of the start, envelope)."""
        stream_id = self.create_stream()
        started = self.publish(stream_id, name)
        self.send_audio(stream_id, tags)
        self.delete_stream(stream_id)
        return started, self.result()

    def played(self):
        """Audio [(timestamp, payload)] until the server reports the end of play-back."""
        tags, metadata = [], None
        while True:
            kind, _, timestamp, payload = self.message()
            if kind == AUDIO:
                tags.append((timestamp, payload))
            elif kind == SCRIPT:
                values = Amf0Reader(payload).values()
                if values[0] == "onMetaData":
                    metadata = values[1]
                if values[0] == "onPlayStatus":
                    return metadata, tags


def flv_tags(data, kind=AUDIO):
    """[(timestamp, payload)] of an FLV file's tags of one kind."""
    tags, at = [], 13
    while at + 11 <= len(data):
        size = int.from_bytes(data[at + 1 : at + 4], "big")
        timestamp = int.from_bytes(data[at + 4 : at + 7], "big") | data[at + 7] << 24
        if data[at] == kind:
            tags.append((timestamp, data[at + 11 : at + 11 + size]))
        at += 15 + size
    return tags


def encoded(*options, source=CARDS):
    """`source` as the tags of an FLV file, encoded by ffmpeg."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", source, *options, "-vn", "-f", "flv", "pipe:1"], capture_output=True, check=True
    )
    return flv_tags(done.stdout)


def aac(source=CARDS):
    return encoded("-c:a", "aac", "-ar", "16000", "-ac", "1", "-b:a", "32k", source=source)


class RtmpTest(unittest.TestCase):
    """One server for all tests of a class, started with `arguments`."""

    arguments: tuple = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.arguments)
        cls.tags = aac()

    @classmethod
    def tearDownClass(cls):
        status = cls.server.stop()
        if status != 0:
            raise AssertionError(f"exit status {status}")

    def client(self, **options):
        client = RtmpClient(self.server.rtmp_port, **options)
        self.addCleanup(client.close)
        return client

    def result_of(self, record_id, **headers):
        answer = self.server.request("GET", "/v1/results/" + record_id, headers=headers)
        while answer.status == 202:
            answer = self.server.request("GET", "/v1/results/" + record_id, headers=headers)
        return answer

    def file_of(self, record_id):
        return self.server.request("GET", "/v1/recordings/" + record_id).body

    def record_only(self, name):
        started, envelope = self.client().record(name + RECORD_ONLY, self.tags)
        self.assertEqual(started["recordId"], envelope["recordId"])
        return envelope["recordId"]

    def assert_refused(self, client, code, what="", field=None):
        """onStatus with the code, then onResult with the same."""
        status = client.status(str(code))
        self.assertEqual(status["errID"], code)
        envelope = client.result()
        self.assertEqual(envelope["errID"], code, envelope)
        self.assertIn(what, envelope["error"])
        if field is not None:
            self.assertEqual((status["field"], envelope["field"]), (field, field))
        self.assertNotIn("result", envelope)
        return envelope

    def assert_works(self):
        self.assertTrue(flv_tags(self.file_of(self.record_only("works"))))
