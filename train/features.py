"""Features that the C++ program wrote: training sees exactly what the program computes at run time.

`saywell features` writes float32 values and one JSON line per recording. Here its outputs, of several processes,
are joined into one file of float16 that is mapped into memory, so that parallel fits share it.
"""
import json
import pathlib
import subprocess

import numpy as np

from feature_schema import FILE, SCHEMA

_MEAN_EMBEDDING = SCHEMA.columns("phone", "mean_embedding")
EMBEDDING_SIZE = _MEAN_EMBEDDING.stop - _MEAN_EMBEDDING.start
FIRST_FRAME_MIDDLE_S = 0.028  # kFirstFrameMiddleS and kFrameS of src/acoustic/
FRAME_S = 0.024


class FeatureError(Exception):
    """The program could not compute features, or wrote unexpected ones."""


class Features:
    """Features and descriptions of recordings, by id. `kind`: "embeddings" or "scorer"."""

    def __init__(self, prefix, kind="embeddings"):
        self.row_size = EMBEDDING_SIZE if kind == "embeddings" else SCHEMA.row_size("phone")
        self.failed = {}  # id -> "code sentence"
        self._descriptions = {}
        for line in pathlib.Path(f"{prefix}.jsonl").read_text(encoding="utf-8").splitlines():
            description = json.loads(line)
            if "errID" in description:
                self.failed[description["id"]] = f"{description['errID']} {description['error']}"
            else:
                self._descriptions[description["id"]] = description
        values = pathlib.Path(f"{prefix}.f16")
        empty = values.stat().st_size == 0
        self._values = np.zeros(0, np.float16) if empty else np.memmap(values, np.float16, "r")

    def __contains__(self, name):
        return name in self._descriptions

    def __iter__(self):
        return iter(self._descriptions)

    def __len__(self):
        return len(self._descriptions)

    def describe(self, name):
        """What the program wrote about the recording beside its features."""
        return self._descriptions[name]

    def row_count(self, name):
        """How many frames, or phones."""
        return self._descriptions[name]["rows"]

    def rows(self, name):
        """float16 [frames or phones, row_size], mapped, not copied."""
        description = self._descriptions[name]
        begin = description["offset"]
        return self._values[begin : begin + description["rows"] * self.row_size].reshape(-1, self.row_size)

    def gaps(self, name):
        """float16 [words + 1, size of a gap's row]: before each word and behind the last; only of scorer inputs."""
        description, size = self._descriptions[name], SCHEMA.row_size("gap")
        begin = description["offset"] + description["rows"] * self.row_size
        return self._values[begin : begin + _gap_count(description) * size].reshape(-1, size)

    def frame_times_s(self, name):
        """The middle of each frame; only of embeddings."""
        spans = self._descriptions[name]["chunks"]
        frames = [first + np.arange(count) for first, count in spans]
        return np.concatenate(frames or [np.zeros(0)]) * FRAME_S + FIRST_FRAME_MIDDLE_S


def compute_features(program, lines, prefix, kind, jobs=2, model_dir=None):
    """Runs `saywell features` on request lines in `jobs` processes; writes PREFIX.f16 and PREFIX.jsonl."""
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
    with open(f"{prefix}.jsonl", "w", encoding="utf-8") as lines, open(f"{prefix}.f16", "wb") as joined:
        for part in parts:
            size = pathlib.Path(f"{part}.f32").stat().st_size // 4
            values = np.memmap(f"{part}.f32", np.float32, "r") if size else np.zeros(0, np.float32)
            for line in pathlib.Path(f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
                description = json.loads(line)
                if "errID" not in description:
                    description["rows"], count = _size(description, kind)
                    begin = description["offset"]
                    recording = values[begin : begin + count]
                    if len(recording) != count or not np.isfinite(recording).all():
                        raise FeatureError(f"{part}.f32 is cut off, or not finite at {description['id']}")
                    recording.astype(np.float16).tofile(joined)
                    description["offset"] = offset
                    offset += count
                lines.write(json.dumps(description) + "\n")
            del values
            for suffix in (".f32", ".jsonl", ".list"):
                pathlib.Path(part + suffix).unlink()


def _size(description, kind):
    """(rows, all values) of one recording."""
    if kind == "embeddings":
        frames = sum(count for _, count in description["chunks"])
        return frames, frames * EMBEDDING_SIZE
    if description["schema"] != SCHEMA.hash:
        raise FeatureError(
            f"the program computes features of schema {description['schema']}, training reads {SCHEMA.hash}: "
            f"write {FILE.name} anew (make docs)"
        )
    phones = len(description["phones"])
    return phones, phones * SCHEMA.row_size("phone") + _gap_count(description) * SCHEMA.row_size("gap")


def _gap_count(description):
    return len(description["tokens"]) + 1 if description["tokens"] else 0
