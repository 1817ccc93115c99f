"""The steps from a corpus to trained heads. Each reads files of the work folder and leaves files there; the order
stands in train.py. Steps that fit a network run in processes of their own, one thread each, so that a step
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
import speeds
from features import Features, compute_features
from synthetic import frame_labels as synthetic_frame_labels
from synthetic import read_synthetic, synthesise

FOLDS = 5
FINAL = FOLDS  # the "fold" of nobody: fitted on all speakers
SCORER_ROW = "row"
MEMBERS = 6  # networks of one scorer: their mean is its answer
SAID = 0.5  # experts' score from which a phone was said at all, however badly


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
    model_name: str  # in every result

    def utterances(self):
        return corpora.thinned(corpora.read_corpus(self.corpus), self.limit)

    def folds(self, utterances):
        return corpora.speaker_folds(utterances, FOLDS)

    def readings(self):
        """What the scorer learns from, as lists to choose one from: of each recording its text, as it is and at other
        speeds; and other texts, each at one of all speeds."""
        utterances = self.utterances()
        changed = changed_texts.changed_readings(utterances, self.seed)
        rng = random.Random(self.seed)
        choices = []
        for name, paths in self.other_speeds(utterances).items():
            own = utterances[name]
            choices.append([own, *(dataclasses.replace(own, id=path.stem, audio=path) for path in paths)])
            choices.append([dataclasses.replace(other, audio=rng.choice([own.audio, *paths]))
                            for other in changed[name]])
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
        examples, seed, lambda epoch, loss, seconds: say(f"  epoch {epoch + 1}: loss {loss:.3f}, {seconds:.0f} s"))
    priors = frame_labels.log_priors(examples)
    features = Features(plan.work / "embeddings")
    labels, too_short = {}, 0
    utterances = plan.utterances()
    for name, spoken in _spoken(plan, utterances, features).items():
        words = [[corpora.PHONE_ID[phone] for phone in word] for word in utterances[name].words]
        for its_id in spoken:
            columns = frame_labels.label_frames(classifier, priors, features.rows(its_id), words)
            if columns is None:
                too_short += 1
            else:
                labels[its_id] = columns
    np.savez(plan.work / "frame_labels.npz", **labels)
    return {"frame accuracy on held-out synthetic speech": accuracy, "aligned": len(labels),
            "too short": too_short}


def _spoken(plan, utterances, features):
    """{id: the ids in `features` of that recording as it is, then at other speeds}."""
    return {name: [its_id for its_id in (name, *(path.stem for path in paths))
                   if its_id in features and features.row_count(its_id)]
            for name, paths in plan.other_speeds(utterances).items()}


def _synthetic_examples(plan):
    from phone_head import Example

    features = Features(plan.work / "synthetic_embeddings")
    spoken = read_synthetic(plan.work / "synthetic")
    return {name: Example(features.rows(name),
                          synthetic_frame_labels(spoken[name].segments, features.frame_times_s(name)),
                          spoken[name].phone_ids)
            for name in features}


def _real_examples(plan, utterances):
    """{id: [Example of the recording as it is, then at other speeds]}.

    Of the recording as it is, all canonical phones are to be found; at the other speeds those that the experts did
    not hear are no targets. A head that always learns them where they are not would find them in everything; one that
    never does is the worse listener to accents (train/README.md).
    """
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
    """The canonical phones but those that the experts did not hear."""
    return [phone for phone, score in zip(utterance.phone_ids, utterance.phone_scores) if score >= SAID]


def train_phone_heads(plan):
    """The final head first: it takes longest."""
    order = [FINAL, *range(FOLDS)]
    return dict(zip(map(fold_name, order), in_processes(plan, train_one_phone_head, order)))


def train_one_phone_head(plan, fold):
    """A head that has not heard the speakers of `fold`, as ONNX; how well it does on them."""
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
    """What the program computes for the scorer, of each fold with the head that does not know its speakers."""
    readings = _by_id(plan.readings())
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
    for path in fetched.resolve().iterdir():
        link = folder / path.name
        if not link.exists():
            link.symlink_to(path)


def read_readings(plan):
    """{fold: lists of Readings to choose from}: those of Plan.readings() that the program could do something with."""
    from scorer import make_reading

    choices = plan.readings()
    fold_of = plan.folds(_by_id(choices))
    readings = {}
    for fold in range(FOLDS):
        prefix = plan.work / f"scorer_inputs_{fold}"
        features = Features(prefix, row_size=_first(Features(prefix), SCORER_ROW))
        made = [[make_reading(spoken, features) for spoken in same
                 if spoken.id in features and features.row_count(spoken.id)]
                for same in choices if fold_of[same[0].id] == fold]
        readings[fold] = [same for same in made if same]
    return readings


def _first(features, key):
    for name in features:
        return features.about(name)[key]
    raise ValueError("the program computed scorer inputs of no recording")


def train_scorers(plan):
    """Cross-validation over the folds of the heads, and the final scorer; figures against the experts."""
    order = [(fold, member) for fold in (FINAL, *range(FOLDS)) for member in range(MEMBERS)]
    in_processes(plan, train_one_scorer, order)
    return in_processes(plan, finish_scorers, [plan.model_name])[0]


def scorer_file(plan, fold, member):
    return plan.work / f"scorer_{fold_name(fold).replace(' ', '_')}_{member}.pt"


def train_one_scorer(plan, fold_and_member):
    """One network of the scorer that does not know the speakers of `fold`, as a file."""
    import torch

    import scorer as scorers

    fold, member = fold_and_member
    training = [same for its_fold, choices in read_readings(plan).items() if its_fold != fold for same in choices]

    def report(epoch, loss, seconds):
        say(f"  {fold_name(fold)}, network {member + 1}, epoch {epoch + 1} of {plan.scorer_epochs}: "
            f"loss {loss:.3f}, {seconds:.0f} s")

    seed = plan.seed + fold + (FOLDS + 1) * member
    torch.save(scorers.train_scorer(training, seed, plan.scorer_epochs, report), scorer_file(plan, fold, member))


def finish_scorers(plan, model_name):
    """All scorers as ONNX, so that the program can be tried on speakers its models do not know; the figures of
    those of the folds."""
    import scorer as scorers
    from metrics import agreement, verdict_figures

    recorded = plan.utterances()
    readings = {fold: _by_id(choices) for fold, choices in read_readings(plan).items()}
    as_read = {fold: [reading for name, reading in known.items() if name in recorded]
               for fold, known in readings.items()}
    version = _first(Features(plan.work / "scorer_inputs_0"), "version")
    ensembles = {fold: _load_scorer(plan, fold) for fold in (*range(FOLDS), FINAL)}
    uncalibrated = {}
    for fold in range(FOLDS):
        uncalibrated.update(scorers.predict(ensembles[fold], as_read[fold]))
    unseen = {}
    for fold, ensemble in ensembles.items():
        # Not by the fold's own speakers: their figures would be those of a curve that knows them.
        ensemble.calibrate([reading for its_fold, known in as_read.items() if its_fold != fold for reading in known],
                           uncalibrated)
        path = model_folder(plan, fold) / "scorer.onnx"
        path.unlink(missing_ok=True)  # a link to the one before
        scorers.export_scorer(ensemble, as_read[0][0], path,
                              {"name": model_name, "scorer_inputs_version": str(version)})
        if fold != FINAL:
            unseen.update(scorers.predict(ensemble, list(readings[fold].values())))
    own = {name: scores[:3] for name, scores in unseen.items() if name in recorded}
    np.savez(plan.work / "cross_validation.npz",
             **{f"{name}/{level}": values for name, scores in own.items()
                for level, values in zip(("phones", "words", "utterance"), scores)})
    labels = {name: utterance.labels for name, utterance in recorded.items()}
    spoken = _by_id(plan.readings())
    verdicts = {name: (scores[3], spoken[name].verdicts) for name, scores in unseen.items()}
    return {"cross-validation": agreement(own, labels), "words that were not read": verdict_figures(verdicts)}


def _load_scorer(plan, fold):
    import torch

    import scorer as scorers

    return scorers.Ensemble([torch.load(scorer_file(plan, fold, member)) for member in range(MEMBERS)]).eval()


def read_results(plan):
    path = plan.work / "results.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_results(plan, results):
    text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    (plan.work / "results.json").write_text(text, encoding="utf-8")
