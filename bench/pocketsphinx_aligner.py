"""pocketsphinx as a forced aligner of words and phones, through its public command alone.

Debian's version has no `align` command. So the first pass takes the words of each text as a grammar of one path; the
second takes the phones of the pronunciations it chose, with a dictionary in which every phone is a word. Both passes
load their models once for all recordings.
"""
import pathlib
import re
import subprocess

MODEL_FOLDER = pathlib.Path("/usr/share/pocketsphinx/model/en-us")
WAV_HEADER_BYTES = "44"


class Aligner:
    """Prepares its inputs in `folder` once; command_lines() may then be run any number of times."""

    def __init__(self, folder, recordings):
        """`recordings`: {name: (path of a WAV file, text)}."""
        self._folder = folder
        self._texts = {name: self._words(text) for name, (_, text) in recordings.items()}
        for name, (path, _) in recordings.items():
            (folder / f"{name}.wav").symlink_to(path)
        self._dictionary = dict(
            line.split(maxsplit=1)
            for line in (MODEL_FOLDER / "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines()
        )
        self._write_phone_dictionary()
        self._write_grammars("words", self._texts)
        names = folder / "once.ctl"
        names.write_text("".join(f"{name}\n" for name in recordings), encoding="utf-8")
        subprocess.run(self._command("words", names), check=True, capture_output=True)
        self._write_grammars("phones", self._chosen_phones())

    def command_lines(self, copies):
        """The commands that align every recording `copies` times: words, then phones."""
        names = self._folder / f"{copies}.ctl"
        names.write_text("".join(f"{name}\n" for name in self._texts) * copies, encoding="utf-8")
        return [self._command(level, names) for level in ("words", "phones")]

    @staticmethod
    def _words(text):
        return re.findall(r"[a-z']+", text.lower())

    def _write_phone_dictionary(self):
        phones = {phone for line in self._dictionary.values() for phone in line.split("#")[0].split()}
        text = "".join(f"{phone} {phone}\n" for phone in sorted(phones))
        (self._folder / "phones.dict").write_text(text, encoding="utf-8")

    def _write_grammars(self, level, chains):
        (self._folder / level).mkdir()
        for name, chain in chains.items():
            steps = "".join(f"TRANSITION {i} {i + 1} 1.0 {item}\n" for i, item in enumerate(chain))
            text = (
                f"FSG_BEGIN {name}\nNUM_STATES {len(chain) + 1}\nSTART_STATE 0\nFINAL_STATE {len(chain)}\n"
                f"{steps}FSG_END\n"
            )
            (self._folder / level / f"{name}.fsg").write_text(text, encoding="utf-8")

    def _chosen_phones(self):
        """Phones of the variants in the word alignment: lines "NAME S 0 T … end word end word …"."""
        chosen = {}
        for line in (self._folder / "words.seg").read_text(encoding="utf-8").splitlines():
            name, *fields = line.split()
            words = [field for field in fields if field in self._dictionary and field.islower()]
            chosen[name] = [phone for word in words for phone in self._dictionary[word].split("#")[0].split()]
        unread = [name for name in self._texts if not chosen.get(name)]
        if unread:
            raise RuntimeError(f"pocketsphinx found no alignment of {', '.join(unread)}")
        return chosen

    def _command(self, level, names):
        dictionary = MODEL_FOLDER / "cmudict-en-us.dict" if level == "words" else self._folder / "phones.dict"
        return [
            "pocketsphinx_batch",
            "-hmm",
            str(MODEL_FOLDER / "en-us"),
            "-dict",
            str(dictionary),
            "-fsgctl",
            str(names),
            "-fsgdir",
            str(self._folder / level),
            "-fsgext",
            ".fsg",
            "-ctl",
            str(names),
            "-cepdir",
            str(self._folder),
            "-cepext",
            ".wav",
            "-adcin",
            "yes",
            "-adchdr",
            WAV_HEADER_BYTES,
            "-hypseg",
            str(self._folder / f"{level}.seg"),
            "-logfn",
            str(self._folder / f"{level}.log"),
        ]
