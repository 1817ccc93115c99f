"""The classifier of miscues: what became of each word of the text, and where a word was said that the text has not.

Phones in context, as in the scorer, are pooled to words; each gap between words is described by the speech heard there;
a recurrent layer reads gap, word, gap, word … gap. It is trained on out-of-fold inputs, as the scorer is, of readings
whose text differs from the speech (`changed_texts.py`) and of recordings with a doubled word (`doubled_words.py`).
"""
import dataclasses
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from changed_texts import READ, SUBSTITUTION, UNKNOWN, VERDICTS
from onnx_export import export
from phone_head import fit
from reading_layers import (
    DROPOUT,
    EMBEDDED,
    HIDDEN,
    OUTLIER,
    Normalise,
    PhonesInContext,
    pad_phones,
    pick_of_words,
    run_padded,
    statistics_rows,
)

BATCH = 25
WORD = 64  # size of what describes a word, or a gap


@dataclasses.dataclass
class Reading:
    """Inputs of one recording and its labels. Words here are those that the program aligned."""

    id: str
    rows: np.ndarray  # float16 [phones, row]
    gaps: np.ndarray  # float16 [words + 1, gap row]: before each word and behind the last
    phone_ids: np.ndarray
    phone_words: np.ndarray
    about: np.ndarray
    word_places: np.ndarray  # among the words of the text
    verdicts: np.ndarray
    repetitions: np.ndarray  # 0 or 1 per word
    insertions: np.ndarray  # 0 or 1 per gap; nan: unknown


def make_reading(utterance, features):
    """Joins what is true with what the program wrote about the recording."""
    described = features.describe(utterance.id)
    places = np.array(described["tokens"], int)
    words = len(utterance.words)
    verdicts = np.array(utterance.verdicts or [READ] * words)
    repetitions = np.isin(np.arange(words), utterance.repetitions).astype(np.float32)
    insertions = np.array(utterance.insertions or [0.0] * (words + 1), np.float32)
    return Reading(
        utterance.id,
        features.rows(utterance.id),
        features.gaps(utterance.id),
        np.array(described["phones"], int),
        np.array(described["words"], int),
        np.array(described["reading"], np.float32),
        places,
        verdicts[places],
        repetitions[places],
        _between(places, verdicts, insertions),
    )


def _between(places, verdicts, insertions):
    """Whether something was said in the gaps between the words at `places` that the text has not: instead of a word
    that the program passed over, too. Unknown where it passed over a word that was read."""
    edges = [-1, *places, len(verdicts)]
    gaps = []
    for left, right in zip(edges, edges[1:]):
        passed_over = verdicts[left + 1 : right]
        if (passed_over == SUBSTITUTION).any():
            gaps.append(1.0)
        else:  # the greatest of nan and numbers is nan
            gaps.append(UNKNOWN if (passed_over == READ).any() else insertions[left + 1 : right + 1].max())
    return np.array(gaps, np.float32)


class MiscueClassifier(nn.Module):
    def __init__(self, rows, gaps, about, hidden=HIDDEN):
        """Inputs of the training data, for their statistics and sizes."""
        super().__init__()
        self.phones = PhonesInContext(rows, about, hidden)
        self.dropout = nn.Dropout(DROPOUT)
        self.word_attention = nn.Linear(3 * hidden, 1)
        self.word_hidden = nn.Linear(6 * hidden, WORD)
        self.normalise_gaps = Normalise(gaps, OUTLIER)
        self.gap_embeddings = nn.Linear(EMBEDDED, WORD)
        self.gap_measures = nn.Linear(gaps.shape[1] - EMBEDDED, WORD)
        self.gap_hidden = nn.Linear(2 * WORD, WORD)
        self.kinds = nn.Parameter(torch.zeros(2, WORD))  # a gap, a word
        self.sequence = nn.GRU(WORD, WORD, batch_first=True, bidirectional=True)
        self.verdict = nn.Linear(3 * WORD, VERDICTS + 1)  # and repetition
        self.insertions = nn.Linear(3 * WORD, 1)

    def describe_words(self, rows, phone_ids, words, about, lengths):
        both = torch.cat(self.phones(rows, phone_ids, about, lengths)[::-1], -1)
        pools = torch.cat([torch.bmm(words, both), pick_of_words(self.word_attention, both, words)], -1)
        return self.dropout(F.relu(self.word_hidden(self.dropout(pools))))

    def describe_gaps(self, gaps):
        gaps = self.normalise_gaps(gaps)
        heard = F.relu(self.gap_embeddings(self.dropout(gaps[..., :EMBEDDED])))
        measured = F.relu(self.gap_measures(self.dropout(gaps[..., EMBEDDED:])))
        return self.dropout(F.relu(self.gap_hidden(self.dropout(torch.cat([heard, measured], -1)))))

    def forward(self, rows, phone_ids, words, about, gaps, lengths=None, word_counts=None):
        """(verdicts as log probabilities [batch, words, 3], logits of repetition [batch, words], of insertion
        [batch, words + 1])."""
        words = self.describe_words(rows, phone_ids, words, about, lengths) + self.kinds[1]
        gaps = self.describe_gaps(gaps) + self.kinds[0]
        # gap, word, gap, word … and the gap behind the last
        pairs = torch.stack([gaps[:, :-1], words], 2).reshape(words.shape[0], -1, WORD)
        inputs = torch.cat([pairs, gaps[:, -1:]], 1)
        places = None if word_counts is None else 2 * word_counts + 1
        outputs = self.dropout(torch.cat([run_padded(self.sequence, inputs, places), inputs], -1))
        of_words = self.verdict(outputs[:, 1::2])
        return (
            F.log_softmax(of_words[..., :VERDICTS], -1),
            of_words[..., VERDICTS],
            self.insertions(outputs[:, ::2]).squeeze(-1),
        )


