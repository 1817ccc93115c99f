#!/usr/bin/python3
"""Updates the sums of our own models in the manifest, after something other than train.py has changed them.

  train/manifest.py models
"""
import hashlib
import pathlib
import sys

MANIFEST = "manifest.tsv"
NOT_FETCHED = "-"


def with_sums_of(manifest, files):
    """The text of `manifest`, with the SHA-256 of each of `files` ({name: path}) in its row. Only rows of our own
    models change; KeyError names a file that has no such row."""
    missing = dict(files)
    lines, columns = [], None
    for line in manifest.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if not line.startswith("#") and columns is None:
            columns = {name: at for at, name in enumerate(fields)}
        elif not line.startswith("#") and fields[columns["package"]] == NOT_FETCHED:
            path = missing.pop(fields[columns["file"]], None)
            if path:
                fields[columns["sha256"]] = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append("\t".join(fields))
    if missing:
        raise KeyError(f"{manifest} has no row of our own for {', '.join(sorted(missing))}")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    text = with_sums_of(folder / MANIFEST, {path.name: path for path in folder.glob("*.onnx")})
    (folder / MANIFEST).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
