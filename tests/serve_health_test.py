#!/usr/bin/env python3
"""What `saywell serve` says of itself when the machine fails it: /readyz, answers, the log, connections refused.

    serve_health_test.py PROGRAM
"""

import json
import os
import resource
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program_under_test import CARDS, CARDS_TEXT
from rtmp_under_test import RtmpClient
from server_under_test import LONGEST_WAIT_S, Server

REQUEST = {"refText": CARDS_TEXT}

# Calls of the C library that fail with EIO while the file $FAULTS/NAME is there.
FAULTS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fails(const char* name) {
  char path[4096];
  const char* folder = getenv("FAULTS");
  if (folder == NULL) return 0;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  if (faccessat(AT_FDCWD, path, F_OK, 0) != 0) return 0;
  errno = EIO;
  return 1;
}

int fsync(int descriptor) {
  int (*next)(int) = dlsym(RTLD_NEXT, "fsync");
  return fails("fsync") ? -1 : next(descriptor);
}

int lstat(const char* path, struct stat* info) {
  int (*next)(const char*, struct stat*) = dlsym(RTLD_NEXT, "lstat");
  return strstr(path, ".part") != NULL && fails("lstat") ? -1 : next(path, info);
}
"""


class ServeHealth(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def server(self, *arguments, **options):
        server = Server(*arguments, data_dir=self.folder, **options)
        self.addCleanup(server.stop)
        return server

    def failing_server(self, *arguments):
        """A server, and a function that lets a call fail (True) or work (False)."""
        (self.folder / "faults.c").write_text(FAULTS, encoding="utf-8")
        library = self.folder / "faults.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, self.folder / "faults.c", "-ldl"], check=True)
        faults = self.folder / "faults"
        faults.mkdir()

        def let_fail(call, failing):
            (faults / call).touch() if failing else (faults / call).unlink()

        environment = {**os.environ, "LD_PRELOAD": str(library), "FAULTS": str(faults)}
        return self.server(*arguments, env=environment), let_fail

    def assert_not_ready(self, server, why):
        server.wait_for_status("/readyz", 503)
        body = server.request("GET", "/readyz").json()
        self.assertEqual(body["errID"], 500)
        self.assertIn("recordings cannot be kept", body["error"])
        self.assertIn(why, body["error"])
        self.assert_names_no_path(body)
        self.assertIn("saywell_ready 0", server.request("GET", "/metrics").body.decode())

    def assert_names_no_path(self, body):
        for part in (str(self.folder), "incoming", "audio/v1.1", ".part", "saywell.db"):
            self.assertNotIn(part, json.dumps(body))

    def test_not_ready_while_files_may_not_grow(self):
        server = self.server()
        before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (100, before[1]))
        self.assert_not_ready(server, "the disk is full")
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)
        server.wait_until_ready()
        self.assertEqual(server.assess(CARDS.read_bytes(), REQUEST).status, 200)

    def test_not_ready_while_a_folder_cannot_be_used(self):
        server = self.server()
        for name in ("incoming", "audio"):
            (server.data_dir / name).rename(server.data_dir / "away")
            (server.data_dir / name).write_text("no folder", encoding="utf-8")
            self.assert_not_ready(server, "Not a directory")
            refused = server.assess(CARDS.read_bytes(), REQUEST)
            self.assertIn(refused.json()["errID"], (500, 40002))
            self.assert_names_no_path(refused.json())
            (server.data_dir / name).unlink()
            (server.data_dir / "away").rename(server.data_dir / name)
            server.wait_until_ready()

    def test_not_ready_while_nothing_can_be_synced(self):
        server, let_fail = self.failing_server()
        let_fail("fsync", True)
        self.assert_not_ready(server, "the disk fails")
        refused = server.assess(CARDS.read_bytes(), REQUEST)
        self.assertEqual((refused.status, refused.json()["errID"]), (500, 500), refused.body)
        self.assertNotIn("deleted meanwhile", refused.json()["error"])
        self.assert_names_no_path(refused.json())
        let_fail("fsync", False)
        server.wait_until_ready()
        self.assertEqual(server.assess(CARDS.read_bytes(), REQUEST).status, 200)
        self.assertIn("recordings can be kept again", server.errors())

    def test_a_disk_that_fails_deletes_nothing(self):
        server, let_fail = self.failing_server("--recording-max-bytes", "100000")
        client = RtmpClient(server.rtmp_port)
        self.addCleanup(client.close)
        stream = client.create_stream()
        client.publish(stream, "cut?refText=Ten+of+clubs.")
        client.send_audio(stream, [(i * 600, b"\x3e" + bytes(30_000)) for i in range(2)])
        end = time.monotonic() + LONGEST_WAIT_S
        while not any((server.data_dir / "incoming").iterdir()) and time.monotonic() < end:
            time.sleep(0.01)
        let_fail("lstat", True)
        client.send_audio(stream, [(i * 600, b"\x3e" + bytes(30_000)) for i in range(2, 5)])
        client.result()
        while "not kept" not in server.errors() and time.monotonic() < end:
            time.sleep(0.01)
        self.assertNotIn("deleted meanwhile", server.errors())
        self.assertIn("the disk fails", server.errors())

    def test_without_descriptors_clients_are_refused_at_once(self):
        server = self.server()
        used = len(os.listdir(f"/proc/{server.process.pid}/fd"))
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (used + 8, used + 8))
        for port in (server.port, server.rtmp_port):
            held = []
            try:
                while len(held) < 100:
                    held.append(socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT_S))
                begun = time.monotonic()
                for client in held[50:]:
                    try:
                        self.assertEqual(client.recv(1), b"")
                    except ConnectionResetError:
                        pass
                # Far below the 8 s after which a client gives up, and the 10 s after which a head is late.
                self.assertLess(time.monotonic() - begun, 5)
            finally:
                for client in held:
                    client.close()
            end = time.monotonic() + LONGEST_WAIT_S
            while time.monotonic() < end:
                try:
                    self.assertEqual(server.request("GET", "/healthz").status, 200)
                    break
                except (ConnectionError, OSError):
                    time.sleep(0.05)
        self.assertIn("clients are turned away", server.errors())


class TheLogAtDebug(unittest.TestCase):
    def test_texts_and_requests_but_no_secrets(self):
        server = Server("--log-level", "debug")
        self.addCleanup(server.stop)
        audio = CARDS.read_bytes()
        envelope = server.assess(audio, {**REQUEST, "tokenId": "t"}).json()
        server.request("GET", "/v1/recordings?token=a-secret-token")
        kept_back = server.assess(audio, {"refText": "Ten of clubs, kept back.", "store": False}).json()
        with_line_end = server.assess(audio, {"refText": "Ten of\nclubs."}).json()
        self.assertIn("recordId", with_line_end)
        log = server.errors()
        self.assertIn(f'recording {envelope["recordId"]}: en.sent.score, text "{CARDS_TEXT}"', log)
        self.assertIn(f'recording {envelope["recordId"]}: code 0', log)
        self.assertIn("http: 127.0.0.1 POST /v1/assess: 200 in ", log)
        self.assertIn("http: 127.0.0.1 GET /v1/recordings: 200 in ", log)
        self.assertNotIn("a-secret-token", log)
        self.assertIn(f'recording {kept_back["recordId"]}: en.sent.score, not stored', log)
        self.assertNotIn("kept back", log)
        self.assertIn('text "Ten of\\nclubs."', log)


if __name__ == "__main__":
    unittest.main()
