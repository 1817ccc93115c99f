#!/usr/bin/python3
"""Comparison of transcripts."""
import unittest

from transcripts import compare, words_of


class Transcripts(unittest.TestCase):
    def test_texts_are_compared_without_case_punctuation_and_digits(self):
        self.assertEqual(
            words_of("Mr. Smith's 22 ill-disposed men."), "mister smith's twenty two ill disposed men".split()
        )
        self.assertEqual(words_of("1,005 in 300000"), "one five in three hundred thousand".split())
        self.assertEqual(words_of(" … 'quoted' "), ["quoted"])

    def test_errors_are_counted_and_right_words_marked(self):
        self.assertEqual(compare("a b c".split(), "a b c".split()), (0, [True, True, True]))
        self.assertEqual(compare("a b c".split(), "a x c d".split()), (2, [True, False, True, False]))
        self.assertEqual(compare("a b c".split(), []), (3, []))
        self.assertEqual(compare([], ["a"]), (1, [False]))


if __name__ == "__main__":
    unittest.main()
