"""Layers over the phones of a reading, and their padding, for the scorer and the classifier of miscues."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from corpus import PHONES
from feature_schema import SCHEMA

HIDDEN = 96
DROPOUT = 0.25
EMBEDDED = SCHEMA.leading_from("phone", "encoder")  # the embeddings are first in the row of a phone, and of a gap
assert EMBEDDED == SCHEMA.leading_from("gap", "encoder")
OUTLIER = 8.0  # deviations, of a feature


class Normalise(nn.Module):
    """Scales to mean 0 and deviation 1 of the training data, and clamps outliers."""

    def __init__(self, values, limit):
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(values.mean(0)))
        self.register_buffer("deviation", torch.from_numpy(values.std(0) + 1e-3))
        self.limit = limit

    def forward(self, x):
        return ((x - self.mean) / self.deviation).clamp(-self.limit, self.limit)


class PhonesInContext(nn.Module):
    """Each phone by the speech heard, the phone asked for and the whole reading; then with its neighbours (GRU)."""

    def __init__(self, rows, about, hidden=HIDDEN):
        """`rows` and `about`: inputs of the training data, for their statistics and sizes."""
        super().__init__()
        self.normalise_rows = Normalise(rows, OUTLIER)
        self.normalise_about = Normalise(about, 5.0)
        self.dropout = nn.Dropout(DROPOUT)
        self.embeddings = nn.Linear(EMBEDDED, hidden)
        self.measures = nn.Linear(rows.shape[1] - EMBEDDED, 64)
        self.phone = nn.Embedding(len(PHONES), hidden)
        self.join = nn.Linear(2 * hidden + 64, hidden)
        self.about_to_phones = nn.Linear(about.shape[1], hidden)
        self.context = nn.GRU(hidden, hidden, batch_first=True, bidirectional=True)

    def describe(self, rows, phone_ids, about):
        rows = self.normalise_rows(rows)
        phone = self.phone(phone_ids)
        heard = F.relu(self.embeddings(self.dropout(rows[..., :EMBEDDED])))
        measured = F.relu(self.measures(self.dropout(rows[..., EMBEDDED:])))
        joined = self.join(self.dropout(torch.cat([heard * phone, phone, measured], -1)))
        whole = F.relu(self.about_to_phones(self.dropout(self.normalise_about(about))))
        return F.relu(joined + whole.unsqueeze(1))

    def forward(self, rows, phone_ids, about, lengths=None):
        """(phones, their contexts); `lengths` of padded readings."""
        phones = self.describe(rows, phone_ids, about)
        return phones, run_padded(self.context, self.dropout(phones), lengths)


def run_padded(recurrent, inputs, lengths):
    """The output of a recurrent layer for padded sequences; lengths None: no padding."""
    if lengths is None:
        return recurrent(inputs)[0]
    packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
    return nn.utils.rnn.pad_packed_sequence(recurrent(packed)[0], batch_first=True)[0]


def pick_of_words(attention, phones, words):
    """The mean of each word's phones, weighed by `attention`. `words` [batch, words, phones]: each row averages the
    phones of one word."""
    weights = attention(phones).clamp(-10, 10).exp()
    return torch.bmm(words, weights * phones) / (torch.bmm(words, weights) + 1e-6)


def word_means(phone_words, word_count):
    """[words, phones]: row w averages the phones of word w."""
    belongs = (np.arange(word_count)[:, None] == phone_words[None, :]).astype(np.float32)
    return belongs / np.maximum(belongs.sum(1, keepdims=True), 1)


def pad_phones(readings):
    """(rows, phone ids, lengths, words) of readings, padded to the same number of phones and words."""
    lengths = [len(reading.phone_ids) for reading in readings]
    words = [len(reading.word_places) for reading in readings]
    rows = torch.zeros(len(readings), max(lengths), readings[0].rows.shape[1])
    phone_ids = torch.zeros(len(readings), max(lengths), dtype=torch.long)
    means = torch.zeros(len(readings), max(words), max(lengths))
    for i, reading in enumerate(readings):
        rows[i, : lengths[i]] = torch.from_numpy(reading.rows.astype(np.float32))
        phone_ids[i, : lengths[i]] = torch.from_numpy(reading.phone_ids)
        means[i, : words[i], : lengths[i]] = torch.from_numpy(word_means(reading.phone_words, words[i]))
    return rows, phone_ids, torch.tensor(lengths), means


def statistics_rows(arrays):
    """Every other row, as float32: enough for means and deviations."""
    return np.concatenate([rows[::2].astype(np.float32) for rows in arrays])
