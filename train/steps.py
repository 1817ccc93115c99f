"""The steps from a corpus to trained heads. Each reads files of the work folder and leaves files there; their order
is in train.py. Steps that fit a network run in processes of their own, one thread each, so that a step
gives the same network however many run beside it.
"""
import concurrent.futures
import dataclasses
import json
import multiprocessing
import os
import pathlib
import random

import numpy as np

import changed_texts
import corpus as corpora
import doubled_words
import speeds
from feature_schema import SCHEMA
from features import FRAME_S, Features, compute_features
from manifest import MANIFEST
from synthetic import frame_labels as synthetic_frame_labels
from synthetic import read_synthetic, synthesise

FOLDS = 5
FINAL = FOLDS  # the "fold" without test speakers: fitted on all speakers
MEMBERS = 6  # networks of one scorer: their mean is its answer
CLASSIFIERS = 2  # the same of one classifier of miscues
SAID = 0.5  # from this score of the experts on, a phone was said, however badly


@dataclasses.dataclass(frozen=True)
class Plan:
    corpus: pathlib.Path
    program: pathlib.Path
    fetched_models: pathlib.Path  # encoder, VAD and dictionary
    work: pathlib.Path
    output: pathlib.Path
    jobs: int
    limit: int  # recordings; 0: all
    seed: int
    head_epochs: int
    scorer_epochs: int
    classifier_epochs: int
    model_name: str  # in every result

    def utterances(self):
        return corpora.thinned(corpora.read_corpus(self.corpus), self.limit)

    def folds(self, utterances):
        return corpora.speaker_folds(utterances, FOLDS)

    def readings(self):
        """The scorer's training data, as lists to choose one from: each recording's own text at all speeds, and other
        texts, each at one of the speeds."""
        utterances = self.utterances()
        changed = changed_texts.changed_readings(utterances, self.seed)
        rng = random.Random(self.seed)
        choices = []
        for name, paths in self.other_speeds(utterances).items():
            own = utterances[name]
            choices.append([own, *(dataclasses.replace(own, id=path.stem, audio=path) for path in paths)])
            choices.append(
                [dataclasses.replace(other, audio=rng.choice([own.audio, *paths])) for other in changed[name]]
            )
        return choices

    def miscue_readings(self):
        """The further readings of the classifier of miscues, in the same shape: recordings with a word said twice, and
        texts in which a word is missing, one is changed or several are, each at one of all speeds; two of the last
        kinds in an epoch."""
        utterances = self.utterances()
        choices = [
            [dataclasses.replace(utterances[name], id=path.stem, audio=path, repetitions=[place])]
            for name, (path, place) in doubled_words.read_doubled(self.work / "doubled").items()
        ]
        rng = random.Random(self.seed)
        at_other_speeds = self.other_speeds(utterances)

        def at_some_speed(name, texts):
            audio = [utterances[name].audio, *at_other_speeds[name]]
            return [dataclasses.replace(text, audio=rng.choice(audio)) for text in texts]

        for name, texts in changed_texts.with_an_insertion(utterances, self.seed).items():
            choices.append(at_some_speed(name, texts))
        for name, kinds in changed_texts.readings_for_the_classifier(utterances, self.seed).items():
            choices += 2 * [at_some_speed(name, texts) for texts in kinds]
        return choices

    def other_speeds(self, utterances):
        return speeds.at_other_speeds(utterances, self.work / "speeds")


def say(text):
    print(text, flush=True)


def fold_name(fold):
    return "final" if fold == FINAL else f"fold {fold}"


def in_processes(plan, function, arguments):
    """function(plan, argument) of each argument, `plan.jobs` at a time; results in order.

    Each process computes with one thread: sums then have one order, and a seed gives one network.
    """
    context = multiprocessing.get_context("spawn")
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with concurrent.futures.ProcessPoolExecutor(plan.jobs, mp_context=context) as pool:
        futures = [pool.submit(function, plan, argument) for argument in arguments]
        return [future.result() for future in futures]


def make_synthetic(plan):
    texts = [utterance.text for utterance in plan.utterances().values()]
    synthesise(plan.work / "synthetic", texts, plan.fetched_models / "cmudict.js", plan.jobs, plan.seed, plan.limit)
    return {"recordings": len(read_synthetic(plan.work / "synthetic"))}


