"""What `saywell transcribe` wrote, compared with what was read."""
import pathlib
import re
import subprocess

from program import EvaluationError

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
ABBREVIATIONS = {"mr": "mister", "mrs": "missus", "dr": "doctor", "ok": "okay"}
NATIVE_SENTENCES = pathlib.Path("/usr/share/pocketsphinx/test/data/librivox")
REFUSED = 1


def number_words(number):
    """22 -> ["twenty", "two"]; below a million."""
    if number < 20:
        return [ONES[number]]
    if number < 100:
        return [TENS[number // 10], *(number_words(number % 10) if number % 10 else [])]
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number_words(number % size) if number % size else []
            return [*number_words(number // size), name, *rest]
    raise AssertionError(number)


def words_of(text):
    """Lower-case words without punctuation, numbers spoken: as texts are compared."""
    plain = re.sub(r"[^a-z0-9' ]", " ", text.lower().replace("’", "'").replace("-", " "))
    words = []
    for word in plain.split():
        word = word.strip("'")
        if word.isdigit() and len(word) <= 6:
            words.extend(number_words(int(word)))
        elif word:
            words.append(ABBREVIATIONS.get(word, word))
    return words


def compare(expected, actual):
    """The number of word errors, and for each word of `actual` whether it is right."""
    rows, columns = len(expected) + 1, len(actual) + 1
    costs = [[i + j if i * j == 0 else 0 for j in range(columns)] for i in range(rows)]
    for i in range(1, rows):
        for j in range(1, columns):
            same = costs[i - 1][j - 1] + (expected[i - 1] != actual[j - 1])
            costs[i][j] = min(same, costs[i - 1][j] + 1, costs[i][j - 1] + 1)
    right = [False] * len(actual)
    i, j = rows - 1, columns - 1
    while i and j:
        if costs[i][j] == costs[i - 1][j - 1] + (expected[i - 1] != actual[j - 1]):
            i, j = i - 1, j - 1
            right[j] = expected[i] == actual[j]
        elif costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return costs[-1][-1], right


def transcribe(program, audio, answer_format="text"):
    """The program's output; empty where it heard no words."""
    ended = subprocess.run(
        [str(program), "transcribe", str(audio), "--format", answer_format], capture_output=True, check=False
    )
    if ended.returncode not in (0, REFUSED):
        raise EvaluationError(f"saywell transcribe {audio}: {ended.stderr.decode().strip()}")
    return ended.stdout.decode()


def native_sentences():
    """Pairs of a LibriVox recording of Debian's pocketsphinx-testdata and what is read there."""
    pairs = []
    for line in (NATIVE_SENTENCES / "transcription").read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"<s> (.*) </s> \((.*)\)", line.strip())
        if match:
            pairs.append((NATIVE_SENTENCES / f"{match.group(2)}.wav", re.sub(r"\(\d+\)", "", match.group(1))))
    return pairs
