"""The training corpus: speechocean762 in the layout of train/README.md, checked while it is read."""
import contextlib
import csv
import dataclasses
import pathlib
import random

import numpy as np

# The engine's phones: a phone's index here is its id there (src/base/phone_set.h).
PHONES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW " "V W Y Z ZH"
).split()
VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
PHONE_ID = {phone: number for number, phone in enumerate(PHONES)}

PHONE_SCALE = 2.0  # the best score of a phone
WORD_SCALE = 10.0  # … of a word and an utterance
WORD_SCORES = ("accuracy", "stress", "total")
UTTERANCE_SCORES = ("accuracy", "completeness", "fluency", "prosodic", "total")


class CorpusError(Exception):
    """A file of the corpus is missing or contradicts another."""


@dataclasses.dataclass
class Utterance:
    id: str
    speaker: str
    audio: pathlib.Path
    text: str
    words: list  # canonical phones of each word, without stress digits: [["W", "IY"], …]
    phone_scores: list  # 0–2, one per phone
    word_scores: list  # 0–10: [accuracy, stress, total] of each word
    scores: list  # 0–10, in the order of UTTERANCE_SCORES; nan, here and above: unknown
    verdicts: list | None = None  # of changed_texts.py, one per word; None: all were read
    insertions: list | None = None  # 1 where a word was inserted before that word, or behind the last; None: nowhere
    repetitions: list | tuple = ()  # places of words that were said twice

    @property
    def phone_ids(self):
        return [PHONE_ID[phone] for word in self.words for phone in word]

    @property
    def labels(self):
        """The experts' scores as arrays on a scale of 0–2: (phones, words [W, 3], utterance [5])."""
        scale = PHONE_SCALE / WORD_SCALE
        return (
            np.array(self.phone_scores, np.float32),
            np.array(self.word_scores, np.float32) * scale,
            np.array(self.scores, np.float32) * scale,
        )

    def request_line(self):
        """The line that `saywell batch` and `saywell features` take, pronunciations given."""
        return {"id": self.id, "audio": str(self.audio), "refText": self.text, "phones": self.words}


def read_corpus(folder):
    """Utterance by id, in the order of the file `text`. CorpusError when it is no such corpus."""
    folder = pathlib.Path(folder).resolve()
    with _layout_checked(folder):
        return _read_corpus(folder)


@contextlib.contextmanager
def _layout_checked(folder):
    """Turns whatever cannot be read into a CorpusError with a sentence."""
    try:
        yield
    except OSError as error:
        raise CorpusError(
            f"{error.filename}: {error.strerror}; {folder} is no corpus in the layout of " "train/README.md"
        ) from error
    except (KeyError, ValueError) as error:
        raise CorpusError(f"{folder}: a file is not in the layout of train/README.md: {error!r}") from error


def _read_corpus(folder):
    texts = dict(line.split(maxsplit=1) for line in _lines(folder / "text"))
    speakers = dict(line.split() for line in _lines(folder / "utt2spk"))
    words = _read_words(folder / "text-phone")
    phone_rows = {row["utt"]: row for row in _table(folder / "phone.tsv")}
    word_scores = {}
    for row in _table(folder / "word.tsv"):
        word_scores.setdefault(row["utt"], []).append([float(row[name]) for name in WORD_SCORES])
    scores = {row["utt"]: [float(row[name]) for name in UTTERANCE_SCORES] for row in _table(folder / "utterance.tsv")}
    utterances = {}
    for name, text in texts.items():
        utterances[name] = Utterance(
            name,
            speakers[name],
            folder / "flac" / f"{name}.flac",
            text.strip(),
            words[name],
            [float(s) for s in phone_rows[name]["scores"].split()],
            word_scores[name],
            scores[name],
        )
        _check(utterances[name], phone_rows[name]["phones"].split())
    return utterances


