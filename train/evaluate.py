#!/usr/bin/python3
"""Measures how well the program's scores agree with a corpus's experts, and its speed.

  train/evaluate.py --corpus FOLDER --program build/saywell [--jobs 2] [--limit 200]

Runs `saywell batch` over the corpus, the canonical phones given. Prints the correlation of phone, word and utterance
scores with the experts', the same for groups of speakers by age and gender where the corpus has these, and the scores
beside the experts' by decile. Where the corpus has each expert's scores: how one expert agrees with the others, too.
Recordings that the program refused are counted by their code, and are in no other figure.
"""
import collections
import json
import pathlib
import sys
import time

import numpy as np

import metrics
import program
from program import EvaluationError
from corpus import UTTERANCE_SCORES, CorpusError, read_chosen, read_groups, read_opinions

PHONE_POINTS = 50.0  # the program's points per point of the experts
WORD_FIELDS = ("score", "stressscore", "total")  # of details[], in the order of WORD_SCORES


def parse_arguments():
    parser = program.new_parser(__doc__)
    models = pathlib.Path(__file__).parent.parent / "models"
    program.add_corpus_arguments(parser, limit=0)
    program.add_arguments(parser)
    parser.add_argument("--json", type=pathlib.Path, help="write the figures there, too")
    parser.add_argument(
        "--trained-speakers",
        type=pathlib.Path,
        default=models / "trained_speakers.txt",
        help="the speakers the heads were fitted on",
    )
    return parser.parse_args()


def assess_corpus(arguments, utterances):
    """(answers by id, wall seconds)."""
    started = time.monotonic()
    answers = program.run_batch(
        arguments, [{**utterance.request_line(), "coreType": "en.sent.score"} for utterance in utterances.values()]
    )
    return answers, time.monotonic() - started


def scores_of(result, utterance):
    """(phone scores 0–2, word scores [W, 3], utterance scores [5]) of one result; nan: none."""
    details = result["details"]
    phones = [number(phone["score"]) for word in details for phone in word["phone"]]
    if len(details) != len(utterance.words) or len(phones) != len(utterance.phone_ids):
        raise EvaluationError(
            f"{utterance.id}: the result has {len(details)} words and {len(phones)} phones, "
            f"the request {len(utterance.words)} and {len(utterance.phone_ids)}"
        )
    words = [[number(word.get(field)) for field in WORD_FIELDS] for word in details]
    by_name = {
        "accuracy": result["accuracy"],
        "completeness": result["integrity"],
        "fluency": result["fluency"]["overall"],
        "prosodic": (result.get("rhythm") or {}).get("overall"),
        "total": result["overall"],
    }
    return (
        np.array(phones) / PHONE_POINTS,
        np.array(words),
        np.array([number(by_name[name]) for name in UTTERANCE_SCORES]),
    )


def number(value):
    return float("nan") if value is None else float(value)


def evaluate(utterances, answers):
    """(scores by id, refused recordings by code, seconds of assessed audio)."""
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
    return predicted, refused, audio_s


def by_group(groups, predicted, labels, opinions):
    """Figures of each group of speakers that has recordings, and of one expert there: [(group, ours, one expert's)]."""
    rows = []
    for group, names in groups.items():
        names = [name for name in names if name in predicted]
        if names:
            known = [opinions[name] for name in names if name in opinions]
            rows.append(
                (
                    group,
                    metrics.agreement({name: predicted[name] for name in names}, labels),
                    metrics.one_expert(known) if known else {},
                )
            )
    return rows


def print_groups(rows):
    print(
        "\nBy group; behind a slash one expert against the mean of the others:\n\n"
        "| speakers | recordings | phone PCC | phone MSE | word acc | utt acc | utt total |\n" + "|---" * 7 + "|"
    )
    for name, ours, experts in rows:
        numbers = [
            f"{ours[key]:.3f}" + (f" / {experts[key]:.3f}" if key in experts else "")
            for key in ("phone PCC", "phone MSE", "word acc", "utt acc", "utt total")
        ]
        print(f"| {name} | {ours['recordings']} | {' | '.join(numbers)} |")


def print_calibration(predicted, labels):
    """Ours beside the experts', 0–100, in ten groups by ours."""
    for level, row in metrics.calibration(predicted, labels).items():
        pairs = ", ".join(f"{ours:.0f}/{theirs:.0f}" for ours, theirs in row)
        print(f"{level}, ours/experts' by decile: {pairs}; farthest {max(abs(o - t) for o, t in row):.1f}")


def print_typical_errors(predicted, labels):
    points = ", ".join(f"{score} {error:.1f}" for score, error in metrics.typical_errors(predicted, labels).items())
    print(f"Typical error (root mean square, points of 100): {points}")


def in_sample_share(utterances, path):
    """Share of the recordings whose speakers the heads were fitted on."""
    if not path.is_file():
        return 0.0
    trained = set(path.read_text(encoding="utf-8").split())
    return sum(utterance.speaker in trained for utterance in utterances.values()) / max(1, len(utterances))


def print_report(utterances, figures, refused, share):
    label = "**Saywell**, in-sample" if share else "**Saywell**"
    print(metrics.table(label, figures))
    print(
        f"\n{figures['recordings']} recordings, {figures['phones']} phones scored. "
        f"Mispronounced phones (experts below {metrics.MISPRONOUNCED}): F1 {figures['mispronounced F1']:.3f} below "
        f"{figures['mispronounced threshold'] * PHONE_POINTS:.0f} points."
    )
    counts = ", ".join(f"{code}: {count}" for code, count in sorted(refused.items())) or "none"
    print(f"Refused: {counts} ({100 * sum(refused.values()) / len(utterances):.2f} %).")
    if "real_time" in figures:
        print(f"Speed: {figures['real_time']:.1f} x real time with {figures['jobs']} jobs, start-up included.")
    if share:
        print(
            f"\nWARNING: {100 * share:.0f} % of these recordings are of speakers the heads were trained on. These are "
            "in-sample\nfigures, better than on new speakers; those are in models/MODEL_CARD.md (cross-validation)."
        )


def main():
    arguments = parse_arguments()
    try:
        utterances = read_chosen(arguments.corpus, arguments.speakers, arguments.limit)
        answers, seconds = assess_corpus(arguments, utterances)
        predicted, refused, audio_s = evaluate(utterances, answers)
        groups = {"all": list(utterances), **read_groups(arguments.corpus, utterances)}
        opinions = read_opinions(arguments.corpus, utterances)
    except (CorpusError, EvaluationError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"evaluate: {error}")
    labels = {name: utterance.labels for name, utterance in utterances.items()}
    figures = metrics.agreement(predicted, labels)
    figures.update(jobs=arguments.jobs, refused=dict(refused))
    if audio_s:
        figures["real_time"] = audio_s / seconds
    print_report(utterances, figures, refused, in_sample_share(utterances, arguments.trained_speakers))
    print_groups(by_group(groups, predicted, labels, opinions))
    print_calibration(predicted, labels)
    print_typical_errors(predicted, labels)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
