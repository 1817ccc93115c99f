"""The model card of the heads, its figures filled in from a training run."""
import textwrap

import metrics

OUR_ROW = "**Saywell**, 5-fold cross-validation"
TABLE_NOTE = """\
Ours: on the corpus's training half, tested on speakers that neither the phone head nor the scorer of that fold has
heard. The folds have one level: the inputs from which a fold's scorer learns come from the other folds' heads, and
those have heard the speakers it is tested on. Published: trained on that half, tested on the official test half."""

CARD = """\
# Model card: Saywell's heads

`phone_head.onnx` turns embeddings of speech into phone posteriors. From the features of an alignment `scorer.onnx`
computes scores of phones, words and the reading, and `miscues.onnx` the probabilities of omission, substitution,
insertion and repetition. All are small networks on top of the frozen encoder of Moonshine base (MIT, fetched at
set-up), fitted by `make train CORPUS=folder` ([how](../train/README.md)). Licence: Apache-2.0.

## Data

{recordings} recordings of {source}
The corpus is under CC BY 4.0; no recording or text of it is part of these files. The phone head also learnt from
{synthetic} sentences and word lists spoken by flite's voices slt, rms, awb and kal16, whose phone times are known.
Further copies of each recording have 0.9 and 1.1 times its speed, changed texts, or a doubled word.
`trained_speakers.txt` lists the speakers of the corpus that were used: figures on them are in-sample.

## What the scores are valid for

- Reading a known English text aloud, at most a few sentences at a time, in a quiet place.
- **American English pronunciations.** British variants are accepted as right where the dictionary lists them as a
  variant; others are scored as deviations, although they are none.
- Fitted to the judgement of five experts on **Mandarin-speaking children and adults**. Speakers of other first
  languages make other errors: expect the ranking of readers to hold and the points to shift. Measure on your own
  recordings before you decide anything with the scores.
- Not for examinations, hiring or medical use without a person who listens too. For comparison: one expert agrees with
  the mean of the other four at 0.73 (phones), 0.76 (words) and 0.79 to 0.82 (utterances) on this corpus.
- Word stress is close to noise: the experts agree among themselves at 0.2. Completeness is 10 in nearly all
  recordings, so the program computes integrity from the omitted words instead.

## Figures

Pearson correlation with the experts' scores, and mean squared error of the phones (0–2), canonical phones given:

{table}

{note}

Mispronounced phones (the experts' mean below 0.5), single threshold: F1 {f1:.3f}. Phone error rate of the phone head on
speakers it has not heard: {error_rate}. Frames right against the aligned labels:
{frame_accuracy}.

The classifier of miscues, at a probability of 0.5, on the words and gaps of the same recordings with changed texts and
doubled words: F1 {not_read:.3f} for words not read, {insertions:.3f} for insertions, {repetitions:.3f} for repetitions.

Commands: `make train CORPUS=folder`, and `make evaluate CORPUS=folder` for the program as it is.
{settings}

| step | seconds |
|---|---|
{times}
| together | {total} |
"""

SOURCE = """speechocean762 (training half; OpenSLR 101): English sentences read by
125 Mandarin speakers, half of them children, scored by five experts. Zhang et al., "speechocean762: An Open-Source
Non-native English Speech Corpus For Pronunciation Assessment", Interspeech 2021, arXiv:2104.01378."""


def render(results):
    """The page, from the results of steps.py by step name."""
    figures = results["scorers"]["cross-validation"]
    folds = [heads for name, heads in results["phone heads"].items() if name.startswith("fold") and heads]
    miscues = results["classifiers of miscues"]["miscues"]
    seconds = {name: step["seconds"] for name, step in results.items() if "seconds" in step}
    return CARD.format(
        recordings=figures["recordings"],
        source=SOURCE,
        synthetic=results["synthetic speech"]["recordings"],
        table=metrics.table(OUR_ROW, figures),
        note=TABLE_NOTE,
        f1=figures["mispronounced F1"],
        not_read=miscues["not read F1"],
        insertions=miscues["insertion F1"],
        repetitions=miscues["repetition F1"],
        error_rate=_range_of([fold["phone_error_rate"] for fold in folds]),
        frame_accuracy=_range_of([fold["frame_accuracy"] for fold in folds]),
        settings=_settings(results["settings"]),
        times="\n".join(f"| {name} | {value} |" for name, value in seconds.items()),
        total=sum(seconds.values()),
    )


def _settings(settings):
    listed = ", ".join(f"{name} {value}" for name, value in settings.items())
    return textwrap.fill(f"Settings: {listed}.", 120)


def _range_of(values):
    return f"{min(values):.3f} to {max(values):.3f} over the folds" if values else "not measured"
