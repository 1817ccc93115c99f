#!/usr/bin/python3
"""Word error rates of `saywell transcribe`: native sentences, and learners by the experts' accuracy.

  train/evaluate_recognition.py --corpus FOLDER --program build/saywell [--limit 150]

Native: the LibriVox sentences of Debian's pocketsphinx-testdata. Learners: sentences of four and more words, drawn with
a fixed seed. Neither was used to train the decoder. Also how many of the words with a confidence of 0.9 and more are
right, and the processor time without the loading of the models.
"""
import json
import random
import resource
import sys
import tempfile
import wave

import program
from corpus import CorpusError, read_corpus
from program import EvaluationError
from transcripts import compare, native_sentences, transcribe, words_of

MIN_WORDS = 4
SURE = 0.9
SEED = 762
BANDS = ((9, 11), (8, 9), (7, 8), (0, 7))


def parse_arguments():
    parser = program.new_parser(__doc__)
    program.add_corpus_arguments(parser, limit=150)
    program.add_arguments(parser)
    return parser.parse_args()


def errors_of(arguments, audio, text, sure):
    """Errors and words of one recording; (right, all) of its sure words are added to `sure`."""
    answer = transcribe(arguments.program, audio, "json")
    words = json.loads(answer)["align"] if answer else []
    heard = [(word, entry["conf"]) for entry in words for word in words_of(entry["txt"])]
    expected = words_of(text)
    errors, right = compare(expected, [word for word, _ in heard])
    for is_right, (_, confidence) in zip(right, heard):
        if confidence >= SURE:
            sure.append(is_right)
    return errors, len(expected)


def print_rate(name, counts, sure):
    errors, words = sum(count[0] for count in counts), sum(count[1] for count in counts)
    share = f", of {len(sure)} words with confidence {SURE} and more {sum(sure) / len(sure):.1%} right" if sure else ""
    print(f"{name}: {len(counts)} sentences, {words} words, word error rate {errors / max(words, 1):.1%}{share}")


def evaluate_native(arguments):
    sure = []
    counts = [errors_of(arguments, audio, text, sure) for audio, text in native_sentences()]
    print_rate("native", counts, sure)


def evaluate_learners(arguments):
    chosen = [utterance for utterance in read_corpus(arguments.corpus) if len(utterance.text.split()) >= MIN_WORDS]
    if arguments.speakers:
        speakers = set(arguments.speakers.read_text(encoding="utf-8").split())
        chosen = [utterance for utterance in chosen if utterance.speaker in speakers]
    if arguments.limit and arguments.limit < len(chosen):
        chosen = random.Random(SEED).sample(chosen, arguments.limit)
    sure, counts = [], []
    for utterance in chosen:
        counts.append((*errors_of(arguments, utterance.audio, utterance.text, sure), utterance.scores[0]))
    print_rate("learners", counts, sure)
    for low, high in BANDS:
        band = [count for count in counts if low <= count[2] < high]
        if band:
            print_rate(f"  experts' accuracy {low} to below {high}", band, [])


def processor_s():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def evaluate_speed(arguments):
    """The processor time of a recording less that of its first part, by the audio between them."""
    audio = native_sentences()[0][0]
    with wave.open(str(audio)) as file:
        params, samples = file.getparams(), file.readframes(file.getnframes())
    times = []
    for repeats in (1, 9):
        with tempfile.NamedTemporaryFile(suffix=".wav") as target:
            with wave.open(target.name, "wb") as file:
                file.setparams(params)
                file.writeframes(samples * repeats)
            before = processor_s()
            transcribe(arguments.program, target.name)
            times.append(processor_s() - before)
    seconds = 8 * params.nframes / params.framerate
    print(f"speed: {seconds / (times[1] - times[0]):.1f} x real time on one core, whole way from the file")


def main():
    arguments = parse_arguments()
    evaluate_native(arguments)
    evaluate_speed(arguments)
    evaluate_learners(arguments)


if __name__ == "__main__":
    try:
        main()
    except (CorpusError, EvaluationError, OSError) as error:
        sys.exit(f"evaluate_recognition: {error}")
