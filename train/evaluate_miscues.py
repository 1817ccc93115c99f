#!/usr/bin/python3
"""How well the program finds words that were left out, put in, replaced and repeated.

  train/evaluate_miscues.py --corpus FOLDER --program build/saywell [--model-dir M] [--limit 200]

One word of each real recording is changed: a word put into the text was left out by the reader, a word taken out of
it was put in, a word exchanged was replaced; for a repetition the word's audio is doubled. F1 counts every miscue of a
kind that the program reports in any of these readings against the one that is there.
"""
import argparse
import collections
import dataclasses
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import wave

from corpus import CorpusError, read_corpus, thinned
from metrics import edit_distance

KINDS = ("omission", "insertion", "substitution", "repetition")
MIN_WORD_MS = 150  # a shorter word, doubled, is a stutter


@dataclasses.dataclass(frozen=True)
class Change:
    kind: str
    place: int  # omission, substitution, repetition: the token; insertion: the token before it


class EvaluationError(Exception):
    """The program failed, or a recording could not be read."""


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="its layout: train/README.md")
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/saywell"))
    parser.add_argument("--model-dir", type=pathlib.Path, help="other models than the program's own")
    parser.add_argument("--speakers", type=pathlib.Path, help="only these, a line each: those the models do not know")
    parser.add_argument("--limit", type=int, default=200, help="recordings, spread over the corpus")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def run_batch(arguments, requests, folder):
    """Answers by id."""
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in requests), encoding="utf-8")
    flags = ["--model-dir", str(arguments.model_dir)] if arguments.model_dir else []
    ended = subprocess.run([str(arguments.program), *flags, "batch", str(folder / "in.jsonl"), "--output",
                            str(folder / "out.jsonl"), "--jobs", str(arguments.jobs)], check=False)
    if ended.returncode != 0:
        raise EvaluationError(f"'{arguments.program} batch' ended with {ended.returncode}")
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return {answer["id"]: answer for answer in map(json.loads, lines)}


def changed_texts(utterance, vocabulary, rng):
    """[(Change, tokens)] of one recording: a word left out, put in and replaced."""
    tokens = utterance.text.split()
    made = []
    place = rng.randrange(len(tokens) + 1)
    made.append((Change("omission", place), [*tokens[:place], rng.choice(vocabulary)[0], *tokens[place:]]))
    if len(tokens) > 1:
        place = rng.randrange(len(tokens))
        made.append((Change("insertion", place - 1), tokens[:place] + tokens[place + 1:]))
    place = rng.randrange(len(tokens))
    said = utterance.words[place]
    other = [text for text, phones in rng.sample(vocabulary, min(200, len(vocabulary)))
             if 2 * edit_distance(said, phones) > max(len(said), len(phones))]
    made.append((Change("substitution", place), [*tokens[:place], other[0], *tokens[place + 1:]]))
    return made


def requests_of_texts(utterances, rng):
    """({id: Change}, request lines) of the three kinds that change the text."""
    vocabulary = sorted({(text, tuple(phones)) for utterance in utterances.values()
                         for text, phones in zip(utterance.text.split(), utterance.words)})
    changes, requests = {}, []
    for utterance in utterances.values():
        for change, tokens in changed_texts(utterance, vocabulary, rng):
            name = f"{utterance.id} {change.kind}"
            changes[name] = change
            requests.append({"id": name, "audio": str(utterance.audio), "refText": " ".join(tokens),
                             "coreType": "en.sent.score"})
    return changes, requests


def double_word(program, audio, start_ms, end_ms, path):
    """Writes `audio` with [start_ms, end_ms) said twice."""
    ended = subprocess.run([str(program), "decode", str(audio), "--output", str(path)], capture_output=True, check=False)
    if ended.returncode != 0:
        raise EvaluationError(f"{audio}: {ended.stderr.decode().strip()}")
    with wave.open(str(path)) as source:
        parameters, frames = source.getparams(), source.readframes(source.getnframes())
    bytes_a_ms = parameters.framerate * parameters.sampwidth // 1000
    start, end = int(start_ms) * bytes_a_ms, int(end_ms) * bytes_a_ms
    with wave.open(str(path), "wb") as doubled:
        doubled.setparams(parameters)
        doubled.writeframes(frames[:end] + frames[start:])


def requests_of_repetitions(arguments, utterances, folder, rng):
    """The same for doubled words; where a word is, an assessment of the whole recording tells."""
    plain = [{"id": utterance.id, "audio": str(utterance.audio), "refText": utterance.text,
              "coreType": "en.sent.score"} for utterance in utterances.values()]
    changes, requests = {}, []
    for name, answer in run_batch(arguments, plain, folder).items():
        words = answer.get("result", {}).get("details", [])
        long_enough = [i for i, word in enumerate(words) if word["miscue"] == "none" and word["start"] is not None
                       and word["end"] - word["start"] >= MIN_WORD_MS]
        if not long_enough:
            continue
        place = rng.choice(long_enough)
        path = folder / f"{name}.wav"
        double_word(arguments.program, utterances[name].audio, words[place]["start"], words[place]["end"], path)
        changes[f"{name} repetition"] = Change("repetition", place)
        requests.append({"id": f"{name} repetition", "audio": str(path), "refText": utterances[name].text,
                         "coreType": "en.sent.score"})
    return changes, requests


def reported(result):
    """The miscues that a result tells."""
    found = {Change(word["miscue"], i) for i, word in enumerate(result["details"]) if word["miscue"] != "none"}
    return found | {Change("insertion", extra["after"]) for extra in result["extra"] if extra["kind"] == "insertion"}


def count(changes, answers):
    """({kind: F1}, refused by code)."""
    right, told, there = collections.Counter(), collections.Counter(), collections.Counter()
    refused = collections.Counter()
    for name, change in changes.items():
        there[change.kind] += 1
        answer = answers[name]
        if "errID" in answer:
            refused[answer["errID"]] += 1
            continue
        found = reported(answer["result"])
        right[change.kind] += change in found
        told.update(miscue.kind for miscue in found)
    return {kind: 2 * right[kind] / max(1, told[kind] + there[kind]) for kind in KINDS}, refused


def chosen(arguments):
    utterances = read_corpus(arguments.corpus)
    if arguments.speakers:
        speakers = set(arguments.speakers.read_text(encoding="utf-8").split())
        utterances = {name: utterance for name, utterance in utterances.items() if utterance.speaker in speakers}
    return thinned(utterances, arguments.limit)


def main():
    arguments = parse_arguments()
    rng = random.Random(arguments.seed)
    try:
        utterances = chosen(arguments)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            changes, requests = requests_of_texts(utterances, rng)
            more_changes, more_requests = requests_of_repetitions(arguments, utterances, folder, rng)
            answers = run_batch(arguments, requests + more_requests, folder)
    except (CorpusError, EvaluationError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"evaluate_miscues: {error}")
    figures, refused = count({**changes, **more_changes}, answers)
    print("".join(f"{kind}: F1 {figure:.3f}\n" for kind, figure in figures.items())
          + f"{len(utterances)} recordings, {len(changes) + len(more_changes)} readings; refused: {dict(refused) or 'none'}")


if __name__ == "__main__":
    main()
