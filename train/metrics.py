"""Agreement of scores with the experts', beside published figures."""
import numpy as np

from corpus import UTTERANCE_SCORES, WORD_SCORES

MISPRONOUNCED = 0.5  # a phone with a lower score of the experts counts as mispronounced

# System, then its figures in the order of COLUMNS: speechocean762, official test half.
PUBLISHED = [
    ("Kaldi recipe: GOP + SVR (arXiv:2104.01378)", 0.16, 0.45, None, None, None, None, None, None, None),
    ("GOPT (arXiv:2205.03432)", 0.085, 0.612, 0.533, 0.291, 0.549, 0.714, 0.753, 0.760, 0.742),
    ("HierTFR (ACL 2024)", 0.081, 0.644, 0.622, 0.325, 0.634, 0.735, 0.801, 0.795, 0.764),
    ("3MH (arXiv:2503.11229)", 0.071, 0.693, 0.682, 0.361, 0.694, 0.782, 0.843, 0.836, 0.811),
    ("JCAPT (arXiv:2506.19315)", 0.066, 0.720, 0.699, 0.270, 0.711, 0.783, 0.834, 0.824, 0.806),
    ("HMamba (arXiv:2502.07575)", 0.062, 0.739, 0.708, 0.366, 0.718, 0.807, 0.848, 0.843, 0.829),
    ("MuFFIN (arXiv:2510.04956)", 0.063, 0.742, 0.705, 0.315, 0.714, 0.807, 0.841, 0.832, 0.830),
    ("Azure Pronunciation Assessment (arXiv:2503.11229)", None, None, 0.623, None, None, 0.700, 0.715, 0.842, 0.782),
]
COLUMNS = (
    "phone MSE",
    "phone PCC",
    "word acc",
    "word stress",
    "word total",
    "utt acc",
    "utt fluency",
    "utt prosodic",
    "utt total",
)


def pearson(left, right):
    """Correlation; nan when one of them is constant."""
    left, right = np.asarray(left, float), np.asarray(right, float)
    if len(left) < 2 or left.std() == 0 or right.std() == 0:
        return float("nan")
    return float(np.corrcoef(left, right)[0, 1])


def one_expert(opinions):
    """The mean correlation of one expert with the mean of the others, by the names of COLUMNS. `opinions`: of each
    recording those of as many experts (corpus.Opinion)."""
    levels = {
        "word acc": np.concatenate([[of_one.word_accuracies for of_one in of_all] for of_all in opinions], 1),
        "utt acc": np.array([[of_one.accuracy for of_one in of_all] for of_all in opinions]).T,
        "utt total": np.array([[of_one.total for of_one in of_all] for of_all in opinions]).T,
    }
    return {
        level: float(np.mean([pearson(expert, np.delete(given, i, 0).mean(0)) for i, expert in enumerate(given)]))
        for level, given in levels.items()
    }


