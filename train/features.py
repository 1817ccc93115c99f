"""Features that the C++ program wrote: training sees exactly what the program computes at run time.

`saywell features` writes float32 numbers and a JSON line a recording. Here its outputs, of several processes,
are joined into one file of float16 that is mapped into memory, so that parallel fits share it.
"""
import json
import pathlib
import subprocess

import numpy as np

EMBEDDING_SIZE = 1248  # kEmbeddingSize of src/acoustic/pcm_to_embeddings.h
FIRST_FRAME_MIDDLE_S = 0.028  # kFirstFrameMiddleS and kFrameS of src/acoustic/
FRAME_S = 0.024


class FeatureError(Exception):
    """The program could not compute features, or wrote others than expected."""


class Features:
    """Numbers and descriptions of recordings, by id."""

    def __init__(self, prefix, row_size=EMBEDDING_SIZE):
        self.row_size = row_size
        self.failed = {}  # id -> "code sentence"
        self._about = {}
        for line in pathlib.Path(f"{prefix}.jsonl").read_text(encoding="utf-8").splitlines():
            about = json.loads(line)
            if "errID" in about:
                self.failed[about["id"]] = f"{about['errID']} {about['error']}"
            else:
                self._about[about["id"]] = about
        numbers = pathlib.Path(f"{prefix}.f16")
        empty = numbers.stat().st_size == 0
        self._numbers = np.zeros(0, np.float16) if empty else np.memmap(numbers, np.float16, "r")

    def __contains__(self, name):
        return name in self._about

    def __iter__(self):
        return iter(self._about)

    def __len__(self):
        return len(self._about)

    def about(self, name):
        return self._about[name]

    def row_count(self, name):
        return self._about[name]["rows"]

    def rows(self, name):
        """float16 [rows, row_size], mapped, not copied."""
        about = self._about[name]
        begin = about["offset"]
        return self._numbers[begin : begin + about["rows"] * self.row_size].reshape(-1, self.row_size)

    def gap_rows(self, name):
        """float16 [words + 1, gap_row]: before each word and behind the last; only for the scorer's."""
        about = self._about[name]
        begin = about["offset"] + about["rows"] * self.row_size
        return self._numbers[begin : begin + _gaps(about) * about["gap_row"]].reshape(-1, about["gap_row"])

    def frame_times_s(self, name):
        """The middle of each frame; only for embeddings."""
        spans = self._about[name]["chunks"]
        frames = [first + np.arange(count) for first, count in spans]
        return np.concatenate(frames or [np.zeros(0)]) * FRAME_S + FIRST_FRAME_MIDDLE_S


def compute_features(program, lines, prefix, kind, jobs=2, model_dir=None):
    """Runs `saywell features` on request lines in `jobs` processes; leaves PREFIX.f16 and PREFIX.jsonl."""
    parts = [f"{prefix}.part{i}" for i in range(jobs)]
    processes = []
    for i, part in enumerate(parts):
        text = "".join(json.dumps(line) + "\n" for line in lines[i::jobs])
        pathlib.Path(f"{part}.list").write_text(text, encoding="utf-8")
        model_flags = ["--model-dir", str(model_dir)] if model_dir else []
        processes.append(
            subprocess.Popen(
                [str(program), *model_flags, "features", f"{part}.list", "--output", part, "--kind", kind],
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    answers = [process.communicate()[1] for process in processes]
    for process, answer in zip(processes, answers):
        if process.returncode != 0:
            raise FeatureError(f"'{' '.join(process.args)}' ended with {process.returncode}: {answer.strip()}")
    _join(parts, prefix, kind)


def _join(parts, prefix, kind):
    offset = 0
    with open(f"{prefix}.jsonl", "w", encoding="utf-8") as lines, open(f"{prefix}.f16", "wb") as numbers:
        for part in parts:
            size = pathlib.Path(f"{part}.f32").stat().st_size // 4
            values = np.memmap(f"{part}.f32", np.float32, "r") if size else np.zeros(0, np.float32)
            for line in pathlib.Path(f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
                about = json.loads(line)
                if "errID" not in about:
                    about["rows"], count = _size(about, kind)
                    begin = about["offset"]
                    recording = values[begin : begin + count]
                    if len(recording) != count or not np.isfinite(recording).all():
                        raise FeatureError(f"{part}.f32 is cut off, or not finite at {about['id']}")
                    recording.astype(np.float16).tofile(numbers)
                    about["offset"] = offset
                    offset += count
                lines.write(json.dumps(about) + "\n")
            del values
            for suffix in (".f32", ".jsonl", ".list"):
                pathlib.Path(part + suffix).unlink()


def _size(about, kind):
    """(rows, all numbers) of one recording."""
    if kind == "embeddings":
        rows = sum(count for _, count in about["chunks"])
        return rows, rows * EMBEDDING_SIZE
    rows = len(about["phones"])
    return rows, rows * about["row"] + _gaps(about) * about["gap_row"]


def _gaps(about):
    return len(about["tokens"]) + 1 if about["tokens"] else 0
