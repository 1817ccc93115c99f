#!/usr/bin/env python3
"""Prose in pages and comments: at most 120 columns, table cells of at most 24 words, none of the phrases listed here.

    prose_rules_test.py [REPOSITORY]

The phrases are those that made this project hard to read. `code`, "quotations" and code blocks are not prose.
"""

import io
import re
import sys
import tokenize

from room_rules_test import ROOT, tracked_files

MAX_COLUMNS = 120
MAX_CELL_WORDS = 24

# Where old names and old wording may survive; what other people wrote; inputs that are bytes.
NOT_OURS = re.compile(r"^(?:LICENSE|fuzz/corpus/|web/package-lock\.json)")
NOTEBOOK = re.compile(r"^docs/experiments/")
# Not gone through yet.
UNREAD = re.compile(r"^(?:src/(?:format|wire|store|server)/|web/)")

# What is wrong -> what to write.
PHRASES = {
    r"\bone an? (?=[a-z])": "one per …",
    r"\ban? [a-z]+ each\b": "one per …",
    r"\b(?:he|his|him|himself)\b": "they, the client, its",
    r"\b(?:is|are|was|were|be) told\b": "is sent, is reported, says",
    r"\btells?\b(?! apart)": "reports, shows, says",
    r"\b(?:stands|stood)\b(?! for)": "is, is in, has",
    r"\b(?:lies|lay) (?:in|at|on|below|beside|between|behind|under|within|where)\b": "is in, is at",
    r"(?:^|[.:;] )(?:Who|Whoever|What) (?![^.]*\?)(?:[a-z' ]+ )?(?:is|are|was|were|does|has|had|may|cannot)\b": ""
    "name the subject: the client, a recording",
    r"\bput in\b": "inserted, insertion",
    r"\bleft out\b": "omitted, omission; without",
    r"\bsaid again\b": "repeated, repetition",
    r"\bdoorman\b|\bdoomed\b|\bdoom\b": "authenticator; pending deletion",
    r"\blikewise\b": "the same",
    r"\b(?:before|after) this change\b": "the present; the past goes into the commit message",
}
PATTERNS = {re.compile(phrase): instead for phrase, instead in PHRASES.items()}


def without_code_and_quotations(text):
    text = re.sub(r"``?[^`\n]*``?", "`…`", text)
    return re.sub(r"\"[^\"\n]{0,200}\"|“[^”\n]*”", '"…"', text)


def page_lines(text):
    """(line number, line) of a Markdown page outside code blocks."""
    in_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            in_code = not in_code
        elif not in_code:
            yield number, line


def slash_comments(text):
    """(line number, comment line) of C++ and TypeScript."""
    token = re.compile(
        r'R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'|`(?:\\.|[^`\\])*`'
        r"|(?P<comment>//[^\n]*|/\*(?:.|\n)*?\*/)"
    )
    for match in token.finditer(text):
        if match["comment"]:
            first = text.count("\n", 0, match.start()) + 1
            behind_code = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip() != ""
            if behind_code:
                yield first, ""  # its neighbours are other comments
            for offset, line in enumerate(match["comment"].splitlines()):
                yield first + offset, re.sub(r"^\s*(?://+|/\*+|\*+/?)\s?", "", line)
            if behind_code:
                yield first, ""


def python_prose(text):
    """(line number, line) of Python's comments and docstrings."""
    previous = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.lstrip("# ")
        elif token.type == tokenize.STRING and previous in (None, tokenize.NEWLINE, tokenize.INDENT):
            for offset, line in enumerate(token.string.splitlines()):
                yield token.start[0] + offset, line.strip().strip('"')
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            previous = token.type


def hash_comments(text):
    """(line number, comment line) of shell, make, CMake, TOML and package lists."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.search(r"(?:^|\s)##? (.*)", line)
        if match:
            yield number, match[1]


def prose_of(path, text):
    """(line number, line) of what a person reads in a file; nothing of a kind of file that has no prose."""
    if path.suffix == ".md":
        return page_lines(text)
    if path.suffix in (".cc", ".h", ".ts", ".tsx"):
        return slash_comments(text)
    first_line = text.split("\n", 1)[0]
    if path.suffix == ".py" or re.match(r"#!.*python", first_line):
        return python_prose(text)
    if path.suffix in (".sh", ".cmake", ".toml", ".txt") or path.name == "Makefile" or first_line.startswith("#!"):
        return hash_comments(text)
    return ()


def sentences(lines):
    """(line number, text) of neighbouring lines joined, so that a phrase across a line's end is found too."""
    block, first, last = [], 0, -1
    for number, line in lines:
        if number != last + 1 or not line.strip() or line.lstrip().startswith(("|", "-", "*")):
            if block:
                yield first, " ".join(block)
            block, first = [], number
        block.append(line.strip())
        last = number
    if block:
        yield first, " ".join(block)


def check_columns(name, lines):
    for number, line in lines:
        if not line.startswith("|") and len(line) > MAX_COLUMNS and " " in line.strip():
            yield f"{name}:{number}: {len(line)} columns, at most {MAX_COLUMNS}"


def check_cells(name, lines):
    for number, line in lines:
        for cell in line.split(" | ") if line.startswith("|") else ():
            words = len(cell.strip("| ").split())
            if words > MAX_CELL_WORDS:
                yield f"{name}:{number}: a cell of {words} words, at most {MAX_CELL_WORDS}"


def check_phrases(name, lines):
    for number, text in sentences(lines):
        prose = without_code_and_quotations(text)
        for phrase, instead in PATTERNS.items():
            match = phrase.search(prose)
            if match:
                yield f"{name}:{number}: '…{prose[max(0, match.start() - 20):match.end() + 15]}…': write: {instead}"


def check(path):
    name = path.relative_to(ROOT).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # binary
    lines = list(prose_of(path, text))
    yield from check_columns(name, lines)
    if path.suffix == ".md":
        yield from check_cells(name, lines)
    if not NOTEBOOK.match(name):
        yield from check_phrases(name, lines)


def main():
    files = [path for path in tracked_files() if not NOT_OURS.match(path.relative_to(ROOT).as_posix())]
    files = [path for path in files if not UNREAD.match(path.relative_to(ROOT).as_posix())]
    files = [path for path in files if not path.name.startswith("prose_rules_")]
    problems = [problem for path in files for problem in check(path)]
    for problem in problems:
        print(problem)
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
