"""A corpus of three recordings without audio, for the tests."""
import pathlib

FILES = {
    "text": "a1\tWE CALL\na2\tIT\nb1\tBEAR\n",
    "text-phone": "a1.0\tW_B IY0_E\na1.1\tK_B AO0_I L_E\na2.0\tIH0_B T_E\nb1.0\tB_B EH0_I R_E\n",
    "utt2spk": "a1\ta\na2\ta\nb1\tb\n",
    "phone.tsv": (
        "utt\tphones\tscores\na1\tW IY K AO L\t2.0 1.8 2.0 0.4 2.0\n" "a2\tIH T\t2.0 1.0\nb1\tB EH R\t2.0 2.0 0.2\n"
    ),
    "word.tsv": (
        "utt\tindex\tword\taccuracy\tstress\ttotal\na1\t0\tWE\t10\t10\t9\na1\t1\tCALL\t5\t10\t6\n"
        "a2\t0\tIT\t8\t10\t8\nb1\t0\tBEAR\t4\t5\t4\n"
    ),
    "utterance.tsv": (
        "utt\taccuracy\tcompleteness\tfluency\tprosodic\ttotal\na1\t8\t10\t9\t9\t8\n"
        "a2\t9\t10\t7\t8\t9\nb1\t4\t10\t5\t4\t4\n"
    ),
}


def write_tiny_corpus(folder, **changed):
    """Its files, those in `changed` (name with _ for - and .) with other content."""
    for name, content in FILES.items():
        key = name.replace("-", "_").replace(".", "_")
        pathlib.Path(folder, name).write_text(changed.get(key, content), encoding="utf-8")
    return folder