def make_embeddings(plan):
    utterances = plan.utterances()
    speeds.write_at_other_speeds(utterances, plan.work / "speeds", plan.jobs)
    spoken = [(item.id, item.audio) for item in utterances.values()]
    spoken += [(path.stem, path) for paths in plan.other_speeds(utterances).values() for path in paths]
    synthetic = [(item.id, item.audio) for item in read_synthetic(plan.work / "synthetic").values()]
    counts = {}
    for name, recordings in (("embeddings", spoken), ("synthetic_embeddings", synthetic)):
        lines = [{"id": its_id, "audio": str(path)} for its_id, path in recordings]
        compute_features(plan.program, lines, plan.work / name, "embeddings", plan.jobs, plan.fetched_models)
        counts[name] = _count(Features(plan.work / name))
    return counts


def _count(features):
    for name, why in features.failed.items():
        say(f"  left out: {name}: {why}")
    return {"recordings": len(features), "left out": len(features.failed)}


def label_frames(plan):
    return in_processes(plan, label_frames_by, [plan.seed])[0]


def label_frames_by(plan, seed):
    """Frame labels of the corpus, from a classifier that learnt on synthetic speech."""
    import frame_labels

    examples = list(_synthetic_examples(plan).values())
    classifier, accuracy = frame_labels.train_frame_classifier(
        examples, seed, lambda epoch, loss, seconds: say(f"  epoch {epoch + 1}: loss {loss:.3f}, {seconds:.0f} s")
    )
    priors = frame_labels.log_priors(examples)
    features = Features(plan.work / "embeddings")
    labels, spans, too_short = {}, {}, 0
    utterances = plan.utterances()
    for name, spoken in _spoken(plan, utterances, features).items():
        words = [[corpora.PHONE_ID[phone] for phone in word] for word in utterances[name].words]
        for its_id in spoken:
            aligned = frame_labels.label_frames(classifier, priors, features.rows(its_id), words)
            if aligned is None:
                too_short += 1
                continue
            labels[its_id], of_word = aligned
            if its_id == name:
                times_s = features.frame_times_s(name)
                spans[name] = [word_span_s(times_s[of_word == place]) for place in range(len(words))]
    np.savez(plan.work / "frame_labels.npz", **labels)
    (plan.work / "word_spans.json").write_text(json.dumps(spans), encoding="utf-8")
    return {"frame accuracy on held-out synthetic speech": accuracy, "aligned": len(labels), "too short": too_short}


def double_words(plan):
    spans_s = json.loads((plan.work / "word_spans.json").read_text(encoding="utf-8"))
    doubled_words.write_doubled(plan.utterances(), spans_s, plan.work / "doubled", plan.jobs, plan.seed)
    return {"recordings": len(doubled_words.read_doubled(plan.work / "doubled"))}


def word_span_s(times_s):
    """When a word begins and ends whose frames have their middles at `times_s`."""
    return [float(times_s[0] - FRAME_S / 2), float(times_s[-1] + FRAME_S / 2)]


def _spoken(plan, utterances, features):
    """{id: the ids in `features` of that recording as it is, then at other speeds}."""
    return {
        name: [
            its_id
            for its_id in (name, *(path.stem for path in paths))
            if its_id in features and features.row_count(its_id)
        ]
        for name, paths in plan.other_speeds(utterances).items()
    }


def _synthetic_examples(plan):
    from phone_head import Example

    features = Features(plan.work / "synthetic_embeddings")
    spoken = read_synthetic(plan.work / "synthetic")
    return {
        name: Example(
            features.rows(name),
            synthetic_frame_labels(spoken[name].segments, features.frame_times_s(name)),
            spoken[name].phone_ids,
        )
        for name in features
    }


def _real_examples(plan, utterances):
    """{id: [Example of the recording as it is, then at other speeds]}.

    At the recording's own speed all canonical phones are targets; at the other speeds phones that the experts did not
    hear are none. A head that always learns phones where they are not would find them everywhere; one that never does
    hears accents worse (docs/experiments/phone-head.md)."""
    from phone_head import NO_LABEL, Example

    features = Features(plan.work / "embeddings")
    labels = np.load(plan.work / "frame_labels.npz")
    examples = {}
    for name, spoken in _spoken(plan, utterances, features).items():
        utterance = utterances[name]
        for its_id in spoken:
            rows = features.rows(its_id)
            columns = labels[its_id] if its_id in labels else np.full(len(rows), NO_LABEL)
            phone_ids = utterance.phone_ids if its_id == name else said_phone_ids(utterance)
            examples.setdefault(name, []).append(Example(rows, columns, phone_ids))
    return examples


