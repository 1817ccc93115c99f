"""g2pM's network for Chinese characters of several readings, as the ONNX file that the program loads.

    python3 train/mandarin/polyphones_to_onnx.py FOLDER models/mandarin_polyphones.onnx

FOLDER holds the network's data files: `polyphone_bilstm.npz`, `char2idx.json`, `class2idx.json`, and `readings.json`,
the readings of each character (Park and Lee, "g2pM: A Neural Grapheme-to-Phoneme Conversion Package for Mandarin
Chinese Based on a New Open Benchmark Dataset", Interspeech 2020; Apache-2.0).

Inputs: `characters` int64[T], the text with the begin and end marks around it, and `positions` int64[P], those of the
characters that are asked for. Output: `scores` float[P, R], one per reading; their softmax is a probability.
Metadata: `characters` and `readings`, one per line in the order of their numbers; `polyphones`, the characters that the
network was trained to choose readings of, one per line; `source`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from onnx_export import export  # noqa: E402

SOURCE = "g2pM (Park and Lee 2020), Apache-2.0, github.com/kakaobrain/g2pM"


class Polyphones(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        characters, width = weights["embedding.weight"].shape
        hidden = weights["lstm.weight_hh_l0"].shape[1]
        readings, inner = weights["logit_layer.2.weight"].shape
        self.embedding = torch.nn.Embedding(characters, width)
        self.lstm = torch.nn.LSTM(width, hidden, bidirectional=True)
        self.logit_layer = torch.nn.Sequential(
            torch.nn.Linear(2 * hidden, inner), torch.nn.ReLU(), torch.nn.Linear(inner, readings)
        )
        self.load_state_dict({name: torch.tensor(weights[name]) for name in weights.files})

    def forward(self, characters, positions):
        outputs, _ = self.lstm(self.embedding(characters).unsqueeze(1))
        return self.logit_layer(outputs.squeeze(1).index_select(0, positions))


def names_in_order(path):
    """The names of a JSON object of numbers 0, 1, 2 …, one per line."""
    numbers = json.loads(path.read_text(encoding="utf-8"))
    names = sorted(numbers, key=lambda name: numbers[name])
    if [numbers[name] for name in names] != list(range(len(names))) or any("\n" in name for name in names):
        raise ValueError(f"{path} does not number its names from 0 on")
    return "\n".join(names)


def polyphones(path):
    """The characters of several readings, one per line."""
    readings = json.loads(path.read_text(encoding="utf-8"))
    return "\n".join(sorted(character for character, known in readings.items() if len(known) > 1))


def main():
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    with np.load(folder / "polyphone_bilstm.npz") as weights:
        network = Polyphones(weights)
    export(
        network,
        (torch.zeros(9, dtype=torch.int64), torch.zeros(2, dtype=torch.int64)),
        target,
        {
            "inputs": {"characters": {0: "T"}, "positions": {0: "P"}},
            "outputs": {"scores": {0: "P"}},
        },
        {
            "characters": names_in_order(folder / "char2idx.json"),
            "readings": names_in_order(folder / "class2idx.json"),
            "polyphones": polyphones(folder / "readings.json"),
            "source": SOURCE,
        },
    )


if __name__ == "__main__":
    main()
