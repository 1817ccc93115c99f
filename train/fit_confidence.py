#!/usr/bin/python3
"""Fits the confidence of recognised words: the constants of src/recognise/word_confidence.cc.

  train/fit_confidence.py --corpus FOLDER --program build/saywell [--limit 150]

A logistic regression of "this word is right" on the two log probabilities that `saywell transcribe --format evidence`
prints. Fitted on each half of the speakers and checked on the other one, then fitted on all.
"""
import math
import random
import sys

import program
from corpus import CorpusError, read_corpus
from program import EvaluationError
from transcripts import compare, transcribe, words_of

MIN_WORDS = 4
SEED = 762
STEPS, RATE = 6000, 0.3
BANDS = ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (0.3, 0.5), (0.0, 0.3))


def parse_arguments():
    parser = program.new_parser(__doc__)
    program.add_corpus_arguments(parser, limit=150)
    program.add_arguments(parser)
    return parser.parse_args()


def examples_of(arguments, utterance):
    """[(right, (1, lowest, utterance mean))] of the words that were heard."""
    heard, features = [], []
    for line in transcribe(arguments.program, utterance.audio, "evidence").splitlines():
        word, _, lowest, mean = line.split("\t")
        for spoken in words_of(word):
            heard.append(spoken)
            features.append((1.0, float(lowest), float(mean)))
    return list(zip(compare(words_of(utterance.text), heard)[1], features))


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(weight * feature for weight, feature in zip(weights, features))))


def fit(examples):
    weights = [0.0, 0.0, 0.0]
    for _ in range(STEPS):
        gradient = [0.0, 0.0, 0.0]
        for right, features in examples:
            error = right - probability(weights, features)
            gradient = [sum_so_far + error * feature for sum_so_far, feature in zip(gradient, features)]
        weights = [weight + RATE * part / len(examples) for weight, part in zip(weights, gradient)]
    return weights


def print_check(name, weights, examples):
    print(f"{name}: bias {weights[0]:.2f}, lowest {weights[1]:.2f}, utterance {weights[2]:.2f}")
    rated = [(probability(weights, features), right) for right, features in examples]
    for low, high in BANDS:
        band = [right for confidence, right in rated if low <= confidence < high]
        if band:
            print(
                f"  confidence {low:.1f} to below {min(high, 1.0):.1f}: "
                f"{len(band)} words, {sum(band) / len(band):.1%} right"
            )


def main():
    arguments = parse_arguments()
    chosen = [utterance for utterance in read_corpus(arguments.corpus) if len(utterance.text.split()) >= MIN_WORDS]
    if arguments.limit and arguments.limit < len(chosen):
        chosen = random.Random(SEED).sample(chosen, arguments.limit)
    speakers = sorted({utterance.speaker for utterance in chosen})
    random.Random(SEED).shuffle(speakers)
    first = set(speakers[::2])
    halves = ([], [])
    for utterance in chosen:
        halves[utterance.speaker in first].extend(examples_of(arguments, utterance))
    print_check("one half, checked on the other", fit(halves[0]), halves[1])
    print_check("the other way round", fit(halves[1]), halves[0])
    both = halves[0] + halves[1]
    print_check("all, on themselves", fit(both), both)


if __name__ == "__main__":
    try:
        main()
    except (CorpusError, EvaluationError, OSError) as error:
        sys.exit(f"fit_confidence: {error}")
