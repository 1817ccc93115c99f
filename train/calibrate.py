"""Scores as they should have been: a rising curve from a scorer's phone and word scores to what the experts gave in
the mean, fitted on speakers that the scorer does not know.

The scorer also learns from changed texts, in which phones are wrong far more often than learners make them: alone its
scores are too low.
"""
import numpy as np
import torch
from torch import nn

KNOTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.7, 1.85, 1.95, 2.0)  # scores 0–2; most are near 2
SMOOTHING = 20.0  # examples' worth of the straight line at each knot: where there is little data, nothing changes


class Curve(nn.Module):
    """Straight pieces between KNOTS; scores beyond are clamped."""

    def __init__(self, values=KNOTS):
        super().__init__()
        self.register_buffer("values", torch.tensor(values, dtype=torch.float32))

    def forward(self, scores):
        told = torch.full_like(scores, 0.0) + self.values[0]
        for i, (low, high) in enumerate(zip(KNOTS, KNOTS[1:])):
            slope = (self.values[i + 1] - self.values[i]) / (high - low)
            told = told + slope * (scores.clamp(low, high) - low)
        return told


def fit_curve(scores, labels, line=KNOTS):
    """The Curve that brings `scores` nearest to `labels` (arrays on a scale of 0–2, unknown labels nan).
    `line`: values at KNOTS where there is little data."""
    known = ~np.isnan(labels)
    scores, labels = np.clip(scores[known], KNOTS[0], KNOTS[-1]), labels[known]
    shares = _shares_of_knots(scores)
    values = np.linalg.solve(
        shares.T @ shares + SMOOTHING * np.eye(len(KNOTS)), shares.T @ labels + SMOOTHING * np.array(line)
    )
    return Curve(np.maximum.accumulate(values).clip(KNOTS[0], KNOTS[-1]).tolist())


def _shares_of_knots(scores):
    """[scores, knots]: how much each knot's value counts at each score; two neighbours share it."""
    right = np.clip(np.searchsorted(KNOTS, scores, side="right"), 1, len(KNOTS) - 1)
    knots = np.array(KNOTS)
    share = (scores - knots[right - 1]) / (knots[right] - knots[right - 1])
    shares = np.zeros((len(scores), len(KNOTS)))
    rows = np.arange(len(scores))
    shares[rows, right - 1] = 1 - share
    shares[rows, right] = share
    return shares
