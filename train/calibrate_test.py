"""The curve from a scorer's to calibrated scores."""
import unittest

import numpy as np
import torch

from calibrate import KNOTS, Curve, fit_curve


class CurveTest(unittest.TestCase):
    def test_is_straight_and_cut_until_fitted(self):
        told = Curve()(torch.tensor([-0.5, 0.0, 0.6, 1.9, 2.4]))
        np.testing.assert_allclose(told, [0.0, 0.0, 0.6, 1.9, 2.0], atol=1e-6)

    def test_follows_the_labels_and_rises(self):
        scores = np.random.default_rng(0).uniform(0, 2, 20000)
        curve = fit_curve(scores, 0.5 + 0.7 * scores)
        told = curve(torch.tensor([0.2, 1.0, 1.9])).numpy()
        np.testing.assert_allclose(told, [0.64, 1.2, 1.83], atol=0.02)
        falling = fit_curve(scores, 2 - scores)
        self.assertTrue(bool((falling.values.diff() >= 0).all()))

    def test_stays_straight_without_data(self):
        curve = fit_curve(np.array([1.97, 0.1]), np.array([2.0, float("nan")]))
        np.testing.assert_allclose(curve.values, KNOTS, atol=0.01)


if __name__ == "__main__":
    unittest.main()
