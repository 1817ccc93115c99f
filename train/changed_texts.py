"""Readings whose text is not what was said: from these, scorer and classifier of miscues learn what omissions,
substitutions and insertions look like. The recording stays. A word added to its text is an omission, an exchanged word
a substitution, a removed word an insertion; single phones are changed, too. The experts' scores of a changed place are
unknown (nan), unless nothing of it was said.
"""
import dataclasses
import random

from corpus import PHONES
from metrics import edit_distance

READ, OMISSION, SUBSTITUTION = 0, 1, 2  # a network's verdicts on a word, in the order of its columns
VERDICTS = 3
OMISSION_SHARE, SUBSTITUTION_SHARE, INSERTION_SHARE = 0.08, 0.10, 0.05  # of the words
PHONE_SHARE = 0.05  # of the phones of other words
VARIANTS = 4  # other texts of one recording, for scorer and classifier
# … and more for the classifier alone, which sees two of several changes in an epoch and two with one changed word
CLASSIFIER_VARIANTS, SUBSTITUTION_VARIANTS, OMISSION_VARIANTS = 7, 6, 1
INSERTION_VARIANTS = 4  # … and texts in which only a word is missing
UNKNOWN = float("nan")
# Consonants and vowels that learners confuse: half of the changed phones come from here.
CONFUSED = (
    "TH S",
    "TH T",
    "TH F",
    "DH Z",
    "DH D",
    "V W",
    "V F",
    "L R",
    "N NG",
    "SH S",
    "ZH Z",
    "CH SH",
    "JH CH",
    "Z S",
    "D T",
    "G K",
    "B P",
    "IY IH",
    "EH AE",
    "UW UH",
    "AA AH",
    "AO OW",
    "EY EH",
    "AY AE",
    "L N",
    "R W",
)


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
    words = _words_of(utterance)
    changed, scores_hold = [], True
    unasked = set()  # places in `changed` before which a word was said that is missing from the text
    for word in words:
        draw = rng.random()
        if draw < OMISSION_SHARE:
            changed += [_omitted(vocabulary, rng), word]
        elif draw < OMISSION_SHARE + SUBSTITUTION_SHARE:
            changed.append(_substituted(word, vocabulary, rng))
            scores_hold = False
        elif draw < OMISSION_SHARE + SUBSTITUTION_SHARE + INSERTION_SHARE and len(words) > 2:
            unasked.add(len(changed))
            scores_hold = False
        else:
            scores_hold &= not _change_phones(word, rng)
            changed.append(word)
    if not changed:
        changed, unasked = words, set()
    return _with_words(utterance, changed, unasked, utterance.scores if scores_hold else None)


def _words_of(utterance):
    scores = iter(utterance.phone_scores)
    return [
        _Word(text, phones, [next(scores) for _ in phones], list(word_scores))
        for text, phones, word_scores in zip(utterance.text.split(), utterance.words, utterance.word_scores)
    ]


def _with_words(utterance, words, unasked=frozenset(), scores=None):
    """`utterance` with `words` as its text; `scores` of the whole reading, if they are known."""
    return dataclasses.replace(
        utterance,
        text=" ".join(word.text for word in words),
        words=[word.phones for word in words],
        phone_scores=[score for word in words for score in word.scores],
        word_scores=[word.word_scores for word in words],
        verdicts=[word.verdict for word in words],
        insertions=[_insertion(place, words, unasked) for place in range(len(words) + 1)],
        scores=scores or [UNKNOWN] * len(utterance.scores),
    )


def _with_one_substitution(utterance, vocabulary, rng):
    words = _words_of(utterance)
    place = rng.randrange(len(words))
    words[place] = _substituted(words[place], vocabulary, rng)
    return _with_words(utterance, words)


def _with_one_omission(utterance, vocabulary, rng):
    words = _words_of(utterance)
    words.insert(rng.randrange(len(words) + 1), _omitted(vocabulary, rng))
    return _with_words(utterance, words)


def _insertion(place, words, unasked):
    """Whether a word outside the text was said before words[place]; unknown beside a word that was not read."""
    if place not in unasked:
        return 0.0
    beside = words[max(0, place - 1) : place + 1]
    return 1.0 if all(word.verdict == READ for word in beside) else UNKNOWN


def _omitted(vocabulary, rng):
    text, phones = rng.choice(vocabulary)
    return _Word(text, phones, [0.0] * len(phones), [0.0, UNKNOWN, 0.0], OMISSION)


