"""The sums of our own models."""
import hashlib
import pathlib
import tempfile
import unittest

from manifest import MANIFEST, with_sums_of

ROOT = pathlib.Path(__file__).parent.parent
TEXT = "# Models.\nfile\tpackage\tsha256\tlicence\nvad.onnx\ta@1\tsum\tMIT\nhead.onnx\t-\told\tApache-2.0\n"


class ManifestTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.manifest = pathlib.Path(folder.name) / MANIFEST
        self.manifest.write_text(TEXT, encoding="utf-8")
        self.head = pathlib.Path(folder.name) / "fresh"
        self.head.write_bytes(b"abc")

    def test_only_the_sum_of_the_row_changes(self):
        expected = TEXT.replace("old", hashlib.sha256(b"abc").hexdigest())
        self.assertEqual(with_sums_of(self.manifest, {"head.onnx": self.head}), expected)

    def test_fetched_models_and_unknown_ones_have_no_row_of_our_own(self):
        for name in ("vad.onnx", "new.onnx"):
            with self.assertRaisesRegex(KeyError, name):
                with_sums_of(self.manifest, {name: self.head})

    def test_the_committed_sums_are_those_of_the_committed_models(self):
        models = ROOT / "models"
        files = {path.name: path for path in models.glob("*.onnx")}
        self.assertTrue(files)
        self.assertEqual(with_sums_of(models / MANIFEST, files), (models / MANIFEST).read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
