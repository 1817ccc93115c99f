"""Readings whose text is not what was said: the scorer learns from them what a word that was left out, or another
in its place, looks like. The recording stays; words are put into its text, replaced and taken out, and single
phones changed. What the experts would have said of a changed place is unknown (nan), unless nothing of it was said.
"""
import dataclasses
import random

from corpus import PHONES
from metrics import edit_distance

READ, LEFT_OUT, REPLACED = 0, 1, 2  # what became of a word: the scorer's `verdict`, in the order of its columns
INSERT_SHARE, REPLACE_SHARE, DELETE_SHARE = 0.08, 0.10, 0.05  # of the words
PHONE_SHARE = 0.05  # of the phones of other words
VARIANTS = 4  # other texts of one recording
UNKNOWN = float("nan")
# Consonants and vowels that learners confuse: half of the changed phones come from here.
CONFUSED = ("TH S", "TH T", "TH F", "DH Z", "DH D", "V W", "V F", "L R", "N NG", "SH S", "ZH Z", "CH SH", "JH CH", "Z S",
            "D T", "G K", "B P", "IY IH", "EH AE", "UW UH", "AA AH", "AO OW", "EY EH", "AY AE", "L N", "R W")


def _neighbours():
    near = {phone: [] for phone in PHONES}
    for pair in CONFUSED:
        first, second = pair.split()
        near[first].append(second)
        near[second].append(first)
    return near


NEIGHBOURS = _neighbours()


@dataclasses.dataclass
class _Word:
    text: str
    phones: list
    scores: list  # of phones
    word_scores: list
    verdict: int = READ


def changed_reading(utterance, vocabulary, rng):
    """`utterance` with another text. `vocabulary`: [(text, phones)] to take words from."""
    sizes = iter(utterance.phone_scores)
    words = [_Word(text, phones, [next(sizes) for _ in phones], list(scores)) for text, phones, scores in
             zip(utterance.text.split(), utterance.words, utterance.word_scores)]
    changed, scores_hold = [], True
    for word in words:
        draw = rng.random()
        if draw < INSERT_SHARE:
            changed += [_unsaid(vocabulary, rng), word]
        elif draw < INSERT_SHARE + REPLACE_SHARE:
            changed.append(_replaced(word, vocabulary, rng))
            scores_hold = False
        elif draw < INSERT_SHARE + REPLACE_SHARE + DELETE_SHARE and len(words) > 2:
            scores_hold = False
        else:
            scores_hold &= not _change_phones(word, rng)
            changed.append(word)
    changed = changed or words
    return dataclasses.replace(
        utterance, text=" ".join(word.text for word in changed),
        words=[word.phones for word in changed], phone_scores=[score for word in changed for score in word.scores],
        word_scores=[word.word_scores for word in changed], verdicts=[word.verdict for word in changed],
        scores=utterance.scores if scores_hold else [UNKNOWN] * len(utterance.scores))


def _unsaid(vocabulary, rng):
    text, phones = rng.choice(vocabulary)
    return _Word(text, phones, [0.0] * len(phones), [0.0, UNKNOWN, 0.0], LEFT_OUT)


def _replaced(word, vocabulary, rng):
    """Another word asked where `word` was said; they share less than half of their phones."""
    for _ in range(50):
        text, phones = rng.choice(vocabulary)
        if 2 * edit_distance(word.phones, phones) >= max(len(word.phones), len(phones)) + 1:
            scores = [UNKNOWN if phone in word.phones else 0.0 for phone in phones]
            return _Word(text, phones, scores, [0.0, UNKNOWN, 0.0], REPLACED)
    return word


def _change_phones(word, rng):
    """Asks other phones than were said, here and there; whether it did. A phone that was not said well stays."""
    did = False
    for place, phone in enumerate(word.phones):
        if rng.random() >= PHONE_SHARE or word.scores[place] < 1.9:
            continue
        near = NEIGHBOURS[phone]
        other = rng.choice(near) if near and rng.random() < 0.5 else rng.choice(PHONES)
        if other == phone:
            continue
        word.phones = word.phones[:place] + [other] + word.phones[place + 1:]
        word.scores[place] = 0.0
        word.word_scores = [UNKNOWN] * len(word.word_scores)
        did = True
    return did


def changed_readings(utterances, seed):
    """{id: [VARIANTS changed readings]} of all utterances, the same for the same seed."""
    rng = random.Random(seed)
    vocabulary = sorted({(text, tuple(phones)) for utterance in utterances.values()
                         for text, phones in zip(utterance.text.split(), utterance.words)})
    vocabulary = [(text, list(phones)) for text, phones in vocabulary]
    return {name: [dataclasses.replace(changed_reading(utterance, vocabulary, rng), id=f"{name}/changed {i}")
                   for i in range(VARIANTS)]
            for name, utterance in utterances.items()}