class Ensemble(nn.Module):
    """The mean probability of several networks. This is exported: one reading, no padding."""

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, rows, phone_ids, words, about, gaps, lengths=None, word_counts=None):
        """(read, omission, substitution, repetition [batch, words, 4], insertion [batch, words + 1])."""
        answers = [member(rows, phone_ids, words, about, gaps, lengths, word_counts) for member in self.members]
        of_words = [
            torch.cat([verdicts.exp(), repetitions.sigmoid().unsqueeze(-1)], -1) for verdicts, repetitions, _ in answers
        ]
        return torch.stack(of_words).mean(0), torch.stack([insertions.sigmoid() for _, _, insertions in answers]).mean(
            0
        )


def padded_inputs(readings):
    """A network's inputs, of readings padded to the same number of phones and words."""
    rows, phone_ids, lengths, words = pad_phones(readings)
    gaps = torch.zeros(len(readings), words.shape[1] + 1, readings[0].gaps.shape[1])
    for i, reading in enumerate(readings):
        gaps[i, : len(reading.gaps)] = torch.from_numpy(reading.gaps.astype(np.float32))
    about = torch.from_numpy(np.stack([reading.about for reading in readings]))
    return rows, phone_ids, words, about, gaps, lengths, torch.tensor([len(r.word_places) for r in readings])


def loss_of(classifier, readings):
    """The mean cross-entropies of the words' verdicts, of repetitions and of gaps."""
    verdicts, repetitions, insertions = classifier(*padded_inputs(readings))
    words = [len(reading.word_places) for reading in readings]

    def known(answers, counts):
        return torch.cat([answer[:count] for answer, count in zip(answers, counts)])

    def truth(name):
        return torch.from_numpy(np.concatenate([getattr(reading, name) for reading in readings]))

    gap_truth = truth("insertions")
    gaps = known(insertions, [count + 1 for count in words])[~gap_truth.isnan()]
    return (
        F.nll_loss(known(verdicts, words), truth("verdicts"))
        + F.binary_cross_entropy_with_logits(known(repetitions, words), truth("repetitions"))
        + F.binary_cross_entropy_with_logits(gaps, gap_truth[~gap_truth.isnan()])
    )


def train_classifier(choices, seed, epochs, report):
    """A fitted classifier, in evaluation mode. `choices`: lists of readings, an epoch sees one of each.
    `report(epoch, mean_loss, seconds)` after each epoch."""
    torch.manual_seed(seed)
    some = [same[0] for same in choices]
    classifier = MiscueClassifier(
        statistics_rows([reading.rows for reading in some]),
        statistics_rows([reading.gaps for reading in some]),
        np.stack([reading.about for reading in some]),
    )
    fit(
        classifier,
        choices,
        loss_of,
        epochs,
        1.5e-3,
        random.Random(seed),
        report,
        batch_size=BATCH,
        weight_decay=0.05,
        longest_gradient=1.0,
    )
    return classifier


def predict(ensemble, readings):
    """{id: (read, omission, substitution, repetition [words, 4], insertion [words + 1])} as probabilities."""
    predicted = {}
    with torch.no_grad():
        for first in range(0, len(readings), 50):
            batch = readings[first : first + 50]
            for reading, of_words, insertions in zip(batch, *ensemble(*padded_inputs(batch))):
                count = len(reading.word_places)
                predicted[reading.id] = (of_words[:count].numpy(), insertions[: count + 1].numpy())
    return predicted


def export_classifier(ensemble, reading, path, metadata):
    """ONNX: rows of features `phones` [1, N, …], `reading` [1, …] and `gaps` [1, W + 1, …], `phone_ids` [1, N], `words`
    [1, W, N] -> `word` [1, W, 4], probabilities of read, omission, substitution, repetition, and `insertions`
    [1, W + 1]; `metadata`: strings by name."""
    export(
        ensemble,
        padded_inputs([reading])[:5],
        path,
        {
            "inputs": {
                "phones": {1: "N"},
                "phone_ids": {1: "N"},
                "words": {1: "W", 2: "N"},
                "reading": {},
                "gaps": {1: "G"},
            },
            "outputs": {"word": {1: "W"}, "insertions": {1: "G"}},
        },
        metadata,
    )
