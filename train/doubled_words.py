"""Every recording of the corpus once more, with one of its words said twice, to learn repetitions from. The word's
audio is doubled at the place of its frame labels. """
import concurrent.futures
import json
import random
import subprocess
import wave

import numpy as np

RATE_HZ = 16000
SHORTEST_S = 0.13  # a shorter word, doubled, is a stutter
JITTER_S = 0.02  # of the copied stretch's borders: nobody repeats a word with its exact borders


def write_doubled(utterances, spans_s, folder, jobs, seed):
    """Writes a WAV file of each recording that has a word long enough, and the word's index. `spans_s`:
    {id: [(begin, end) of each word]}."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    chosen = {}
    for name, spans in spans_s.items():
        long_enough = [place for place, (begin, end) in enumerate(spans) if end - begin >= SHORTEST_S]
        if long_enough:
            place = rng.choice(long_enough)
            begin, end = (edge + rng.uniform(-JITTER_S, JITTER_S) for edge in spans[place])
            chosen[name] = (place, max(0.0, begin), end)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(
            pool.map(
                lambda name: double_stretch(utterances[name].audio, *chosen[name][1:], _file(folder, name)), chosen
            )
        )
    places = {name: place for name, (place, _, _) in chosen.items()}
    (folder / "places.json").write_text(json.dumps(places), encoding="utf-8")


def read_doubled(folder):
    """{id: (file, place of the doubled word)} as write_doubled() wrote them."""
    places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    return {name: (_file(folder, name), place) for name, place in places.items()}


def _file(folder, name):
    return folder / f"{name}_doubled.wav"


def double_stretch(audio, begin_s, end_s, path):
    """Writes the recording `audio` as WAV, 16 kHz mono, with that stretch of it said twice."""
    command = ["sox", "-R", str(audio), "-t", "raw", "-e", "signed", "-b", "16", "-c", "1", "-r", str(RATE_HZ), "-"]
    samples = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.int16)
    begin, end = int(begin_s * RATE_HZ), int(end_s * RATE_HZ)
    with wave.open(str(path), "wb") as doubled:
        doubled.setnchannels(1)
        doubled.setsampwidth(2)
        doubled.setframerate(RATE_HZ)
        doubled.writeframes(np.concatenate([samples[:end], samples[begin:]]).tobytes())
