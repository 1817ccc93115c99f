"""Runs `saywell batch` for the evaluations."""
import argparse
import json
import pathlib
import subprocess
import tempfile


class EvaluationError(Exception):
    """The program failed, or its answer lacks fields of its contract."""


def add_arguments(parser):
    """Arguments of every evaluation: program, models, assessments at a time."""
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/saywell"))
    parser.add_argument("--model-dir", type=pathlib.Path, help="other models than the program's own")
    parser.add_argument("--jobs", type=int, default=2)


def add_corpus_arguments(parser, limit):
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="its layout: train/README.md")
    parser.add_argument("--speakers", type=pathlib.Path, help="only these, a line each: those the models do not know")
    parser.add_argument("--limit", type=int, default=limit, help="recordings, spread over the corpus; 0: all")


def new_parser(description):
    return argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def run_batch(arguments, requests):
    """Answers by id. The program draws its own progress bar when it has a terminal."""
    with tempfile.TemporaryDirectory() as name:
        lines, answers = pathlib.Path(name) / "in.jsonl", pathlib.Path(name) / "out.jsonl"
        lines.write_text("".join(json.dumps(line) + "\n" for line in requests), encoding="utf-8")
        flags = ["--model-dir", str(arguments.model_dir)] if arguments.model_dir else []
        ended = subprocess.run(
            [
                str(arguments.program),
                *flags,
                "batch",
                str(lines),
                "--output",
                str(answers),
                "--jobs",
                str(arguments.jobs),
            ],
            check=False,
        )
        if ended.returncode != 0:
            raise EvaluationError(f"'{arguments.program} batch' ended with {ended.returncode}")
        read = map(json.loads, answers.read_text(encoding="utf-8").splitlines())
        return {answer["id"]: answer for answer in read}


def decode(program, audio, path):
    """`audio` as WAV, 16 kHz mono, at `path`."""
    ended = subprocess.run(
        [str(program), "decode", str(audio), "--output", str(path)], capture_output=True, check=False
    )
    if ended.returncode != 0:
        raise EvaluationError(f"{audio}: {ended.stderr.decode().strip()}")
