"""Every recording of the corpus twice more, slower and faster.

Pitch and formants change with the speed, so that a hundred speakers become three hundred; words and the experts' scores
stay the same. Scores of the sentence are kept although the pace differs: without them the scorer learns too little
about sentences (docs/experiments/scorer.md). """
import concurrent.futures
import subprocess

SPEEDS = (0.9, 1.1)


def at_other_speeds(utterances, folder):
    """{id: [file at each of SPEEDS]}: the files of write_at_other_speeds()."""
    return {name: [folder / f"{name}_{speed}.wav" for speed in SPEEDS] for name in utterances}


def write_at_other_speeds(utterances, folder, jobs):
    """WAV files of 16 kHz; made by sox, whose resampler keeps everything below the new band edge."""
    folder.mkdir(parents=True, exist_ok=True)
    commands = [
        ["sox", "-R", str(utterances[name].audio), str(path), "speed", str(speed), "rate", "16k"]
        for name, paths in at_other_speeds(utterances, folder).items()
        for speed, path in zip(SPEEDS, paths)
    ]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda command: subprocess.run(command, check=True, capture_output=True), commands))