def said_phone_ids(utterance):
    """The canonical phones without those that the experts did not hear."""
    return [phone for phone, score in zip(utterance.phone_ids, utterance.phone_scores) if score >= SAID]


def train_phone_heads(plan):
    """The final head first: it takes longest."""
    order = [FINAL, *range(FOLDS)]
    return dict(zip(map(fold_name, order), in_processes(plan, train_one_phone_head, order)))


def train_one_phone_head(plan, fold):
    """A head that has not heard the speakers of `fold`, as ONNX; returns its figures on them."""
    import phone_head

    utterances = plan.utterances()
    fold_of = plan.folds(utterances)
    real = _real_examples(plan, utterances)
    training = [spoken for name, spoken in real.items() if fold_of[name] != fold]
    held_out = [spoken[0] for name, spoken in real.items() if fold_of[name] == fold]
    training += [[example] for example in _synthetic_examples(plan).values()]

    def report(epoch, loss, seconds):
        say(f"  {fold_name(fold)}, epoch {epoch + 1} of {plan.head_epochs}: loss {loss:.3f}, {seconds:.0f} s")

    head = phone_head.train_phone_head(training, plan.seed + fold + 1, plan.head_epochs, report)
    folder = model_folder(plan, fold)
    folder.mkdir(parents=True, exist_ok=True)
    phone_head.export_phone_head(head, folder / "phone_head.onnx")
    return phone_head.measure(head, held_out) if held_out else {}


def model_folder(plan, fold):
    return plan.work / "models" / fold_name(fold).replace(" ", "_")


def make_scorer_inputs(plan):
    """The program's inputs for the scorer, for each fold with the head that does not know its speakers."""
    readings = _by_id(plan.readings() + plan.miscue_readings())
    fold_of = plan.folds(readings)
    counts = {}
    for fold in range(FOLDS):
        folder = model_folder(plan, fold)
        _link_fetched_models(plan.fetched_models, folder)
        lines = [reading.request_line() for name, reading in readings.items() if fold_of[name] == fold]
        prefix = plan.work / f"scorer_inputs_{fold}"
        compute_features(plan.program, lines, prefix, "scorer", plan.jobs, folder)
        counts[fold_name(fold)] = _count(Features(prefix))
    return counts


def _by_id(choices):
    return {reading.id: reading for same in choices for reading in same}


def _link_fetched_models(fetched, folder):
    """Not the manifest, which has the sums of the published heads, not of these."""
    for path in fetched.resolve().iterdir():
        link = folder / path.name
        if path.name != MANIFEST and not link.exists():
            link.symlink_to(path)


def read_readings(plan, choices, make_reading):
    """{fold: lists of Readings to choose from}: those of `choices` that the program could process."""
    fold_of = plan.folds(_by_id(choices))
    readings = {}
    for fold in range(FOLDS):
        features = _scorer_inputs(plan, fold)
        made = [
            [
                make_reading(spoken, features)
                for spoken in same
                if spoken.id in features and features.row_count(spoken.id)
            ]
            for same in choices
            if fold_of[same[0].id] == fold
        ]
        readings[fold] = [same for same in made if same]
    return readings


def _scorer_inputs(plan, fold):
    prefix = plan.work / f"scorer_inputs_{fold}"
    return Features(prefix, "scorer")


def _readings_for_scorers(plan):
    from scorer import make_reading

    return read_readings(plan, plan.readings(), make_reading)


def _readings_for_classifiers(plan):
    from miscue_classifier import make_reading

    return read_readings(plan, plan.readings() + plan.miscue_readings(), make_reading)


def train_scorers(plan):
    """Cross-validation over the folds of the heads, and the final scorer; figures against the experts."""
    in_processes(plan, train_one_scorer, _members(MEMBERS))
    return in_processes(plan, finish_scorers, [plan.model_name])[0]


def _members(count):
    """(fold, member) of all networks of a kind, the final ones first: they take longest."""
    return [(fold, member) for fold in (FINAL, *range(FOLDS)) for member in range(count)]


def network_file(plan, kind, fold, member):
    return plan.work / f"{kind}_{fold_name(fold).replace(' ', '_')}_{member}.pt"


