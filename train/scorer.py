"""The scorer: features of phones and the reading to the experts' scores of phones, words and the utterance.

A bidirectional GRU over the phones, then attention among them; a word is the mean and an attention pool of its phones,
the utterance the same of all phones that were read, and the features of pace and pitch. It learns beside the scores
what became of each word, read, omitted or substituted, to pass over what was not read. Trained on inputs whose
posteriors come from phone heads that have not heard the speaker (out-of-fold): at run time speakers are new, too.
"""
import dataclasses
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import corpus as corpora
from calibrate import KNOTS, Curve, fit_curve
from changed_texts import READ, VERDICTS
from corpus import PHONES, UTTERANCE_SCORES, VOWELS
from onnx_export import export
from phone_head import fit
from reading_layers import DROPOUT, HIDDEN, PhonesInContext, pad_phones, pick_of_words, statistics_rows, word_means

ATTENTION_HEADS = 4
PADDING_LIKENESS = 1e4  # likeness of padding phones to all others
BATCH = 25
# Columns of WORD_SCORES that networks learn. Stress is close to noise: a curve from the total by the number of
# syllables agrees better with the experts than a network that learns it.
ACCURACY, STRESS, TOTAL = range(3)
LEARNT = (ACCURACY, TOTAL)
SYLLABLES = 3  # curves of stress: for words of one syllable, of two, of more
STRESS_LINE = [1.0 + knot / 2 for knot in KNOTS]  # from half right to right, where there is little data
UNHEARD_STRESS = 1.8  # of words without frames: kUnheardStress of src/assess/assemble.cc, on the scale 0–2
UTTERANCE_WEIGHTS = (1.0, 0.05, 1.0, 1.0, 1.0)  # completeness is 10 in nearly all recordings
WORD_LOSS, UTTERANCE_LOSS, VERDICT_LOSS = 0.3, 0.4, 0.1  # against 1 for the phones
# Of the scores in readings of a changed text, against 1: features of how a whole was read say little of words that
# were in it by chance. For the verdicts all count the same.
CHANGED_TEXT_WEIGHT = 0.1
IS_VOWEL = torch.tensor([float(phone in VOWELS) for phone in PHONES])


@dataclasses.dataclass
class Reading:
    """Scorer inputs of one recording, and its labels on a scale of 0–2. Omitted words are not scored:
    phones and words here are those that were read."""

    id: str
    rows: np.ndarray  # float16 [phones, row]
    phone_ids: np.ndarray
    phone_words: np.ndarray  # the word of each phone
    about: np.ndarray  # features of the reading
    phone_places: np.ndarray  # among the canonical phones of the text
    word_places: np.ndarray  # among its words
    utterance: corpora.Utterance


def make_reading(utterance, features):
    """Joins labels with the program's inputs of the recording. ValueError when they do not fit."""
    described = features.describe(utterance.id)
    places = np.array(described["indices"], int)
    canonical = utterance.phone_ids
    if described["phones"] != [canonical[place] for place in places]:
        raise ValueError(f"{utterance.id}: the program scored other phones than those given")
    return Reading(
        utterance.id,
        features.rows(utterance.id),
        np.array(described["phones"], int),
        np.array(described["words"], int),
        np.array(described["reading"], np.float32),
        places,
        np.array(described["tokens"], int),
        utterance,
    )


