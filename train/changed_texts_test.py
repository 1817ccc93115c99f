import random
import unittest

import numpy as np

from changed_texts import (
    CLASSIFIER_VARIANTS,
    OMISSION,
    READ,
    SUBSTITUTION,
    SUBSTITUTION_VARIANTS,
    INSERTION_VARIANTS,
    OMISSION_VARIANTS,
    VARIANTS,
    changed_readings,
    readings_for_the_classifier,
    with_an_insertion,
)
from corpus import Utterance


def utterance(name, words):
    """Words of phones; everything was said perfectly."""
    phones = sum(map(len, words))
    return Utterance(
        name,
        "speaker",
        None,
        " ".join("".join(word) for word in words),
        words,
        [2.0] * phones,
        [[10.0, 10.0, 10.0]] * len(words),
        [10.0] * 5,
    )


class ChangedTextsTest(unittest.TestCase):
    def setUp(self):
        pick = random.Random(1)
        phones = "AA B D IY K L M OW S T".split()
        self.spoken = {
            f"u{i}": utterance(f"u{i}", [[pick.choice(phones) for _ in range(pick.randrange(2, 6))] for _ in range(8)])
            for i in range(60)
        }
        self.changed = self.all_changed()

    def all_changed(self):
        return [reading for variants in changed_readings(self.spoken, seed=3).values() for reading in variants]

    def words_of(self, verdict):
        for reading in self.changed:
            first = 0
            for i, word in enumerate(reading.words):
                if reading.verdicts[i] == verdict:
                    yield reading, i, reading.phone_scores[first : first + len(word)]
                first += len(word)

    def test_every_word_and_phone_has_its_label(self):
        for reading in self.changed:
            self.assertEqual(len(reading.words), len(reading.text.split()))
            self.assertEqual(len(reading.words), len(reading.verdicts))
            phones, words, _ = reading.labels
            self.assertEqual(len(phones), len(reading.phone_ids))
            self.assertEqual(words.shape, (len(reading.words), 3))

    def test_nothing_of_an_omitted_word_was_said(self):
        omitted = list(self.words_of(OMISSION))
        self.assertGreater(len(omitted), 10)
        for reading, i, scores in omitted:
            self.assertEqual(set(scores), {0.0})
            self.assertEqual(reading.word_scores[i][0], 0.0)

    def test_of_a_substituted_word_only_foreign_phones_are_known_to_be_wrong(self):
        substituted = list(self.words_of(SUBSTITUTION))
        self.assertGreater(len(substituted), 10)
        self.assertTrue(any(np.isnan(scores).any() for _, _, scores in substituted))
        for reading, _, scores in substituted:
            self.assertTrue(all(score == 0.0 or np.isnan(score) for score in scores))
            self.assertTrue(np.isnan(reading.scores).all())

    def test_read_words_keep_their_scores_but_for_changed_phones(self):
        for _, _, scores in self.words_of(READ):
            self.assertTrue(set(scores) <= {2.0, 0.0})

    def test_the_same_seed_gives_the_same_texts(self):
        self.assertEqual([reading.text for reading in self.all_changed()], [reading.text for reading in self.changed])

    def test_each_recording_has_several_texts_with_ids_of_their_own(self):
        variants = changed_readings(self.spoken, seed=3)["u0"]
        self.assertEqual(len(variants), VARIANTS)
        self.assertEqual(len({reading.id for reading in self.changed}), VARIANTS * len(self.spoken))
        self.assertGreater(len({reading.text for reading in variants}), 1)

    def test_where_a_word_is_not_asked_one_was_inserted(self):
        known = 0
        for reading in self.changed:
            said = self.spoken[reading.id.split("/")[0]].text.split()
            self.assertEqual(len(reading.insertions), len(reading.words) + 1)
            gaps = [place for place, there in enumerate(reading.insertions) if there == 1]
            for place in gaps:
                self.assertTrue(all(verdict == READ for verdict in reading.verdicts[max(0, place - 1) : place + 1]))
            if set(reading.verdicts) == {READ} and not np.isnan(reading.insertions).any():
                self.assertLessEqual(len(gaps), len(said) - len(reading.words))
                known += len(gaps)
        self.assertGreater(known, 5)

    def test_the_classifier_gets_more_texts_of_several_changes_and_of_one(self):
        own_ids = {reading.id for reading in self.changed}
        substituted = 0
        for name, (several, one) in readings_for_the_classifier(self.spoken, seed=3).items():
            self.assertEqual((len(several), len(one)), (CLASSIFIER_VARIANTS, SUBSTITUTION_VARIANTS + OMISSION_VARIANTS))
            ids = {reading.id for reading in several + one}
            self.assertEqual(len(ids - own_ids), len(several + one))
            said = self.spoken[name].text.split()
            for reading in one[:SUBSTITUTION_VARIANTS]:
                places = [i for i, word in enumerate(reading.text.split()) if word != said[i]]
                self.assertEqual([i for i, verdict in enumerate(reading.verdicts) if verdict != READ], places)
                self.assertLessEqual(len(places), 1)
                substituted += sum(verdict == SUBSTITUTION for verdict in reading.verdicts)
            for reading in one[SUBSTITUTION_VARIANTS:]:
                place = reading.verdicts.index(OMISSION)
                self.assertEqual(reading.text.split()[:place] + reading.text.split()[place + 1 :], said)
        self.assertGreater(substituted, 0.9 * SUBSTITUTION_VARIANTS * len(self.spoken))

    def test_a_text_without_one_of_its_words_tells_where_it_was(self):
        spoken = utterance("u", [["K", "AO", "L"], ["IH", "T"], ["B", "EH", "R"]])
        spoken.phone_scores = [float(i) for i in range(8)]
        readings = with_an_insertion({"u": spoken}, seed=1)["u"]
        self.assertEqual(len(readings), INSERTION_VARIANTS)
        for reading in readings:
            place = reading.insertions.index(1.0)
            rest = [0, 1, 2]
            rest.remove(place)
            self.assertEqual(reading.words, [spoken.words[i] for i in rest])
            self.assertEqual(reading.text.split(), [spoken.text.split()[i] for i in rest])
            first = [0, 3, 5, 8]
            self.assertEqual(
                reading.phone_scores, [float(i) for i in range(8) if not first[place] <= i < first[place + 1]]
            )
            self.assertEqual(sum(reading.insertions), 1)

    def test_no_word_beside_its_equal_and_no_only_word_is_taken_out(self):
        self.assertEqual(with_an_insertion({"u": utterance("u", [["IH", "T"]])}, seed=1), {})
        twice = utterance("u", [["IH", "T"], ["IH", "T"], ["K", "AO", "L"]])
        readings = with_an_insertion({"u": twice}, seed=1)["u"]
        self.assertEqual({reading.insertions.index(1.0) for reading in readings}, {2})


if __name__ == "__main__":
    unittest.main()
