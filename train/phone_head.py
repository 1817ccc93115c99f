"""The phone head: embeddings to phone posteriors, and its training.

A linear layer and two residual convolutions over three frames, with two outputs of 40 columns each (column 0:
blank or silence; phone p: column p + 1): CTC posteriors, for what was said, and framewise posteriors, for when
it was said. Both are trained together, CTC on the canonical phones (Graves et al. 2006), frames by cross-entropy
on labels of frame_labels.py.
"""
import dataclasses
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from features import EMBEDDING_SIZE
from metrics import edit_distance
from onnx_export import export

COLUMNS = 40
HIDDEN = 192
NO_LABEL = -100  # what cross_entropy ignores
BATCH = 16
STATISTICS_STEP = 8  # every 8th utterance is enough for mean and deviation


@dataclasses.dataclass
class Example:
    rows: np.ndarray  # float16 [frames, EMBEDDING_SIZE]
    frame_columns: np.ndarray  # label of each frame; NO_LABEL: none
    phone_ids: list


class ThreeFrames(nn.Module):
    """A convolution over three frames, written as a matrix product: on a CPU it trains several times faster."""

    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(3 * width, width)

    def forward(self, x):
        frames = x.shape[1]
        padded = F.pad(x, (0, 0, 1, 1))
        return self.linear(torch.cat([padded[:, shift : shift + frames] for shift in range(3)], -1))


class PhoneHead(nn.Module):
    def __init__(self, mean, deviation, hidden=HIDDEN):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.dropout = nn.Dropout(0.15)
        self.project = nn.Linear(mean.shape[0], hidden)
        self.convolutions = nn.ModuleList([ThreeFrames(hidden), ThreeFrames(hidden)])
        self.output = nn.Linear(hidden, 2 * COLUMNS)

    def forward(self, embeddings, mask):
        """[batch, frames, EMBEDDING_SIZE], mask [batch, frames, 1] -> log posteriors (ctc, frame)."""
        x = self.dropout((embeddings - self.mean) / self.deviation)
        x = self.dropout(F.relu(self.project(x))) * mask
        for convolution in self.convolutions:
            x = x + F.relu(convolution(self.dropout(x))) * mask
        logits = self.output(self.dropout(x))
        return F.log_softmax(logits[..., :COLUMNS], -1), F.log_softmax(logits[..., COLUMNS:], -1)


class ForOneRecording(nn.Module):
    """The network as it is exported: no mask, since the program gives one chunk at a time."""

    def __init__(self, head):
        super().__init__()
        self.head = head

    def forward(self, embeddings):
        return self.head(embeddings, torch.ones(1))


def new_head(examples, hidden=HIDDEN):
    """A head that normalises by the statistics of `examples`."""
    rows = np.concatenate([example.rows.astype(np.float32) for example in examples[::STATISTICS_STEP]])
    return PhoneHead(torch.from_numpy(rows.mean(0)), torch.from_numpy(rows.std(0) + 1e-5), hidden)


def batches(examples, size, rng=None):
    """Lists of examples of similar length; with `rng` in random order and a little noise in the sorting."""
    noise = rng.random if rng else lambda: 0.0
    ordered = sorted(examples, key=lambda example: len(example.rows) + 8 * noise())
    made = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    if rng:
        rng.shuffle(made)
    return made


def padded(batch):
    """(embeddings, frame labels, lengths, mask) of a batch."""
    lengths = torch.tensor([len(example.rows) for example in batch])
    longest = int(lengths.max())
    embeddings = torch.zeros(len(batch), longest, EMBEDDING_SIZE)
    labels = torch.full((len(batch), longest), NO_LABEL)
    for i, example in enumerate(batch):
        embeddings[i, : len(example.rows)] = torch.from_numpy(example.rows.astype(np.float32))
        labels[i, : len(example.rows)] = torch.from_numpy(example.frame_columns.astype(np.int64))
    mask = (torch.arange(longest)[None] < lengths[:, None]).float().unsqueeze(2)
    return embeddings, labels, lengths, mask


def frame_loss(frame, labels):
    return F.nll_loss(frame.reshape(-1, COLUMNS), labels.reshape(-1), ignore_index=NO_LABEL)


def ctc_and_frame_loss(head, batch):
    embeddings, labels, lengths, mask = padded(batch)
    ctc, frame = head(embeddings, mask)
    targets = [torch.tensor(example.phone_ids) + 1 for example in batch]
    ctc_loss = F.ctc_loss(
        ctc.transpose(0, 1),
        torch.cat(targets),
        lengths,
        torch.tensor([len(target) for target in targets]),
        zero_infinity=True,
    )
    return ctc_loss + frame_loss(frame, labels)


def fit(
    network, choices, loss_of, epochs, peak_rate, rng, report, batch_size=BATCH, weight_decay=1e-2, longest_gradient=5.0
):
    """Trains `network` in place, one-cycle schedule; of each list in `choices` an epoch sees one example.
    `report(epoch, mean_loss, seconds)` after each epoch."""
    steps = -(-len(choices) // batch_size)
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak_rate, total_steps=epochs * steps)
    for epoch in range(epochs):
        network.train()
        started, total = time.monotonic(), 0.0
        for batch in batches([rng.choice(same) for same in choices], batch_size, rng):
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), longest_gradient)
            optimizer.step()
            schedule.step()
            total += loss.item()
        report(epoch, total / steps, time.monotonic() - started)
    network.eval()


def train_phone_head(choices, seed, epochs, report):
    """`choices`: for each recording the examples to choose from, a different one in every epoch."""
    torch.manual_seed(seed)
    head = new_head([same[0] for same in choices])
    fit(head, choices, ctc_and_frame_loss, epochs, 2.5e-3, random.Random(seed), report)
    return head


def best_path(columns):
    """Phones of the highest CTC column of each frame: repetitions and blanks removed."""
    return [column - 1 for i, column in enumerate(columns) if column and (i == 0 or columns[i - 1] != column)]


def measure(head, examples):
    """{"phone_error_rate", "frame_accuracy"} against the canonical phones and the frame labels."""
    errors = phones = right = frames = 0
    with torch.no_grad():
        for batch in batches(examples, 32):
            embeddings, labels, lengths, mask = padded(batch)
            ctc, frame = head(embeddings, mask)
            known = labels >= 0
            right += int((frame.argmax(-1) == labels)[known].sum())
            frames += int(known.sum())
            for columns, length, example in zip(ctc.argmax(-1), lengths, batch):
                errors += edit_distance(best_path(columns[:length].tolist()), example.phone_ids)
                phones += len(example.phone_ids)
    return {"phone_error_rate": errors / max(phones, 1), "frame_accuracy": right / max(frames, 1)}


def export_phone_head(head, path):
    """ONNX: `embeddings` [1, T, 1248] -> `ctc`, `frame` [1, T, 40], log posteriors."""
    frames = {1: "T"}
    export(
        ForOneRecording(head),
        (torch.zeros(1, 50, EMBEDDING_SIZE),),
        path,
        {"inputs": {"embeddings": frames}, "outputs": {"ctc": frames, "frame": frames}},
    )