class SelfAttention(nn.Module):
    """Attention from a phone to the other phones of the reading (Vaswani et al. 2017): the same sound elsewhere, the
    worst of all. It needs no positions: the context of the GRU has them."""

    def __init__(self, width):
        super().__init__()
        self.queries_keys_values = nn.Linear(width, 3 * width)
        nn.init.xavier_uniform_(self.queries_keys_values.weight)
        nn.init.zeros_(self.queries_keys_values.bias)
        self.output = nn.Linear(width, width)
        nn.init.zeros_(self.output.bias)
        self.dropout = nn.Dropout(0.1)

    def forward(self, context, mask):
        batch, phones, width = context.shape
        parts = self.queries_keys_values(context).reshape(batch, phones, 3, ATTENTION_HEADS, -1)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4).unbind(0)
        likeness = queries @ keys.transpose(-1, -2) / (width // ATTENTION_HEADS) ** 0.5
        weights = (likeness + (mask[:, None, None, :] - 1) * PADDING_LIKENESS).softmax(-1)
        picked = self.dropout(weights) @ values
        return self.output(picked.transpose(1, 2).reshape(batch, phones, width))


class Scorer(nn.Module):
    def __init__(self, rows, about, hidden=HIDDEN):
        """`rows` and `about`: inputs of the training data, for their statistics and sizes."""
        super().__init__()
        self.phones = PhonesInContext(rows, about, hidden)
        self.dropout = nn.Dropout(DROPOUT)
        self.other_phones = SelfAttention(2 * hidden)
        self.phone_score = nn.Linear(3 * hidden, 1)
        self.word_attention = nn.Linear(3 * hidden, 1)
        self.word_hidden = nn.Linear(6 * hidden + 1, 64)
        self.word_score = nn.Linear(64, len(LEARNT))
        self.word_verdict = nn.Linear(64, VERDICTS)
        self.attention = nn.Linear(2 * hidden, 1)
        self.about = nn.Linear(about.shape[1], 32)
        self.utterance_hidden = nn.Linear(4 * hidden + 32, 96)
        self.utterance_score = nn.Linear(96, len(UTTERANCE_SCORES))

    def pool_words(self, both, phone_scores, words):
        """Each word's phones: their mean, and their attention pool."""
        picked = pick_of_words(self.word_attention, both, words)
        in_words = torch.cat([torch.bmm(words, torch.cat([both, phone_scores], -1)), picked], -1)
        return self.dropout(F.relu(self.word_hidden(self.dropout(in_words))))

    def score(self, phones, context, mask, words, about):
        """`words` [batch, words, phones]: each row averages the phones of one word."""
        context = context + self.dropout(self.other_phones(context, mask))
        both = torch.cat([context, phones], -1)
        phone_scores = self.phone_score(self.dropout(both))
        in_words = self.pool_words(both, phone_scores, words)
        verdicts = F.log_softmax(self.word_verdict(in_words), -1)
        # A word that was not read says nothing of how the rest was read.
        was_read = torch.bmm((words > 0).to(words.dtype).transpose(1, 2), verdicts[..., READ : READ + 1].exp()).squeeze(
            -1
        )
        weights = mask * (was_read + 1e-3)
        attention = self.attention(context).squeeze(-1).clamp(-10, 10).exp() * weights
        pooled = [
            torch.bmm((share / share.sum(1, keepdim=True)).unsqueeze(1), context).squeeze(1)
            for share in (attention, weights)
        ]
        pooled.append(F.relu(self.about(self.dropout(self.phones.normalise_about(about)))))
        hidden = F.relu(self.utterance_hidden(self.dropout(torch.cat(pooled, -1))))
        return (
            phone_scores.squeeze(-1),
            self.word_score(in_words),
            self.utterance_score(self.dropout(hidden)),
            verdicts,
        )

    def forward(self, batch):
        phones, context = self.phones(batch.rows, batch.phone_ids, batch.about, batch.lengths)
        return self.score(phones, context, batch.mask, batch.words, batch.about)


def mean_answer(answers):
    """The mean of several networks' scores."""
    return [torch.stack(scores).mean(0) for scores in list(zip(*answers))[:3]]


def syllable_groups(phone_ids, words):
    """[batch, words, SYLLABLES]: 1 in the column of a word's number of vowels, 0 elsewhere."""
    vowels = torch.bmm((words > 0).to(words.dtype), IS_VOWEL[phone_ids].unsqueeze(-1)).clamp(1, SYLLABLES)
    return (vowels == torch.arange(1.0, SYLLABLES + 1)).to(words.dtype)


class Ensemble(nn.Module):
    """Networks that differ in their seed alone: their mean is steadier than any of them. Its scores of phones and
    words go through curves, straight at first."""

    def __init__(self, members):
        super().__init__()
        self.members = nn.ModuleList(members)
        self.phone_curve, self.accuracy_curve, self.total_curve = Curve(), Curve(), Curve()
        self.stress_curves = nn.ModuleList([Curve() for _ in range(SYLLABLES)])

    def calibrate(self, readings, predicted):
        """Sets the curves by the scores of an uncalibrated ensemble for `readings`, whose speakers it does not know."""
        meant = [reading.utterance.labels for reading in readings]
        told = [predicted[reading.id] for reading in readings]

        def of_scored(answers, level, places):
            return np.concatenate([answer[level][places(reading)] for answer, reading in zip(answers, readings)])

        phones, words = (lambda reading: reading.phone_places), (lambda reading: reading.word_places)
        self.phone_curve = fit_curve(of_scored(told, 0, phones), of_scored(meant, 0, phones))
        told_words, meant_words = of_scored(told, 1, words).T, of_scored(meant, 1, words).T
        self.accuracy_curve = fit_curve(told_words[ACCURACY], meant_words[ACCURACY])
        self.total_curve = fit_curve(told_words[TOTAL], meant_words[TOTAL])
        groups = np.concatenate([groups_of_reading(reading) for reading in readings]).T > 0
        self.stress_curves = nn.ModuleList(
            [fit_curve(told_words[TOTAL][group], meant_words[STRESS][group], STRESS_LINE) for group in groups]
        )

    def answer(self, answers, syllables):
        phones, words, utterance = mean_answer(answers)
        accuracy, total = words.unbind(-1)
        stress = sum(curve(total) * syllables[..., i] for i, curve in enumerate(self.stress_curves))
        words = torch.stack([self.accuracy_curve(accuracy), stress, self.total_curve(total)], -1)
        return self.phone_curve(phones), words, utterance

    def forward(self, batch):
        return self.answer([member(batch) for member in self.members], syllable_groups(batch.phone_ids, batch.words))


class ForOneReading(nn.Module):
    """The network as it is exported: one reading, no padding."""

    def __init__(self, ensemble):
        super().__init__()
        self.ensemble = ensemble

    def forward(self, rows, phone_ids, words, about):
        answers = []
        for member in self.ensemble.members:
            phones, context = member.phones(rows, phone_ids, about)
            answers.append(member.score(phones, context, torch.ones_like(rows[..., 0]), words, about))
        return self.ensemble.answer(answers, syllable_groups(phone_ids, words))


@dataclasses.dataclass
class Batch:
    """Readings padded to the same number of phones and words."""

    rows: torch.Tensor
    phone_ids: torch.Tensor
    lengths: torch.Tensor
    mask: torch.Tensor
    words: torch.Tensor
    about: torch.Tensor
    phone_scores: torch.Tensor
    word_scores: torch.Tensor
    word_mask: torch.Tensor
    verdicts: torch.Tensor
    scores: torch.Tensor  # nan in any of the three kinds of scores: unknown
    weights: torch.Tensor  # [batch, 1], of a reading's scores in the loss


def groups_of_reading(reading):
    words = word_means(reading.phone_words, len(reading.word_places))
    return syllable_groups(torch.from_numpy(reading.phone_ids)[None], torch.from_numpy(words)[None])[0].numpy()


def make_batch(readings):
    rows, phone_ids, lengths, words = pad_phones(readings)
    size, most_words, phones = words.shape
    batch = Batch(
        rows,
        phone_ids,
        lengths,
        torch.zeros(size, phones),
        words,
        torch.from_numpy(np.stack([reading.about for reading in readings])),
        torch.zeros(size, phones),
        torch.zeros(size, most_words, len(LEARNT)),
        torch.zeros(size, most_words),
        torch.full((size, most_words), READ),
        torch.from_numpy(np.stack([reading.utterance.labels[2] for reading in readings])),
        torch.ones(size, 1),
    )
    for i, reading in enumerate(readings):
        n, w = len(reading.phone_ids), len(reading.word_places)
        phone_scores, word_scores, _ = reading.utterance.labels
        batch.mask[i, :n] = 1
        batch.phone_scores[i, :n] = torch.from_numpy(phone_scores[reading.phone_places])
        batch.word_scores[i, :w] = torch.from_numpy(word_scores[reading.word_places][:, LEARNT])
        batch.word_mask[i, :w] = 1
        if reading.utterance.verdicts:
            batch.verdicts[i, :w] = torch.tensor(reading.utterance.verdicts)[reading.word_places]
            batch.weights[i] = CHANGED_TEXT_WEIGHT
    return batch


def mean_error(scores, labels, mask, weights=1.0):
    """The mean squared error of known labels, weighed by `mask`; the last dimension is weighed by `weights`."""
    known = mask * ~torch.isnan(labels)
    errors = (scores - torch.nan_to_num(labels)) ** 2 * torch.as_tensor(weights)
    return (errors * known).sum() / known[..., 0].sum().clamp(min=1)


def loss_of(scorer, batch):
    """Squared errors of all three levels, weighed, and the cross-entropy of the verdicts."""
    phones, words, utterance, verdicts = scorer(batch)
    phone_mask, word_mask = batch.mask.unsqueeze(-1), batch.word_mask.unsqueeze(-1)
    weights = batch.weights.unsqueeze(-1)
    phone_loss = mean_error(phones.unsqueeze(-1), batch.phone_scores.unsqueeze(-1), weights * phone_mask)
    word_loss = mean_error(words, batch.word_scores, weights * word_mask)
    utterance_loss = mean_error(utterance, batch.scores, batch.weights, UTTERANCE_WEIGHTS)
    right = verdicts.gather(-1, batch.verdicts.unsqueeze(-1))
    verdict_loss = -(right * word_mask).sum() / word_mask.sum()
    return phone_loss + WORD_LOSS * word_loss + UTTERANCE_LOSS * utterance_loss + VERDICT_LOSS * verdict_loss


def new_scorer(readings):
    return Scorer(
        statistics_rows([reading.rows for reading in readings]), np.stack([reading.about for reading in readings])
    )


def train_scorer(choices, seed, epochs, report):
    """A fitted scorer, in evaluation mode. `choices`: lists of readings; an epoch sees one of each.
    `report(epoch, mean_loss, seconds)` after each epoch."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    scorer = new_scorer([same[0] for same in choices])
    fit(
        scorer,
        choices,
        lambda network, batch: loss_of(network, make_batch(batch)),
        epochs,
        1.5e-3,
        rng,
        report,
        batch_size=BATCH,
        weight_decay=0.05,
        longest_gradient=1.0,
    )
    return scorer


def predict(ensemble, readings):
    """{id: (phone scores, word scores, utterance scores)} of the whole texts as arrays, on the scale 0–2; words without
    rows are omitted, with scores of 0 but for the stress."""
    predicted = {}
    with torch.no_grad():
        for first in range(0, len(readings), 50):
            batch = readings[first : first + 50]
            for reading, phones, words, utterance in zip(batch, *ensemble(make_batch(batch))):
                all_phones, all_words = map(np.zeros_like, reading.utterance.labels[:2])
                all_words[:, STRESS] = UNHEARD_STRESS
                all_phones[reading.phone_places] = phones[: len(reading.phone_places)]
                all_words[reading.word_places] = words[: len(reading.word_places)]
                predicted[reading.id] = (all_phones, all_words, utterance.numpy())
    return predicted


def export_scorer(ensemble, reading, path, metadata):
    """ONNX: rows of features `phones` [1, N, …] and `reading` [1, …], `phone_ids` [1, N], `words` [1, W, N] -> `phone`
    [1, N], `word` [1, W, 3], `sentence` [1, 5], all on the scale 0–2; `metadata`: strings by name."""
    batch = make_batch([reading])
    inputs = (batch.rows, batch.phone_ids, batch.words, batch.about)
    export(
        ForOneReading(ensemble),
        inputs,
        path,
        {
            "inputs": {"phones": {1: "N"}, "phone_ids": {1: "N"}, "words": {1: "W", 2: "N"}, "reading": {}},
            "outputs": {"phone": {1: "N"}, "word": {1: "W"}, "sentence": {}},
        },
        metadata,
    )