def _lines(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _table(path):
    return csv.DictReader(_lines(path), delimiter="\t")


def _read_words(path):
    """Utterance -> phones of its words, from lines "UTT.INDEX W_B IY0_E"."""
    words = {}
    for line in _lines(path):
        key, *phones = line.split()
        words.setdefault(key.rsplit(".", 1)[0], []).append([phone.split("_")[0].rstrip("012") for phone in phones])
    return words


def _check(utterance, labelled_phones):
    phones = [phone for word in utterance.words for phone in word]
    unknown = sorted(set(phones) - PHONE_ID.keys())
    if unknown:
        raise CorpusError(f"{utterance.id}: unknown phones in text-phone: {' '.join(unknown)}")
    if phones != labelled_phones or len(phones) != len(utterance.phone_scores):
        raise CorpusError(f"{utterance.id}: text-phone and phone.tsv have different phones")
    if not len(utterance.words) == len(utterance.word_scores) == len(utterance.text.split()):
        raise CorpusError(f"{utterance.id}: text, text-phone and word.tsv have different numbers of words")


def read_groups(folder, utterances):
    """{"gender m": utterance ids, "age under 10": …}, from the files spk2gender and spk2age; empty without them.
    CorpusError as read_corpus()."""
    groups = {}
    for name, label in (("spk2gender", _gender), ("spk2age", _age)):
        path = pathlib.Path(folder) / name
        if not path.is_file():
            continue
        with _layout_checked(folder):
            of_speaker = {speaker: label(value) for speaker, value in map(str.split, _lines(path))}
        for utterance in utterances.values():
            if utterance.speaker in of_speaker:
                groups.setdefault(of_speaker[utterance.speaker], []).append(utterance.id)
    return dict(sorted(groups.items()))


@dataclasses.dataclass(frozen=True)
class Opinion:
    """One expert's scores of a recording, 0–10."""

    word_accuracies: list
    accuracy: float
    total: float


def read_opinions(folder, utterances):
    """{id: [Opinion of each expert]}, from the file raters.txt; empty without it. CorpusError as read_corpus()."""
    path = pathlib.Path(folder) / "raters.txt"
    opinions = {}
    with _layout_checked(folder):
        for name, opinion in map(_opinion, _lines(path) if path.is_file() else []):
            if name in utterances:
                opinions.setdefault(name, []).append(opinion)
    for name, of_all in opinions.items():
        if any(len(opinion.word_accuracies) != len(utterances[name].words) for opinion in of_all):
            raise CorpusError(f"{name}: text and raters.txt have different numbers of words")
    if len({len(of_all) for of_all in opinions.values()}) > 1:
        raise CorpusError(f"{path}: not every recording has the same number of experts")
    return opinions


def _opinion(line):
    audio, accuracy, _fluency, _prosodic, total, words, *_ = line.split(";")
    opinion = Opinion([float(word) for word in words.split(",")], float(accuracy), float(total))
    return audio.removesuffix(".wav"), opinion


def _gender(value):
    return f"gender {value}"


def _age(value):
    years = int(value)
    return "age under 10" if years < 10 else "age 10 to 17" if years < 18 else "age 18 and more"


def read_chosen(folder, speakers_file, limit):
    """The utterances of an evaluation: of the speakers that a file lists, one per line (None: of all), `limit` of them,
    evenly spread (0: all)."""
    utterances = read_corpus(folder)
    if speakers_file:
        speakers = set(speakers_file.read_text(encoding="utf-8").split())
        utterances = {name: utterance for name, utterance in utterances.items() if utterance.speaker in speakers}
    return thinned(utterances, limit)


def speaker_folds(utterances, count=5, seed=0):
    """Fold 0 … count-1 of each utterance id: all recordings of a speaker in one fold, folds of equal size."""
    speakers = sorted({utterance.speaker for utterance in utterances.values()})
    random.Random(seed).shuffle(speakers)
    fold_of = {speaker: place % count for place, speaker in enumerate(speakers)}
    return {name: fold_of[utterance.speaker] for name, utterance in utterances.items()}


def thinned(utterances, limit):
    """About `limit` utterances, evenly spread over the corpus; all when limit is 0."""
    if not limit or limit >= len(utterances):
        return utterances
    names = list(utterances)
    step = len(names) / limit
    return {names[int(i * step)]: utterances[names[int(i * step)]] for i in range(limit)}
