"""Shared by the whole-program tests: running the program, recordings, checking answers against the schema.

PROGRAM is the first argument of the test script.
"""

import array
import json
import subprocess
import sys
import wave
from pathlib import Path

import jsonschema

PROGRAM = Path(sys.argv.pop(1)).resolve()
DATA = Path("/usr/share/pocketsphinx/test/data")
CARDS = DATA / "cards/001.wav"
CARDS_TEXT = "Ten of clubs."
NOVEL = DATA / "librivox/sense_and_sensibility_01_austen_64kb-0930.wav"
NOVEL_TEXT = "He might even have been made amiable himself."
SCHEMA = json.loads((Path(__file__).parent.parent / "docs/result.schema.json").read_text(encoding="utf-8"))
LONGEST_RUN_S = 120  # a run that takes longer hangs

# Fields that differ between two assessments of the same recording.
TIMES_TAKEN = ("systime", "delaytime")


def saywell(*arguments, stdin=b"", environment=None):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=LONGEST_RUN_S,
        env=environment,
    )


def check_envelope(answer):
    jsonschema.Draft202012Validator(SCHEMA).validate(answer)


def check_batch_line(answer):
    schema = {"$schema": SCHEMA["$schema"], "$defs": SCHEMA["$defs"], "$ref": "#/$defs/batchLine"}
    jsonschema.Draft202012Validator(schema).validate(answer)


def numbers(result):
    return {name: value for name, value in result.items() if name not in TIMES_TAKEN}


def read_wav(path):
    with wave.open(str(path)) as file:
        return array.array("h", file.readframes(file.getnframes()))


def write_wav(path, samples, rate_hz=16000):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(array.array("h", samples).tobytes())
    return path
