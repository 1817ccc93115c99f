#!/usr/bin/python3
"""The load that `saywell serve` bears: learners read real recordings in real time over its own protocol.

  bench/server_bench.py BUILD_FOLDER [--seconds 60] [--connections 5000] [--only NAME …]
  bench/server_bench.py BUILD_FOLDER --soak MINUTES

Server and learners share the cores. The scoring capacity is measured first; all other loads are relative to it. Exit
status 1 when a figure misses its target.
"""

import argparse
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from server_under_load import TEXT, BenchError, Generator, Server, write_sentence

OVERLOAD_DEADLINE_MS = 3000


class Bench:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.program = str((arguments.build / "saywell").resolve())
        self.load_program = str((arguments.build / "bench/server_load").resolve())
        self.sentence = folder / "sentence.wav"
        self.sentence_s = write_sentence(self.sentence)
        self.failed = False
        self.server = Server(self.program, folder / "data")
        self.generator = Generator(self.load_program, self.server, self.sentence)
        self.capacity = 0.0

    def verdict(self, name, figures, good):
        self.failed = self.failed or not good
        print(f"{'ok  ' if good else 'MISS'} {name:34} {figures}", flush=True)

    def readers_for(self, share):
        """The number of learners, each reading half of the time, who need this share of the capacity."""
        return max(1, round(share * self.capacity * 2 * self.sentence_s))

    def measure_capacity(self):
        done = self.generator.run("capacity", clients=8, seconds=self.arguments.seconds / 3)
        if set(done["codes"]) != {"0"} or done["broken"]:
            raise BenchError(f"capacity: {done}")
        self.capacity = done["codes"]["0"] / done["seconds"]
        print(f"     {'scoring capacity':34} {self.capacity:.1f} sentences of {self.sentence_s:.1f} s a second")

    def readers(self):
        clients = self.readers_for(0.6)
        done = self.generator.run("readers", clients=clients, seconds=self.arguments.seconds)
        delay = done["delayMs"]
        good = set(done["codes"]) == {"0"} and not done["broken"] and delay["p95"] <= 400
        self.verdict(
            f"{clients} learners, 60 % of the capacity",
            f"last sample to result p50 {delay['p50']} ms, "
            f"p95 {delay['p95']} ms (<= 400); codes {done['codes']} {done['broken'] or ''}",
            good,
        )

    def overload(self):
        calm_ms = self.generator.run("post", count=5)["delayMs"]["p50"]
        clients = self.readers_for(3)
        with Sampler(self.server) as sampler:
            done = self.generator.run(
                "readers", clients=clients, seconds=self.arguments.seconds, deadline_ms=OVERLOAD_DEADLINE_MS
            )
        latest = max(done["delayMs"]["max"], done["refusalDelayMs"]["max"])
        good = set(done["codes"]) <= {"0", "503"} and not done["broken"] and latest <= OVERLOAD_DEADLINE_MS + 1000
        self.verdict(
            f"{clients} learners, 3 x the capacity",
            f"codes {done['codes']}, {done['broken'] or 'none broken'}; "
            f"latest answer {latest} ms (<= {OVERLOAD_DEADLINE_MS + 1000}); "
            f"memory at most {sampler.peak_kb / 1024:.0f} MB",
            good,
        )
        self.back_to_normal(calm_ms)

    def back_to_normal(self, calm_ms):
        started = time.monotonic()
        while True:
            now_ms = self.generator.run("post", count=1)["delayMs"]["p50"]
            took_s = time.monotonic() - started
            if now_ms <= 2 * calm_ms or took_s > 10:
                break
        self.verdict(
            "back to normal after it",
            f"after {took_s:.1f} s (<= 10): {now_ms} ms an assessment, " f"{calm_ms} ms before",
            now_ms <= 2 * calm_ms,
        )

    def idle(self):
        count = self.arguments.connections
        before_kb = self.server.resident_kb()
        process = self.generator.start("idle", clients=count)
        opened = json.loads(process.stdout.readline())["open"]
        each_kb = (self.server.resident_kb() - before_kb) / count
        process.communicate(b"")
        self.verdict(f"{opened} idle WebSockets", f"{each_kb:.1f} KB each (<= 64)", opened == count and each_kb <= 64)

    def post(self):
        """One client against the kernel alone, in turns."""
        posts, kernel = [], []
        for _ in range(4):
            posts.append(self.generator.run("post", count=10)["delayMs"]["p50"])
            kernel.append(self.kernel_ms(10))
        post_ms, kernel_ms = statistics.median(posts), statistics.median(kernel)
        self.verdict(
            "POST /v1/assess, one client",
            f"p50 {post_ms:.0f} ms, the kernel alone {kernel_ms:.0f} ms: " f"{post_ms / kernel_ms:.2f} x (<= 1.3)",
            post_ms <= 1.3 * kernel_ms,
        )

    def kernel_ms(self, count):
        requests, answers = self.folder / "in.jsonl", self.folder / "out.jsonl"
        line = json.dumps({"id": "x", "audio": str(self.sentence), "refText": TEXT, "coreType": "en.sent.score"})
        requests.write_text((line + "\n") * count, encoding="utf-8")
        subprocess.run(
            [self.program, "batch", requests, "--output", answers, "--jobs", "1"], check=True, capture_output=True
        )
        lines = answers.read_text(encoding="utf-8").splitlines()
        return statistics.median(json.loads(text)["result"]["systime"] for text in lines)

    def soak(self):
        clients = self.readers_for(0.8)
        warm_s = min(120, self.arguments.soak * 60 / 4)
        with Sampler(self.server) as sampler:
            done = self.generator.run("readers", clients=clients, seconds=self.arguments.soak * 60)
        warm = [kb for at_s, kb, _ in sampler.samples if at_s >= warm_s]
        third = max(1, len(warm) // 3)
        first, last = statistics.mean(warm[:third]), statistics.mean(warm[-third:])
        fds = [count for at_s, _, count in sampler.samples if at_s >= warm_s]
        time.sleep(2)
        good = set(done["codes"]) == {"0"} and not done["broken"] and abs(last / first - 1) <= 0.05
        good = good and self.server.descriptors() <= sampler.samples[0][2] + 2
        self.verdict(
            f"{clients} learners, {self.arguments.soak} minutes at 80 %",
            f"codes {done['codes']} {done['broken'] or ''}; p95 {done['delayMs']['p95']} ms; memory "
            f"{first / 1024:.0f} -> {last / 1024:.0f} MB ({100 * (last / first - 1):+.1f} %, <= 5); descriptors "
            f"{min(fds)}–{max(fds)}, {self.server.descriptors()} afterwards",
            good,
        )

    def run(self):
        self.measure_capacity()
        if self.arguments.soak:
            self.soak()
            return
        for name in ("readers", "overload", "idle", "post"):
            if not self.arguments.only or name in self.arguments.only:
                getattr(self, name)()


class Sampler:
    """Memory and descriptors of the server, twice a second: (seconds, KB, descriptors)."""

    def __init__(self, server):
        self._server = server
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self.samples = []

    def _sample(self):
        started = time.monotonic()
        while not self._done.wait(0.5):
            self.samples.append((time.monotonic() - started, self._server.resident_kb(), self._server.descriptors()))

    @property
    def peak_kb(self):
        return max(kb for _, kb, _ in self.samples)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=60, help="of each measurement under load")
    parser.add_argument("--connections", type=int, default=5000)
    parser.add_argument("--soak", type=float, default=0, metavar="MINUTES")
    parser.add_argument("--only", nargs="*", choices=("readers", "overload", "idle", "post"))
    arguments = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as name:
        try:
            bench = Bench(arguments, pathlib.Path(name))
            try:
                bench.run()
            finally:
                bench.server.end()
        except (BenchError, OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"bench-server: {error}")
    sys.exit(1 if bench.failed else 0)


if __name__ == "__main__":
    main()