def train_one_scorer(plan, fold_and_member):
    """One network of the scorer that does not know the speakers of `fold`, as a file."""
    from scorer import train_scorer

    _train_member(plan, "scorer", fold_and_member, _readings_for_scorers(plan), train_scorer, plan.scorer_epochs)


def _train_member(plan, kind, fold_and_member, readings, train, epochs):
    import torch

    fold, member = fold_and_member
    training = [same for its_fold, choices in readings.items() if its_fold != fold for same in choices]

    def report(epoch, loss, seconds):
        say(
            f"  {kind}, {fold_name(fold)}, network {member + 1}, epoch {epoch + 1} of {epochs}: "
            f"loss {loss:.3f}, {seconds:.0f} s"
        )

    seed = plan.seed + fold + (FOLDS + 1) * member
    torch.save(train(training, seed, epochs, report), network_file(plan, kind, fold, member))


def finish_scorers(plan, model_name):
    """All scorers as ONNX, so that the program can be tried on speakers its models do not know; the figures of
    those of the folds."""
    import scorer as scorers
    from metrics import agreement

    recorded = plan.utterances()
    as_read = {
        fold: [reading for same in choices for reading in same if reading.id in recorded]
        for fold, choices in _readings_for_scorers(plan).items()
    }
    ensembles = {
        fold: scorers.Ensemble(_load_members(plan, "scorer", fold, MEMBERS)).eval() for fold in (*range(FOLDS), FINAL)
    }
    uncalibrated = {}
    for fold in range(FOLDS):
        uncalibrated.update(scorers.predict(ensembles[fold], as_read[fold]))
    unseen = {}
    for fold, ensemble in ensembles.items():
        # Not with the fold's own speakers: the curve would know them.
        ensemble.calibrate(
            [reading for its_fold, known in as_read.items() if its_fold != fold for reading in known], uncalibrated
        )
        scorers.export_scorer(ensemble, as_read[0][0], _new_model(plan, fold, "scorer.onnx"), _metadata(model_name))
        if fold != FINAL:
            unseen.update(scorers.predict(ensemble, as_read[fold]))
    np.savez(
        plan.work / "cross_validation.npz",
        **{
            f"{name}/{level}": values
            for name, scores in unseen.items()
            for level, values in zip(("phones", "words", "utterance"), scores)
        },
    )
    return {"cross-validation": agreement(unseen, {name: utterance.labels for name, utterance in recorded.items()})}


def _load_members(plan, kind, fold, count):
    import torch

    return [torch.load(network_file(plan, kind, fold, member)) for member in range(count)]


def _new_model(plan, fold, name):
    path = model_folder(plan, fold) / name
    path.unlink(missing_ok=True)  # a link to the one before
    return path


def _metadata(model_name):
    return {"name": model_name, "feature_schema": SCHEMA.hash}


def train_classifiers(plan):
    """The classifiers of miscues of all folds and the final one; how well those of the folds find miscues."""
    in_processes(plan, train_one_classifier, _members(CLASSIFIERS))
    return in_processes(plan, finish_classifiers, [plan.model_name])[0]


def train_one_classifier(plan, fold_and_member):
    """One network of the classifier that does not know the speakers of `fold`, as a file."""
    from miscue_classifier import train_classifier

    _train_member(
        plan, "classifier", fold_and_member, _readings_for_classifiers(plan), train_classifier, plan.classifier_epochs
    )


def finish_classifiers(plan, model_name):
    """All classifiers as ONNX; the figures of those of the folds."""
    import miscue_classifier as classifiers
    from metrics import miscue_figures

    readings = {fold: list(_by_id(choices).values()) for fold, choices in _readings_for_classifiers(plan).items()}
    told, truth = [], []
    for fold in (*range(FOLDS), FINAL):
        ensemble = classifiers.Ensemble(_load_members(plan, "classifier", fold, CLASSIFIERS)).eval()
        classifiers.export_classifier(
            ensemble, readings[0][0], _new_model(plan, fold, "miscues.onnx"), _metadata(model_name)
        )
        if fold != FINAL:
            predicted = classifiers.predict(ensemble, readings[fold])
            told += [predicted[reading.id] for reading in readings[fold]]
            truth += readings[fold]
    return {"miscues": miscue_figures(told, truth)}


def read_results(plan):
    path = plan.work / "results.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_results(plan, results):
    text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    (plan.work / "results.json").write_text(text, encoding="utf-8")