def edit_distance(heard, expected):
    """Fewest phones to replace, insert and delete (Levenshtein 1966)."""
    row = list(range(len(expected) + 1))
    for i, left in enumerate(heard, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(expected, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1]


def mispronunciation_f1(scores, labels):
    """(F1, threshold): detecting phones that experts score below 0.5 by a threshold on ours, the best one."""
    wrong = labels < MISPRONOUNCED
    best = (0.0, 0.0)
    for threshold in np.arange(0.3, 1.6, 0.02):
        flagged = scores < threshold
        both = (flagged & wrong).sum()
        best = max(best, (2 * both / max(1, flagged.sum() + wrong.sum()), threshold))
    return float(best[0]), float(best[1])


def miscue_figures(told, truth):
    """F1 of finding miscues among the words and gaps that the search finds. `told`: a reading's probabilities of
    (read, omission, substitution, repetition [W, 4], insertion [W + 1]); `truth`: miscue_classifier.Reading of each.
    """
    of_words = np.concatenate([of_words for of_words, _ in told])
    verdicts = np.concatenate([reading.verdicts for reading in truth])
    found = {
        "not read": (of_words[:, 0] < 0.5, verdicts != 0),
        "repetition": (of_words[:, 3] > 0.5, np.concatenate([reading.repetitions for reading in truth]) == 1),
    }
    insertions = np.concatenate([reading.insertions for reading in truth])
    known = ~np.isnan(insertions)
    found["insertion"] = (np.concatenate([gaps for _, gaps in told])[known] > 0.5, insertions[known] == 1)
    return {"words": len(verdicts), **{f"{name} F1": _f1(*both) for name, both in found.items()}}


def _f1(found, there):
    return float(2 * (found & there).sum() / max(1, found.sum() + there.sum()))


def agreement(predicted, labels):
    """Figures by name. Both: {id: (phone scores 0–2, word scores [W, 3], utterance scores [5])}; of `labels`
    only the ids that were predicted count. The scale of words and utterances is free; nan does not count."""
    names = sorted(predicted)
    phones, words = (np.concatenate([predicted[name][level] for name in names]) for level in (0, 1))
    phone_labels, word_labels = (np.concatenate([labels[name][level] for name in names]) for level in (0, 1))
    utterances = np.stack([predicted[name][2] for name in names])
    utterance_labels = np.stack([labels[name][2] for name in names])
    known = ~np.isnan(phones)
    f1, threshold = mispronunciation_f1(phones[known], phone_labels[known])
    figures = {
        "recordings": len(names),
        "phones": int(known.sum()),
        "phone PCC": pearson(phones[known], phone_labels[known]),
        "phone MSE": float(((phones - phone_labels)[known] ** 2).mean()),
        "mispronounced F1": f1,
        "mispronounced threshold": threshold,
    }
    for i, name in enumerate(WORD_SCORES):
        figures[f"word {name}"] = _known_pearson(words[:, i], word_labels[:, i])
    for i, name in enumerate(UTTERANCE_SCORES):
        figures[f"utt {name}"] = _known_pearson(utterances[:, i], utterance_labels[:, i])
    figures["word acc"], figures["utt acc"] = figures.pop("word accuracy"), figures.pop("utt accuracy")
    return figures


def _known_pearson(scores, labels):
    known = ~np.isnan(scores)
    return pearson(scores[known], labels[known])


def calibration(predicted, labels, groups=10):
    """{level: [(mean of ours, mean of theirs)]} on a scale of 0–100, in groups of equal size by ours, lowest first.
    `predicted` as the program has them: phones 0–2, the rest 0–100."""
    names = sorted(predicted)
    levels = {}
    for level, ours, theirs in (
        ("phone", [predicted[name][0] * 50 for name in names], [labels[name][0] * 50 for name in names]),
        ("word", [predicted[name][1][:, 0] for name in names], [labels[name][1][:, 0] * 50 for name in names]),
        ("overall", [predicted[name][2][-1:] for name in names], [labels[name][2][-1:] * 50 for name in names]),
    ):
        ours, theirs = np.concatenate(ours), np.concatenate(theirs)
        known = ~np.isnan(ours)
        order = np.argsort(ours[known], kind="stable")
        levels[level] = [
            (float(ours[known][part].mean()), float(theirs[known][part].mean()))
            for part in np.array_split(order, groups)
            if len(part)
        ]
    return levels


def typical_errors(predicted, labels):
    """{score: root mean square of ours less theirs} in points of 0–100; both as in calibration()."""
    names = sorted(predicted)
    errors = {"phone": np.concatenate([(predicted[name][0] - labels[name][0]) * 50 for name in names])}
    for level, prefix, scores in ((1, "word ", WORD_SCORES), (2, "sentence ", UTTERANCE_SCORES)):
        apart = np.concatenate([np.atleast_2d(predicted[name][level] - labels[name][level] * 50) for name in names])
        errors.update((prefix + score, apart[:, i]) for i, score in enumerate(scores))
    return {score: float(np.sqrt(np.nanmean(error**2))) for score, error in errors.items()}


def table(label, figures):
    """Our row beside the published ones, as a Markdown table."""
    rows = [(label, *(figures[column] for column in COLUMNS)), *PUBLISHED]
    lines = ["| system | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    lines += ["| " + " | ".join([row[0], *map(_cell, row[1:])]) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value):
    return "–" if value is None else f"{value:.3f}"