def _substituted(word, vocabulary, rng):
    """Asks for another word where `word` was said; they share less than half of their phones."""
    for _ in range(50):
        text, phones = rng.choice(vocabulary)
        if 2 * edit_distance(word.phones, phones) >= max(len(word.phones), len(phones)) + 1:
            scores = [UNKNOWN if phone in word.phones else 0.0 for phone in phones]
            return _Word(text, phones, scores, [0.0, UNKNOWN, 0.0], SUBSTITUTION)
    return word


def _change_phones(word, rng):
    """Asks for other phones than were said, here and there; returns whether it did. A phone that was not said well
    stays."""
    did = False
    for place, phone in enumerate(word.phones):
        if rng.random() >= PHONE_SHARE or word.scores[place] < 1.9:
            continue
        near = NEIGHBOURS[phone]
        other = rng.choice(near) if near and rng.random() < 0.5 else rng.choice(PHONES)
        if other == phone:
            continue
        word.phones = word.phones[:place] + [other] + word.phones[place + 1 :]
        word.scores[place] = 0.0
        word.word_scores = [UNKNOWN] * len(word.word_scores)
        did = True
    return did


def changed_readings(utterances, seed):
    """{id: [VARIANTS changed readings]} of all utterances, the same for the same seed."""
    rng = random.Random(seed)
    vocabulary = vocabulary_of(utterances)
    return {
        name: [
            dataclasses.replace(changed_reading(utterance, vocabulary, rng), id=f"{name}/changed {i}")
            for i in range(VARIANTS)
        ]
        for name, utterance in utterances.items()
    }


def vocabulary_of(utterances):
    """[(text, phones)] of all words of their texts, each once, in alphabetical order."""
    words = {
        (text, tuple(phones))
        for utterance in utterances.values()
        for text, phones in zip(utterance.text.split(), utterance.words)
    }
    return [(text, list(phones)) for text, phones in sorted(words)]


def readings_for_the_classifier(utterances, seed):
    """{id: (CLASSIFIER_VARIANTS readings changed as those of changed_readings() are, though others; those in which one
    word is a substitution or an omission)} of all utterances."""
    rng = random.Random(f"judge {seed}")  # not the seed of changed_readings(): other texts
    vocabulary = vocabulary_of(utterances)
    one_word = (_with_one_substitution,) * SUBSTITUTION_VARIANTS + (_with_one_omission,) * OMISSION_VARIANTS

    def make(utterance, changes, its_id):
        return [
            dataclasses.replace(change(utterance, vocabulary, rng), id=f"{utterance.id}/{its_id} {i}")
            for i, change in enumerate(changes)
        ]

    return {
        name: (
            make(utterance, (changed_reading,) * CLASSIFIER_VARIANTS, "changed for the classifier"),
            make(utterance, one_word, "one word changed"),
        )
        for name, utterance in utterances.items()
    }


def with_an_insertion(utterances, seed):
    """{id: [INSERTION_VARIANTS readings]} of all utterances of several words: one spoken word is missing from the text.
    No word beside its equal: of such the other one would be a repetition."""
    rng = random.Random(seed)
    return {
        name: [_without(utterance, rng.choice(places), f"{name}/insertion {i}") for i in range(INSERTION_VARIANTS)]
        for name, utterance in utterances.items()
        if (places := _places_of_insertions(utterance))
    }


def _places_of_insertions(utterance):
    words = utterance.text.split()
    beside = zip([None, *words], [*words[1:], None])
    return [place for place, neighbours in enumerate(beside) if words[place] not in neighbours and len(words) > 1]


def _without(utterance, place, its_id):
    words = utterance.text.split()
    first = sum(map(len, utterance.words[:place]))
    end = first + len(utterance.words[place])

    def rest(values, begin=place, stop=place + 1):
        return [*values[:begin], *values[stop:]]

    return dataclasses.replace(
        utterance,
        id=its_id,
        text=" ".join(rest(words)),
        words=rest(utterance.words),
        phone_scores=rest(utterance.phone_scores, first, end),
        word_scores=rest(utterance.word_scores),
        scores=[UNKNOWN] * len(utterance.scores),
        verdicts=[READ] * (len(words) - 1),
        insertions=[float(i == place) for i in range(len(words))],
    )
