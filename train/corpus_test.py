"""Reading a corpus, and errors of a broken one."""
import os
import pathlib
import tempfile
import unittest

from corpus import CorpusError, Opinion, read_corpus, read_groups, read_opinions, speaker_folds, thinned
from tiny_corpus import FILES, write_tiny_corpus


class CorpusTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_joins_what_the_files_say(self):
        utterance = read_corpus(write_tiny_corpus(self.folder))["a1"]
        self.assertEqual(utterance.words, [["W", "IY"], ["K", "AO", "L"]])
        self.assertEqual(utterance.phone_scores, [2.0, 1.8, 2.0, 0.4, 2.0])
        phones, words, scores = utterance.labels
        self.assertEqual((len(phones), words.shape, len(scores)), (5, (2, 3), 5))
        self.assertAlmostEqual(words[1, 0], 1.0)
        self.assertEqual(utterance.request_line()["refText"], "WE CALL")

    def test_names_the_recording_whose_files_contradict_each_other(self):
        wrong = FILES["phone.tsv"].replace("IH T", "IH D")
        with self.assertRaisesRegex(CorpusError, "a2: text-phone and phone.tsv"):
            read_corpus(write_tiny_corpus(self.folder, phone_tsv=wrong))
        with self.assertRaisesRegex(CorpusError, "a1: text, text-phone and word.tsv"):
            read_corpus(write_tiny_corpus(self.folder, text=FILES["text"].replace("WE CALL", "WE")))

    def test_names_a_missing_file(self):
        with self.assertRaisesRegex(CorpusError, "text: No such file"):
            read_corpus(self.folder)

    def test_opinions_of_the_experts(self):
        utterances = read_corpus(write_tiny_corpus(self.folder))
        self.assertEqual(read_opinions(self.folder, utterances), {})
        path = pathlib.Path(self.folder, "raters.txt")
        path.write_text("a1.wav;8;9;7;6;10,5;10,10;10,6;2\nz9.wav;1;1;1;1;1;1;1;1\n", encoding="utf-8")
        self.assertEqual(read_opinions(self.folder, utterances), {"a1": [Opinion([10.0, 5.0], 8.0, 6.0)]})
        path.write_text("a1.wav;8;9;7;6;10;10;10;1\n", encoding="utf-8")
        with self.assertRaisesRegex(CorpusError, "a1: text and raters.txt"):
            read_opinions(self.folder, utterances)
        path.write_text("a1.wav;8;9;7;6;10,5\na1.wav;8;9;7;6;10,5\na2.wav;8;9;7;6;10\n", encoding="utf-8")
        with self.assertRaisesRegex(CorpusError, "same number of experts"):
            read_opinions(self.folder, utterances)
        path.write_text("a1.wav;good\n", encoding="utf-8")
        with self.assertRaisesRegex(CorpusError, "not in the layout"):
            read_opinions(self.folder, utterances)

    def test_groups_out_of_layout(self):
        utterances = read_corpus(write_tiny_corpus(self.folder))
        pathlib.Path(self.folder, "spk2age").write_text("a ten\n", encoding="utf-8")
        with self.assertRaisesRegex(CorpusError, "not in the layout"):
            read_groups(self.folder, utterances)

    def test_keeps_speakers_in_one_fold(self):
        folds = speaker_folds(read_corpus(write_tiny_corpus(self.folder)), count=2)
        self.assertEqual(folds["a1"], folds["a2"])
        self.assertNotEqual(folds["a1"], folds["b1"])

    def test_thins_evenly(self):
        self.assertEqual(list(thinned(dict.fromkeys("abcdef"), 3)), ["a", "c", "e"])

    @unittest.skipUnless("SAYWELL_CORPUS" in os.environ, "SAYWELL_CORPUS is not set")
    def test_reads_the_real_corpus(self):
        utterances = read_corpus(os.environ["SAYWELL_CORPUS"])
        folds = speaker_folds(utterances)
        self.assertEqual(set(folds.values()), set(range(5)))
        self.assertTrue(all(utterance.audio.is_file() for utterance in utterances.values()))


if __name__ == "__main__":
    unittest.main()
