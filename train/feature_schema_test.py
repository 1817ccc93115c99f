import json
import unittest

from feature_schema import SCHEMA, FeatureSchema

TEXT = json.dumps(
    {
        "hash": "abc",
        "phone": [
            {"name": "mean_embedding", "size": 4, "scale": 1, "source": "encoder"},
            {"name": "peak_embedding", "size": 4, "scale": 1, "source": "encoder"},
            {"name": "level_db", "size": 1, "scale": 20, "source": "prosody"},
        ],
    }
)


class FeatureSchemaTest(unittest.TestCase):
    def test_features_follow_one_another_in_a_row(self):
        schema = FeatureSchema(TEXT)
        self.assertEqual(schema.hash, "abc")
        self.assertEqual(schema.row_size("phone"), 9)
        self.assertEqual(schema.columns("phone", "peak_embedding"), slice(4, 8))
        self.assertEqual(schema.columns("phone", "level_db"), slice(8, 9))
        self.assertEqual(schema.leading_from("phone", "encoder"), 8)

    def test_an_unknown_feature_is_named(self):
        with self.assertRaisesRegex(KeyError, "no feature 'pitch' of a phone"):
            FeatureSchema(TEXT).columns("phone", "pitch")

    def test_the_embeddings_are_first_in_what_the_program_computes(self):
        for table in ("phone", "gap"):
            size = SCHEMA.leading_from(table, "encoder")
            self.assertEqual(SCHEMA.columns(table, "mean_embedding").start, 0)
            self.assertEqual(SCHEMA.columns(table, "peak_embedding").stop, size)


if __name__ == "__main__":
    unittest.main()
