#!/usr/bin/python3
"""How well the program finds omissions, insertions, substitutions and repetitions.

  train/evaluate_miscues.py --corpus FOLDER --program build/saywell [--model-dir M] [--limit 200]

One word of each real recording is changed: a word added to the text is an omission of the reader, a word removed from
it an insertion, an exchanged word a substitution; for a repetition the word's audio is doubled.

Of equal words side by side nobody can say which was omitted or repeated: either counts as right. A word beside its
equal is not removed from the text or exchanged, since it is then truly a repetition of the other.
"""
import collections
import dataclasses
import json
import pathlib
import random
import sys
import tempfile

import program
from program import EvaluationError
from changed_texts import vocabulary_of
from corpus import CorpusError, read_chosen
from doubled_words import double_stretch
from metrics import edit_distance

KINDS = ("omission", "insertion", "substitution", "repetition")
MIN_WORD_MS = 150  # a shorter word, doubled, is a stutter


@dataclasses.dataclass(frozen=True)
class Change:
    kind: str
    place: int  # omission, substitution, repetition: the token; insertion: the token before it


def parse_arguments():
    parser = program.new_parser(__doc__)
    program.add_corpus_arguments(parser, limit=200)
    program.add_arguments(parser)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def equal_neighbours(tokens, place):
    """The places of the run of equal tokens around `place`, itself included."""
    first, last = place, place
    while first > 0 and tokens[first - 1] == tokens[place]:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1] == tokens[place]:
        last += 1
    return range(first, last + 1)


def changed_texts(utterance, vocabulary, rng):
    """[(Change, tokens)] of one recording: an omission, an insertion and a substitution."""
    tokens = utterance.text.split()
    made = []
    place = rng.randrange(len(tokens) + 1)
    made.append((Change("omission", place), [*tokens[:place], rng.choice(vocabulary)[0], *tokens[place:]]))
    if len(tokens) > 1:
        place = rng.randrange(len(tokens))
        if len(equal_neighbours(tokens, place)) == 1:
            made.append((Change("insertion", place - 1), tokens[:place] + tokens[place + 1 :]))
    place = rng.randrange(len(tokens))
    said = utterance.words[place]
    other = [
        text
        for text, phones in rng.sample(vocabulary, min(200, len(vocabulary)))
        if 2 * edit_distance(said, phones) > max(len(said), len(phones))
    ]
    if len(equal_neighbours(tokens, place)) == 1:
        made.append((Change("substitution", place), [*tokens[:place], other[0], *tokens[place + 1 :]]))
    return made


def requests_of_texts(utterances, rng):
    """({id: Change}, request lines) of the three kinds that change the text."""
    vocabulary = vocabulary_of(utterances)
    changes, requests = {}, []
    for utterance in utterances.values():
        for change, tokens in changed_texts(utterance, vocabulary, rng):
            name = f"{utterance.id} {change.kind}"
            changes[name] = change
            requests.append(
                {"id": name, "audio": str(utterance.audio), "refText": " ".join(tokens), "coreType": "en.sent.score"}
            )
    return changes, requests


def requests_of_repetitions(arguments, utterances, folder, rng):
    """The same for doubled words; the places of the words are those of an assessment of the whole recording."""
    plain = [
        {"id": utterance.id, "audio": str(utterance.audio), "refText": utterance.text, "coreType": "en.sent.score"}
        for utterance in utterances.values()
    ]
    changes, requests = {}, []
    for name, answer in program.run_batch(arguments, plain).items():
        words = answer.get("result", {}).get("details", [])
        long_enough = [
            i
            for i, word in enumerate(words)
            if word["miscue"] == "none" and word["start"] is not None and word["end"] - word["start"] >= MIN_WORD_MS
        ]
        if not long_enough:
            continue
        place = rng.choice(long_enough)
        path = folder / f"{name}.wav"
        double_stretch(utterances[name].audio, words[place]["start"] / 1000, words[place]["end"] / 1000, path)
        changes[f"{name} repetition"] = Change("repetition", place)
        requests.append(
            {
                "id": f"{name} repetition",
                "audio": str(path),
                "refText": utterances[name].text,
                "coreType": "en.sent.score",
            }
        )
    return changes, requests


def reported(result):
    """The miscues in a result."""
    found = {Change(word["miscue"], i) for i, word in enumerate(result["details"]) if word["miscue"] != "none"}
    return found | {Change("insertion", extra["after"]) for extra in result["extra"] if extra["kind"] == "insertion"}


def is_found(change, found, tokens):
    """Whether the miscues `found` in a reading of the text `tokens` include the change."""
    if change.kind not in ("omission", "repetition"):
        return change in found
    return any(Change(change.kind, place) in found for place in equal_neighbours(tokens, change.place))


def count(changes, texts, answers):
    """({kind: (F1, false alarms)}, refused by code) of the changes, texts and answers by id. F1 counts readings with
    that change only, so that one change does not answer for another. False alarms are miscues of the kind in readings
    without it, per reading."""
    right, told, there, alarms = (collections.Counter() for _ in range(4))
    refused = collections.Counter()
    for name, change in changes.items():
        there[change.kind] += 1
        answer = answers[name]
        if "errID" in answer:
            refused[answer["errID"]] += 1
            continue
        found = reported(answer["result"])
        right[change.kind] += is_found(change, found, texts[name].split())
        told[change.kind] += sum(miscue.kind == change.kind for miscue in found)
        alarms.update(miscue.kind for miscue in found if miscue.kind != change.kind)
    return {
        kind: (2 * right[kind] / max(1, told[kind] + there[kind]), alarms[kind] / max(1, len(changes) - there[kind]))
        for kind in KINDS
    }, refused


def main():
    arguments = parse_arguments()
    rng = random.Random(arguments.seed)
    try:
        utterances = read_chosen(arguments.corpus, arguments.speakers, arguments.limit)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            changes, requests = requests_of_texts(utterances, rng)
            more_changes, more_requests = requests_of_repetitions(arguments, utterances, folder, rng)
            answers = program.run_batch(arguments, requests + more_requests)
    except (CorpusError, EvaluationError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"evaluate_miscues: {error}")
    texts = {request["id"]: request["refText"] for request in requests + more_requests}
    figures, refused = count({**changes, **more_changes}, texts, answers)
    print(
        "".join(
            f"{kind}: F1 {f1:.3f}, false alarms in 100 other readings {100 * alarms:.1f}\n"
            for kind, (f1, alarms) in figures.items()
        )
        + f"{len(utterances)} recordings, {len(changes) + len(more_changes)} readings; "
        + f"refused: {dict(refused) or 'none'}"
    )


if __name__ == "__main__":
    main()
