"""The features that the program computes, by name: feature_schema.json is what `saywell features --schema` wrote.

Tables: "phone", "gap" and "reading". A row of a table has its features in order, each of one number or several.
"""
import json
import pathlib

FILE = pathlib.Path(__file__).with_name("feature_schema.json")


class FeatureSchema:
    """`hash`: what the program checks in the model files that are trained on these features."""

    def __init__(self, text):
        tables = json.loads(text)
        self.hash = tables.pop("hash")
        self._tables = tables

    def row_size(self, table):
        return sum(feature["size"] for feature in self._tables[table])

    def columns(self, table, name):
        """Where a feature is in a row, as a slice. KeyError where the table has no such feature."""
        begin = 0
        for feature in self._tables[table]:
            end = begin + feature["size"]
            if feature["name"] == name:
                return slice(begin, end)
            begin = end
        raise KeyError(f"no feature '{name}' of a {table}")

    def leading_from(self, table, source):
        """How many numbers at the beginning of a row are measured on `source`."""
        size = 0
        for feature in self._tables[table]:
            if feature["source"] != source:
                return size
            size += feature["size"]
        return size


SCHEMA = FeatureSchema(FILE.read_text(encoding="utf-8"))
