#!/usr/bin/python3
"""Measures how far the overall score moves when the same reading is louder, softer, noisy, at 8 kHz or through a codec.

  train/evaluate_steadiness.py --corpus FOLDER --program build/saywell [--limit 100]

Needs Debian's ffmpeg. Prints the median absolute difference for each condition, and the refused recordings.
"""
import collections
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import wave

import numpy as np

import program
from corpus import CorpusError, read_chosen
from program import EvaluationError

NOISE_SNR_DB = 20
RATE_HZ = 16000
# Condition -> the file's ending and ffmpeg's flags.
CODECS = {
    "-12 dB": ("wav", ["-af", "volume=-12dB"]),
    "+12 dB, limited to full scale": ("wav", ["-af", "volume=12dB"]),
    "8 kHz": ("wav", ["-ar", "8000"]),
    "Opus 16 kbit/s": ("ogg", ["-c:a", "libopus", "-b:a", "16k", "-application", "voip"]),
    "Speex": ("ogg", ["-c:a", "libspeex", "-ar", str(RATE_HZ)]),
}
NOISE = f"noise, {NOISE_SNR_DB} dB SNR"


def parse_arguments():
    parser = program.new_parser(__doc__)
    program.add_corpus_arguments(parser, limit=100)
    program.add_arguments(parser)
    return parser.parse_args()


def convert(source, target, flags):
    ended = subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", str(source), *flags, str(target)], capture_output=True, check=False
    )
    if ended.returncode != 0:
        raise EvaluationError(f"ffmpeg: {ended.stderr.decode().strip()}")


def add_noise(source, target, rng):
    """White noise, NOISE_SNR_DB below the mean power of the loud half of the 25 ms frames: the speech."""
    with wave.open(str(source)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(float)
    size = RATE_HZ // 40
    powers = np.sort((samples[: len(samples) // size * size].reshape(-1, size) ** 2).mean(1))
    deviation = np.sqrt(powers[len(powers) // 2 :].mean() / 10 ** (NOISE_SNR_DB / 10))
    noisy = np.clip(samples + rng.normal(0, deviation, len(samples)), -32768, 32767).astype(np.int16)
    with wave.open(str(target), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(noisy.tobytes())


def make_requests(arguments, utterances, folder):
    """[(utterance id, condition, request line)]; condition None: as it is."""
    rng = np.random.default_rng(0)
    made = []
    for utterance in utterances.values():
        line = {"refText": utterance.text, "coreType": "en.sent.score"}
        plain = folder / f"{utterance.id}.wav"
        program.decode(arguments.program, utterance.audio, plain)
        files = {None: plain, NOISE: folder / f"{utterance.id} noise.wav"}
        add_noise(plain, files[NOISE], rng)
        for condition, (ending, flags) in CODECS.items():
            files[condition] = folder / f"{utterance.id} {len(files)}.{ending}"
            convert(plain, files[condition], flags)
        made += [
            (utterance.id, condition, {**line, "id": f"{utterance.id} {condition}", "audio": str(path)})
            for condition, path in files.items()
        ]
    return made


def main():
    arguments = parse_arguments()
    try:
        utterances = read_chosen(arguments.corpus, arguments.speakers, arguments.limit)
        with tempfile.TemporaryDirectory() as folder:
            made = make_requests(arguments, utterances, pathlib.Path(folder))
            answers = program.run_batch(arguments, [line for _, _, line in made])
    except (CorpusError, EvaluationError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"evaluate_steadiness: {error}")
    overall = {
        (name, condition): answers[line["id"]].get("result", {}).get("overall") for name, condition, line in made
    }
    for condition in (NOISE, *CODECS):
        moved = [
            abs(overall[name, condition] - overall[name, None])
            for name in utterances
            if overall[name, condition] is not None and overall[name, None] is not None
        ]
        refused = collections.Counter(
            answers[line["id"]]["errID"] for _, its, line in made if its == condition and "errID" in answers[line["id"]]
        )
        print(
            f"{condition}: overall moves by {statistics.median(moved) if moved else float('nan'):.1f} in the median; "
            f"refused: {dict(refused) or 'none'}"
        )
    print(f"{len(utterances)} recordings")


if __name__ == "__main__":
    main()
