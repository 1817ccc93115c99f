"""Synthetic speech whose phone times are known: flite's voices, with the times it prints itself.

It teaches the frame classifier where phones begin and end, which no label of the corpus says, and adds clear
native-like phones to the training of the phone head.
"""
import concurrent.futures
import dataclasses
import json
import pathlib
import random
import re
import subprocess

import numpy as np

from corpus import PHONE_ID

VOICES = ("slt", "rms", "awb", "kal16")
SENTENCES_A_VOICE = 330  # texts of the corpus
WORD_LISTS_A_VOICE = 60  # random words of the dictionary, for combinations missing from the corpus
STRETCH = (0.85, 1.5)  # learners read slower than the voices


@dataclasses.dataclass
class SyntheticUtterance:
    id: str
    audio: pathlib.Path
    phone_ids: list  # without silences
    segments: list  # [(column of the frame posteriors: 0 silence, phone + 1; end in seconds)]


def synthesise(folder, texts, dictionary, jobs=2, seed=5, limit=0):
    """Lets the voices speak into `folder`; read_synthetic() reads the result. `dictionary`: cmudict.js."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    plan = _plan(sorted({text.lower() for text in texts}), _dictionary_words(dictionary), random.Random(seed))
    if limit:
        plan = plan[:: max(1, len(plan) // limit)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        lines = list(pool.map(lambda item: _speak(folder, *item), plan))
    (folder / "segments.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _dictionary_words(path):
    words = re.findall(r'"([a-z]{3,10})": "', pathlib.Path(path).read_text(encoding="utf-8"))
    if not words:
        raise ValueError(f"{path} is not the dictionary cmudict.js")
    return words


def _plan(texts, words, rng):
    """[(id, voice, text, stretch)]: drawn before anything is spoken, so that it depends only on the seed."""
    plan = []
    for voice in VOICES:
        chosen = rng.sample(texts, min(len(texts), SENTENCES_A_VOICE))
        chosen += [" ".join(rng.sample(words, rng.randint(3, 7))) for _ in range(WORD_LISTS_A_VOICE)]
        plan += [(f"{voice}_{i:04d}", voice, text, rng.uniform(*STRETCH)) for i, text in enumerate(chosen)]
    return plan


def _speak(folder, name, voice, text, stretch):
    audio = folder / f"{name}.wav"
    command = [
        "flite",
        "-voice",
        voice,
        "-psdur",
        "--setf",
        f"duration_stretch={stretch:.2f}",
        "-t",
        text,
        "-o",
        str(audio),
    ]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {"id": name, "audio": str(audio), "segments": parse_segments(printed)}


def parse_segments(printed):
    """flite's "pau:0.257 ih:0.341 …" (phone, its end in seconds) -> [[column, end_s], …]."""
    segments = []
    for item in printed.split():
        phone, end_s = item.rsplit(":", 1)
        column = 0 if phone == "pau" else PHONE_ID["AH" if phone == "ax" else phone.upper()] + 1
        segments.append([column, float(end_s)])
    return segments


def read_synthetic(folder):
    """SyntheticUtterance by id."""
    utterances = {}
    for line in (pathlib.Path(folder) / "segments.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        phones = [column - 1 for column, _ in item["segments"] if column]
        utterances[item["id"]] = SyntheticUtterance(item["id"], pathlib.Path(item["audio"]), phones, item["segments"])
    return utterances


def frame_labels(segments, times_s):
    """The column of the segment at each time; the last one's after the end."""
    ends_s = np.array([end_s for _, end_s in segments])
    columns = np.array([column for column, _ in segments])
    return columns[np.minimum(np.searchsorted(ends_s, times_s, side="right"), len(segments) - 1)]
