"""The phone, or silence, of each frame of the real speech.

A small frame classifier learns from synthetic speech, whose phone times are known, and then aligns the
corpus: the canonical phones in order, with optional silence around words, by Viterbi search.
"""
import random

import numpy as np
import torch

from phone_head import COLUMNS, batches, fit, frame_loss, new_head, padded

HIDDEN = 96
EPOCHS = 3
HELD_OUT_SHARE = 15  # one of 15 synthetic utterances is kept to measure the classifier
PRIOR_WEIGHT = 0.5  # weight of removing the frequency of phones in synthetic speech
UNREACHABLE = -1e30
NO_WORD = -1


def train_frame_classifier(examples, seed, report):
    """(classifier, share of right frames on held-out synthetic speech)."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    shuffled = rng.sample(examples, len(examples))
    held_out, training = shuffled[::HELD_OUT_SHARE], [e for i, e in enumerate(shuffled) if i % HELD_OUT_SHARE]
    classifier = new_head(training, HIDDEN)

    def loss_of(head, batch):
        embeddings, labels, _, mask = padded(batch)
        return frame_loss(head(embeddings, mask)[1], labels)

    fit(classifier, [[example] for example in training], loss_of, EPOCHS, 3e-3, rng, report)
    return classifier, _frame_accuracy(classifier, held_out)


def _frame_accuracy(classifier, examples):
    right = frames = 0
    with torch.no_grad():
        for batch in batches(examples, 32):
            embeddings, labels, _, mask = padded(batch)
            known = labels >= 0
            right += int((classifier(embeddings, mask)[1].argmax(-1) == labels)[known].sum())
            frames += int(known.sum())
    return right / max(frames, 1)


def log_priors(examples):
    """Log share of each column in the labels of `examples`."""
    counts = np.bincount(np.concatenate([example.frame_columns for example in examples]), minlength=COLUMNS) + 1.0
    return np.log(counts / counts.sum())


def label_frames(classifier, priors, rows, words):
    """(column, word) of the frames of one recording, as of align_words(); None when it has too few frames for
    the phones. `words`: phone ids of each word."""
    if len(rows) < sum(map(len, words)) + 2:
        return None
    with torch.no_grad():
        embeddings = torch.from_numpy(rows.astype(np.float32))[None]
        _, frame = classifier(embeddings, torch.ones(1))
    return align_words(frame[0].numpy() - PRIOR_WEIGHT * priors, words)


def align_words(scores, words):
    """The best path of `scores` [frames, 40] through silence? word silence? word … silence?: of each frame the column
    (uint8) and the word it belongs to (NO_WORD: none)."""
    columns, of_word = [0], [NO_WORD]
    for place, word in enumerate(words):
        columns += [phone + 1 for phone in word] + [0]
        of_word += [place] * len(word) + [NO_WORD]
    columns, of_word = np.array(columns, np.uint8), np.array(of_word)
    optional = of_word == NO_WORD
    skippable = np.r_[False, False, optional[1:-1]]  # state i is reached from i - 2 over an optional state
    emitted = scores[:, columns]
    best = np.full(len(columns), UNREACHABLE)
    best[:2] = emitted[0, :2]
    steps = np.zeros(emitted.shape, np.int8)  # how many states forward led here
    for t in range(1, len(emitted)):
        moved = np.r_[UNREACHABLE, best[:-1]]
        skipped = np.where(skippable, np.r_[UNREACHABLE, UNREACHABLE, best[:-2]], UNREACHABLE)
        choices = np.stack([best, moved, skipped])
        steps[t] = choices.argmax(0)
        best = choices.max(0) + emitted[t]
    state = len(columns) - (1 if best[-1] > best[-2] else 2)
    path = np.zeros(len(emitted), np.int64)
    for t in range(len(emitted) - 1, -1, -1):
        path[t] = state
        state -= steps[t, state]
    return columns[path], of_word[path]
