#!/usr/bin/python3
"""Trains the heads in models/ from a corpus, with a cross-validation.

  train/train.py --corpus FOLDER --program build/saywell --output models

Everything is seeded: the same corpus, program and machine type give the same heads. Intermediate files are in --work;
--resume continues after the last step that was finished there.
"""
import argparse
import pathlib
import shutil
import sys
import time

import manifest
import metrics
import model_card
import steps
from corpus import CorpusError
from features import FeatureError
from manifest import MANIFEST

STEPS = [
    ("synthetic speech", steps.make_synthetic),
    ("embeddings", steps.make_embeddings),
    ("frame labels", steps.label_frames),
    ("doubled words", steps.double_words),
    ("phone heads", steps.train_phone_heads),
    ("scorer inputs", steps.make_scorer_inputs),
    ("scorers", steps.train_scorers),
    ("classifiers of miscues", steps.train_classifiers),
]
HEADS = ("phone_head.onnx", "miscues.onnx", "scorer.onnx")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = pathlib.Path(__file__).parent
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="its layout: train/README.md")
    parser.add_argument(
        "--program", type=pathlib.Path, required=True, help="saywell; models/ with the fetched models " "lies beside it"
    )
    parser.add_argument("--output", type=pathlib.Path, required=True, help="folder of the heads and the model card")
    parser.add_argument("--work", type=pathlib.Path, default=folder / "work", help="files between the steps (8 GB)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--name", default="saywell-heads-9", help="the heads' name and version, told in every result")
    parser.add_argument("--head-epochs", type=int, default=10)
    parser.add_argument("--scorer-epochs", type=int, default=10)
    parser.add_argument("--classifier-epochs", type=int, default=8)
    parser.add_argument("--limit", type=int, default=0, help="only so many recordings: to see that all steps work")
    parser.add_argument("--resume", action="store_true", help="keep the steps that were finished in --work")
    return parser.parse_args()


def make_plan(arguments):
    program = arguments.program.resolve()
    if not program.is_file():
        raise CorpusError(f"{program} is missing: run make")
    arguments.work.mkdir(parents=True, exist_ok=True)
    return steps.Plan(
        arguments.corpus.resolve(),
        program,
        program.parent / "models",
        arguments.work.resolve(),
        arguments.output.resolve(),
        arguments.jobs,
        arguments.limit,
        arguments.seed,
        arguments.head_epochs,
        arguments.scorer_epochs,
        arguments.classifier_epochs,
        arguments.name,
    )


def settings_of(plan):
    return {
        "name": plan.model_name,
        "recordings": len(plan.utterances()),
        "seed": plan.seed,
        "head epochs": plan.head_epochs,
        "scorer epochs": plan.scorer_epochs,
        "classifier epochs": plan.classifier_epochs,
        "processes": plan.jobs,
    }


def run_steps(plan, resume):
    """Results of all steps by name, each with its seconds; also in results.json of the work folder."""
    settings = settings_of(plan)
    results = steps.read_results(plan) if resume else {}
    if results and results.get("settings") != settings:
        raise CorpusError(f"{plan.work} holds another training ({results.get('settings')}): run without --resume")
    results["settings"] = settings
    for name, step in STEPS:
        if name in results:
            steps.say(f"{name}: done before")
            continue
        steps.say(f"{name} …")
        started = time.monotonic()
        figures = step(plan)
        results[name] = {"seconds": round(time.monotonic() - started), **figures}
        steps.write_results(plan, results)
        steps.say(f"{name}: {results[name]['seconds']} s")
    return results


def publish(plan, results):
    """Writes heads, their sums, the model card and the speakers they know to the output folder; on an error none is
    renamed."""
    plan.output.mkdir(parents=True, exist_ok=True)
    fresh = []
    for name in HEADS:
        fresh.append(plan.output / f"{name}.new")
        shutil.copyfile(steps.model_folder(plan, steps.FINAL) / name, fresh[-1])
    speakers = sorted({utterance.speaker for utterance in plan.utterances().values()})
    for name, text in (
        ("MODEL_CARD.md", model_card.render(results)),
        ("trained_speakers.txt", "".join(f"{speaker}\n" for speaker in speakers)),
    ):
        fresh.append(plan.output / f"{name}.new")
        fresh[-1].write_text(text, encoding="utf-8")
    if (plan.output / MANIFEST).exists():
        text = manifest.with_sums_of(plan.output / MANIFEST, {name: plan.output / f"{name}.new" for name in HEADS})
        fresh.append(plan.output / f"{MANIFEST}.new")
        fresh[-1].write_text(text, encoding="utf-8")
    for path in fresh:
        path.replace(path.with_suffix(""))


def main():
    arguments = parse_arguments()
    try:
        plan = make_plan(arguments)
        results = run_steps(plan, arguments.resume)
        publish(plan, results)
    except (CorpusError, FeatureError, OSError) as error:
        sys.exit(f"train: {error}")
    figures = results["scorers"]["cross-validation"]
    print("\n" + metrics.table(model_card.OUR_ROW, figures))
    print("\n" + model_card.TABLE_NOTE)
    print(
        f"Mispronounced phones (experts below 0.5): F1 {figures['mispronounced F1']:.3f} at the best threshold. "
        f"Heads and model card: {plan.output}"
    )


if __name__ == "__main__":
    main()
