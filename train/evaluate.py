#!/usr/bin/python3
"""How well the program's scores agree with a corpus's experts, and how fast it is.

  train/evaluate.py --corpus FOLDER --program build/saywell [--jobs 2] [--limit 200]

Runs `saywell batch` over the corpus, the canonical phones given, and prints the correlation of phone, word and
utterance scores with the experts'. What the program refused is counted by its code and left out.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

import metrics
from corpus import UTTERANCE_SCORES, CorpusError, read_corpus, thinned

PHONE_POINTS = 50.0  # the program's points for one of the experts'
WORD_FIELDS = ("score", "stressscore", "total")  # of details[], in the order of WORD_SCORES


class EvaluationError(Exception):
    """The program failed, or answered with other fields than its contract names."""


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    models = pathlib.Path(__file__).parent.parent / "models"
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="its layout: train/README.md")
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/saywell"))
    parser.add_argument("--model-dir", type=pathlib.Path, help="other models than the program's own")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="only so many recordings, spread over the corpus")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures there, too")
    parser.add_argument("--trained-speakers", type=pathlib.Path, default=models / "trained_speakers.txt",
                        help="the speakers the heads were fitted on")
    return parser.parse_args()


def run_batch(arguments, utterances, folder):
    """(answers by id, wall seconds). The program draws its own progress bar when it has a terminal."""
    requests, answers = folder / "in.jsonl", folder / "out.jsonl"
    lines = [{**utterance.request_line(), "coreType": "en.sent.score"} for utterance in utterances.values()]
    requests.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    model_flags = ["--model-dir", str(arguments.model_dir)] if arguments.model_dir else []
    started = time.monotonic()
    status = subprocess.run([str(arguments.program), *model_flags, "batch", str(requests), "--output", str(answers),
                             "--jobs", str(arguments.jobs)], check=False).returncode
    seconds = time.monotonic() - started
    if status != 0:
        raise EvaluationError(f"'{arguments.program} batch' ended with {status}")
    parsed = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    return {answer["id"]: answer for answer in parsed}, seconds


def scores_of(result, utterance):
    """(phone scores 0–2, word scores [W, 3], utterance scores [5]) of one result; nan where there is none."""
    details = result["details"]
    phones = [number(phone["score"]) for word in details for phone in word["phone"]]
    if len(details) != len(utterance.words) or len(phones) != len(utterance.phone_ids):
        raise EvaluationError(f"{utterance.id}: the result has {len(details)} words and {len(phones)} phones, "
                              f"the request {len(utterance.words)} and {len(utterance.phone_ids)}")
    words = [[number(word.get(field)) for field in WORD_FIELDS] for word in details]
    by_name = {"accuracy": result["accuracy"], "completeness": result["integrity"],
               "fluency": result["fluency"]["overall"], "prosodic": (result.get("rhythm") or {}).get("overall"),
               "total": result["overall"]}
    return (np.array(phones) / PHONE_POINTS, np.array(words),
            np.array([number(by_name[name]) for name in UTTERANCE_SCORES]))


def number(value):
    return float("nan") if value is None else float(value)


def evaluate(utterances, answers):
    """(figures, refused recordings by code, seconds of audio that was assessed)."""
    predicted, refused, audio_s = {}, collections.Counter(), 0.0
    for name, utterance in utterances.items():
        answer = answers.get(name)
        if answer is None:
            raise EvaluationError(f"{name}: no answer")
        if "errID" in answer:
            refused[answer["errID"]] += 1
            continue
        try:
            predicted[name] = scores_of(answer["result"], utterance)
            audio_s += float(answer["result"].get("wavetime") or 0) / 1000
        except (KeyError, TypeError) as error:
            raise EvaluationError(f"{name}: the result lacks a field of the contract: {error!r}") from error
    if not predicted:
        raise EvaluationError(f"every recording was refused: {dict(refused)}")
    labels = {name: utterance.labels for name, utterance in utterances.items()}
    return metrics.agreement(predicted, labels), refused, audio_s


def in_sample_share(utterances, path):
    """Share of the recordings whose speakers the heads were fitted on."""
    if not path.is_file():
        return 0.0
    trained = set(path.read_text(encoding="utf-8").split())
    return sum(utterance.speaker in trained for utterance in utterances.values()) / max(1, len(utterances))


def print_report(utterances, figures, refused, share):
    label = "**Saywell**, in-sample" if share else "**Saywell**"
    print(metrics.table(label, figures))
    print(f"\n{figures['recordings']} recordings, {figures['phones']} phones scored. "
          f"Mispronounced phones (experts below {metrics.MISPRONOUNCED}): F1 {figures['mispronounced F1']:.3f} below "
          f"{figures['mispronounced threshold'] * PHONE_POINTS:.0f} points.")
    counts = ", ".join(f"{code}: {count}" for code, count in sorted(refused.items())) or "none"
    print(f"Refused: {counts} ({100 * sum(refused.values()) / len(utterances):.2f} %).")
    if "real_time" in figures:
        print(f"Speed: {figures['real_time']:.1f} x real time with {figures['jobs']} jobs, start-up included.")
    if share:
        print(f"\nWARNING: {100 * share:.0f} % of these recordings are of speakers the heads were trained on. These are "
              "in-sample\nfigures, better than on new speakers; those are in models/MODEL_CARD.md (cross-validation).")


def main():
    arguments = parse_arguments()
    try:
        utterances = thinned(read_corpus(arguments.corpus), arguments.limit)
        with tempfile.TemporaryDirectory() as folder:
            answers, seconds = run_batch(arguments, utterances, pathlib.Path(folder))
        figures, refused, audio_s = evaluate(utterances, answers)
    except (CorpusError, EvaluationError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"evaluate: {error}")
    figures.update(jobs=arguments.jobs, refused=dict(refused))
    if audio_s:
        figures["real_time"] = audio_s / seconds
    print_report(utterances, figures, refused, in_sample_share(utterances, arguments.trained_speakers))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
