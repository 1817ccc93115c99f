#!/usr/bin/python3
"""kill -9 at random moments under load: every acknowledged recording must be whole afterwards.

  bench/server_kills.py BUILD_FOLDER [--kills 200] [--clients 6] [--seed 1]

Each round starts the server, lets clients record, and kills it after a random time. The next round checks every
recording that was acknowledged in the previous one, byte for byte, and then deletes it.
"""

import argparse
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from server_under_load import BenchError, Generator, Server, write_sentence


class Kills:
    def __init__(self, arguments, folder):
        self.program = str((arguments.build / "saywell").resolve())
        self.load_program = str((arguments.build / "bench/server_load").resolve())
        self.clients = arguments.clients
        self.data = folder / "data"
        self.sentence = folder / "sentence.wav"
        write_sentence(self.sentence)
        self.samples = self.sentence.read_bytes()[44:]
        self.random = random.Random(arguments.seed)
        self.acknowledged = self.lost = self.corrupt = self.kills = 0

    def check(self, server, ids):
        for record_id in ids:
            status, body = server.get(f"/v1/recordings/{record_id}")
            if status != 200:
                self.lost += 1
                print(f"lost: {record_id} (HTTP {status}) {body[:200]}", flush=True)
            elif body[44:] != self.samples or int.from_bytes(body[40:44], "little") != len(self.samples):
                self.corrupt += 1
                print(f"corrupt: {record_id}", flush=True)
        self.acknowledged += len(ids)

    def forget(self):
        """Deletes verified recordings, so that the folder does not grow with the rounds."""
        server = Server(self.program, self.data)
        subprocess.run(["curl", "-sS", "-X", "DELETE", f"{server.url}/v1/users/guest"], check=True, capture_output=True)
        server.end()

    def round(self, ids):
        """Checks `ids` on a new server, then records until it is killed; returns the acknowledged recordings."""
        server = Server(self.program, self.data)
        self.check(server, ids)
        generator = Generator(self.load_program, server, self.sentence).start("record", clients=self.clients)
        time.sleep(self.random.uniform(0.05, 1.5))
        server.end(signal.SIGKILL)
        self.kills += 1
        out, _ = generator.communicate()
        return out.decode().split()

    def integrity(self):
        database = sqlite3.connect(self.data / "saywell.db")
        answer = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.close()
        return answer

    def run(self, kills):
        ids = []
        for number in range(kills):
            ids = self.round(ids)
            if number % 20 == 19:
                server = Server(self.program, self.data)
                self.check(server, ids)
                server.end()
                self.forget()
                ids = []
                print(f"{number + 1} kills, {self.acknowledged} acknowledged", file=sys.stderr, flush=True)
        server = Server(self.program, self.data)
        self.check(server, ids)
        server.end()
        integrity = self.integrity()
        print(
            f"{self.kills} kills: {self.acknowledged} recordings acknowledged, {self.lost} lost, {self.corrupt} "
            f"corrupt; database: {integrity}"
        )
        return self.lost == self.corrupt == 0 and integrity == "ok" and self.acknowledged > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        try:
            good = Kills(arguments, pathlib.Path(name)).run(arguments.kills)
        except (BenchError, OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"bench-kill: {error}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
