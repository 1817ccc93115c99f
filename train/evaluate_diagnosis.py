#!/usr/bin/python3
"""Measures whether the phone that was really said is named when another one was asked for.

  train/evaluate_diagnosis.py --program build/saywell [--recordings native.jsonl]

Takes native speech with its text (lines for `saywell batch`; by default the LibriVox recordings of Debian's
pocketsphinx-testdata), and asks in each reading for one phone that learners confuse with the one that was said (S
where TH is spoken). It counts how often `heard` is the phone that was said.
"""
import collections
import json
import pathlib
import re
import sys

import program
from changed_texts import NEIGHBOURS
from program import EvaluationError

LIBRIVOX = pathlib.Path("/usr/share/pocketsphinx/test/data/librivox")


def parse_arguments():
    parser = program.new_parser(__doc__)
    program.add_arguments(parser)
    parser.add_argument("--recordings", type=pathlib.Path, help="JSON Lines with id, audio, refText")
    parser.add_argument("--each", action="store_true", help="print every pair of phones")
    return parser.parse_args()


def recordings_of(arguments):
    if arguments.recordings:
        return [json.loads(line) for line in arguments.recordings.read_text(encoding="utf-8").splitlines()]
    lines = (LIBRIVOX / "transcription").read_text(encoding="utf-8").splitlines()
    texts = (re.fullmatch(r"<s> (.*) </s> \((.*)\)", line.strip()) for line in lines)
    return [{"id": text[2], "audio": str(LIBRIVOX / f"{text[2]}.wav"), "refText": text[1]} for text in texts if text]


def said_phones(result):
    return [[phone["char"].upper() for phone in word["phone"]] for word in result["details"]]


def changed_requests(recordings, answers):
    """({id: (word, phone, said, asked)}, request lines): one reading for every phone and every phone near it, of the
    words that the program found."""
    changes, requests = {}, []
    for recording in recordings:
        answer = answers[recording["id"]]
        if "errID" in answer:
            raise EvaluationError(f"{recording['audio']}: {answer['errID']} {answer['error']}")
        words = said_phones(answer["result"])
        for w, p, said in ((w, p, said) for w, word in enumerate(words) for p, said in enumerate(word)):
            if answer["result"]["details"][w]["miscue"] != "none":
                continue
            for asked in NEIGHBOURS[said]:
                name = f"{recording['id']} {w} {p} {asked}"
                phones = [list(word) for word in words]
                phones[w][p] = asked
                changes[name] = (w, p, said, asked)
                requests.append({**recording, "id": name, "phones": phones})
    return changes, requests


def count(changes, answers):
    """({(said, asked): [how often the said one was named, the asked one reported wrong, its points, all]}, refused)."""
    counts, refused = collections.defaultdict(lambda: [0, 0, 0, 0]), 0
    for name, (word, place, said, asked) in changes.items():
        if "errID" in answers[name]:
            refused += 1
            continue
        phone = answers[name]["result"]["details"][word]["phone"][place]
        pair = counts[said, asked]
        pair[0] += phone["heard"].upper() == said
        pair[1] += phone["pherr"] != 0
        pair[2] += phone["score"]
        pair[3] += 1
    return counts, refused


def main():
    arguments = parse_arguments()
    try:
        recordings = recordings_of(arguments)
        changes, requests = changed_requests(recordings, program.run_batch(arguments, recordings))
        counts, refused = count(changes, program.run_batch(arguments, requests))
    except (EvaluationError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"evaluate_diagnosis: {error}")
    if arguments.each:
        by_share = sorted(counts.items(), key=lambda item: item[1][0] / item[1][-1])
        for (said, asked), (named, wrong, _, all_of_it) in by_share:
            print(f"{said} said, {asked} asked: named {named}, told wrong {wrong} of {all_of_it}")
    named, wrong, points, all_of_it = map(sum, zip(*counts.values()))
    print(
        f"{all_of_it} changed phones in {len(recordings)} recordings: the phone that was said is named in "
        f"{100 * named / all_of_it:.1f} %, told wrong {100 * wrong / all_of_it:.1f} %; the one asked has "
        f"{points / all_of_it:.0f} points in the mean; refused: {refused}"
    )


if __name__ == "__main__":
    main()
