"""Parts of the training that need no corpus."""
import random
import unittest

import numpy as np
import torch

import miscue_classifier
from corpus import PHONE_ID, Utterance
from frame_labels import align_words
from metrics import edit_distance
from phone_head import Example, best_path, padded, train_phone_head
from reading_layers import word_means
from scorer import (
    CHANGED_TEXT_WEIGHT,
    LEARNT,
    Ensemble,
    Reading,
    Scorer,
    make_batch,
    mean_error,
    predict,
    syllable_groups,
)
from synthetic import frame_labels, parse_segments


class SyntheticTest(unittest.TestCase):
    def test_frames_get_the_phone_at_their_middle(self):
        segments = parse_segments("pau:0.10 ax:0.20 t:0.25 pau:0.30")
        self.assertEqual(segments[1], [PHONE_ID["AH"] + 1, 0.2])
        labels = frame_labels(segments, np.array([0.05, 0.10, 0.19, 0.22, 0.27, 0.40]))
        silence, ah, t = 0, PHONE_ID["AH"] + 1, PHONE_ID["T"] + 1
        self.assertEqual(labels.tolist(), [silence, ah, ah, t, silence, silence])


class NetworksTest(unittest.TestCase):
    def test_words_are_aligned_with_silence_only_where_it_is(self):
        expected = [0, 1, 1, 2, 3, 3, 0, 0, 4]  # silence, then words [0 1] and [2] without a pause, then [3]
        scores = np.full((len(expected), 40), -5.0)
        scores[np.arange(len(expected)), expected] = 0.0
        columns, words = align_words(scores, [[0, 1], [2], [3]])
        self.assertEqual(columns.tolist(), expected)
        self.assertEqual(words.tolist(), [-1, 0, 0, 0, 1, 1, -1, -1, 2])

    def test_distance_and_best_path(self):
        self.assertEqual(best_path([0, 5, 5, 0, 5, 3, 3]), [4, 4, 2])
        self.assertEqual(edit_distance([1, 2, 3], [1, 3, 4]), 2)
        self.assertEqual(edit_distance([], [1, 2]), 2)

    def test_a_word_is_the_mean_of_its_phones(self):
        self.assertEqual(word_means(np.array([0, 0, 1]), 2).tolist(), [[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])

    def test_padding_does_not_change_posteriors(self):
        examples = self.examples(4)
        head = train_phone_head([[example] for example in examples], seed=3, epochs=1, report=lambda *_: None)
        embeddings, _, lengths, mask = padded(examples)
        with torch.no_grad():
            together, _ = head(embeddings, mask)
            alone, _ = head(embeddings[:1, : lengths[0]], mask[:1, : lengths[0]])
        np.testing.assert_allclose(together[0, : lengths[0]].numpy(), alone[0].numpy(), atol=1e-4)

    def test_the_same_seed_gives_the_same_head(self):
        torch.set_num_threads(1)
        choices = [self.examples(2), self.examples(3), self.examples(1)]
        heads = [train_phone_head(choices, seed=3, epochs=1, report=lambda *_: None) for _ in range(2)]
        for left, right in zip(*(head.state_dict().values() for head in heads)):
            self.assertTrue(torch.equal(left, right))

    def test_unknown_labels_count_for_nothing(self):
        scores, labels = torch.tensor([[[1.0], [5.0], [2.0]]]), torch.tensor([[[0.0], [float("nan")], [9.0]]])
        mask = torch.tensor([[[1.0], [1.0], [0.0]]])
        self.assertEqual(float(mean_error(scores, labels, mask)), 1.0)

    def test_scores_of_a_changed_text_count_less(self):
        as_read, changed = self.reading(6), self.reading(9)
        changed.utterance.verdicts = [0] * 3
        batch = make_batch([as_read, changed])
        scores, labels = torch.tensor([[2.0], [1.0]]), torch.zeros(2, 1)
        expected = (4 + CHANGED_TEXT_WEIGHT) / (1 + CHANGED_TEXT_WEIGHT)
        self.assertAlmostEqual(float(mean_error(scores, labels, batch.weights)), expected, places=5)

    def test_padding_does_not_change_scores_and_an_ensemble_is_the_mean(self):
        readings = [self.reading(phones) for phones in (6, 9)]
        members = []
        for seed in (1, 2):
            torch.manual_seed(seed)
            rows = np.concatenate([reading.rows.astype(np.float32) for reading in readings])
            members.append(Scorer(rows, np.stack([reading.about for reading in readings])).eval())
            # An untrained network answers 0, an end of the curves.
            members[-1].phone_score.bias.data += 1.0
            members[-1].word_score.bias.data += 1.0
        with torch.no_grad():
            together = Ensemble(members)(make_batch(readings))
            alone = [member(make_batch(readings[:1])) for member in members]
        for level in (0, 1, 2):
            mean = (alone[0][level] + alone[1][level]) / 2
            in_batch = together[level][:1, : mean.shape[1]] if level < 2 else together[level][:1]
            in_batch = in_batch[..., LEARNT] if level == 1 else in_batch
            np.testing.assert_allclose(in_batch.numpy(), mean.numpy(), atol=1e-5)

    def test_words_fall_into_groups_by_their_vowels(self):
        words = [["K", "AE", "T"], ["HH"], ["AE", "K", "T", "AO", "R"], ["AE", "AE", "AE", "AE"]]
        phone_ids = torch.tensor([[PHONE_ID[phone] for word in words for phone in word]])
        places = np.concatenate([np.full(len(word), i) for i, word in enumerate(words)])
        groups = syllable_groups(phone_ids, torch.from_numpy(word_means(places, len(words)))[None])
        self.assertEqual(groups[0].argmax(-1).tolist(), [0, 0, 1, 2])
        self.assertEqual(groups.sum(-1).tolist(), [[1.0] * 4])

    def test_stress_follows_the_total_of_words_with_as_many_syllables(self):
        torch.manual_seed(1)
        readings = [self.reading(90)] * 100
        member = Scorer(
            np.concatenate([reading.rows.astype(np.float32) for reading in readings]),
            np.stack([reading.about for reading in readings]),
        ).eval()
        member.word_score.bias.data += 1.0  # not at an end of the curves
        ensemble = Ensemble([member])
        readings[0].utterance.word_scores = [[10.0, 7.0, 10.0]] * len(readings[0].utterance.words)
        ensemble.calibrate(readings, predict(ensemble, readings))
        told = np.concatenate([words[:, 1] for _, words, _ in predict(ensemble, readings).values()])
        np.testing.assert_allclose(told, 1.4, atol=0.05)

    def test_padding_does_not_change_what_the_classifier_answers(self):
        readings = [self.classified(phones) for phones in (6, 9)]
        members = []
        for seed in (1, 2):
            torch.manual_seed(seed)
            members.append(
                miscue_classifier.train_classifier([[reading] for reading in readings], seed, 1, lambda *_: None)
            )
        together = miscue_classifier.predict(miscue_classifier.Ensemble(members).eval(), readings)
        alone = [
            miscue_classifier.predict(miscue_classifier.Ensemble([member]).eval(), readings[:1]) for member in members
        ]
        for level, shape in ((0, (2, 4)), (1, (3,))):
            mean = (alone[0]["a6"][level] + alone[1]["a6"][level]) / 2
            self.assertEqual(mean.shape, shape)
            np.testing.assert_allclose(together["a6"][level], mean, atol=1e-5)
        np.testing.assert_allclose(together["a9"][0][:, :3].sum(-1), 1.0, atol=1e-5)

    def test_a_gap_has_what_was_said_instead_of_words_passed_over(self):
        read, omission, substitution, unknown = 0, 1, 2, np.nan
        spoken = Utterance(
            "u",
            "s",
            None,
            "a b c d",
            [["AA"]] * 4,
            [2.0] * 4,
            [[10.0] * 3] * 4,
            [9.0] * 5,
            verdicts=[read, omission, read, substitution],
            insertions=[0.0, 0.0, 1.0, 0.0, 0.0],
        )
        for places, gaps in (
            ([0, 1, 2, 3], [0, 0, 1, 0, 0]),
            ([0, 2, 3], [0, 1, 0, 0]),
            ([0, 1, 2], [0, 0, 1, 1]),
            ([0, 1], [0, 0, 1]),
            ([1, 3], [unknown, unknown, 0]),
        ):
            reading = miscue_classifier.make_reading(spoken, self.FoundWords(places))
            np.testing.assert_array_equal(reading.insertions, gaps)
            self.assertEqual(reading.verdicts.tolist(), [spoken.verdicts[place] for place in places])

    class FoundWords:
        """Features of a reading in which the program found the words at these places."""

        def __init__(self, places):
            self.places = places

        def describe(self, _):
            return {
                "phones": [0] * len(self.places),
                "words": list(range(len(self.places))),
                "tokens": self.places,
                "reading": [0.0] * 24,
            }

        def rows(self, _):
            return np.zeros((len(self.places), 9), np.float16)

        def gaps(self, _):
            return np.zeros((len(self.places) + 1, 9), np.float16)

    def classified(self, phones):
        reading, words, rng = self.reading(phones), phones // 3, np.random.default_rng(phones)
        gaps = rng.normal(size=(words + 1, 2 * 1248 + 20)).astype(np.float16)
        return miscue_classifier.Reading(
            reading.id,
            reading.rows,
            gaps,
            reading.phone_ids,
            reading.phone_words,
            reading.about,
            reading.word_places,
            np.arange(words) % 3,
            np.zeros(words, np.float32),
            np.array([np.nan] + [1.0] * words, np.float32),
        )

    @staticmethod
    def reading(phones):
        rng = np.random.default_rng(phones)
        words = [["AA", "B", "D"]] * (phones // 3)
        spoken = Utterance(
            "a", "s", None, "x " * len(words), words, [2.0] * phones, [[10.0] * 3] * len(words), [9.0] * 5
        )
        return Reading(
            f"a{phones}",
            rng.normal(size=(phones, 2 * 1248 + 30)).astype(np.float16),
            np.arange(phones) % 39,
            np.arange(phones) // 3,
            rng.normal(size=24).astype(np.float32),
            np.arange(phones),
            np.arange(len(words)),
            spoken,
        )

    @staticmethod
    def examples(count):
        rng, pick = np.random.default_rng(1), random.Random(1)
        made = []
        for i in range(count):
            frames = 20 + 3 * i
            made.append(
                Example(
                    rng.normal(size=(frames, 1248)).astype(np.float16),
                    rng.integers(0, 40, frames),
                    [pick.randrange(39) for _ in range(4)],
                )
            )
        return made


if __name__ == "__main__":
    unittest.main()
