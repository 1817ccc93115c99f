#!/usr/bin/env python3
"""Whole-tree rules: includes follow docs/architecture.md, sizes stay small, no machine's traces, no skipped tests.

    room_rules_test.py [REPOSITORY]
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()

MAX_SOURCE_LINES = 500
MAX_HEADER_LINES = 250
MAX_FUNCTION_LINES = 60
MAX_FOLDER_FILES = 25  # sources and headers, tests not counted

# An outside library's headers, and the rooms that may include them.
ROOMS_OF_LIBRARY = {
    r"onnxruntime": ["onnx"],
    r"libav(?!util/)|libsw": ["audio"],
    r"flite/": ["text", "tts"],
    r"boost/(?:asio|beast)": ["server", "client"],
    r"seccomp\.h": ["decode_sandbox"],
    r"sqlite3\.h": ["store"],
    r"toml\+\+/": ["config"],
}
NOT_IN_PUBLIC_HEADERS = r"onnxruntime|libav|libsw|boost/|spdlog|fmt/|flite|ebur128"

# Traces of one machine: its folders, package mirrors and registries.
MACHINE_TRACES = [
    re.compile(r"(?<![\w.\-/}])/(?:work|tmp|root|home)/\w"),
    re.compile(r"\b(?:deb|security|ftp[.\w]*)\.debian\.org|\bregistry\.\w+\.\w+"),
]

# Nobody notices a test that skips. After `make test` has installed its packages only two things may be missing: the
# training corpus, and the right to mount a disk.
SKIP = re.compile(r"GTEST_SKIP|\bskip(?:Test|Unless|If)\b|\bSkipTest\b|\b(?:it|test|describe|ctx)\.skip")
MAY_SKIP = re.compile(r"SAYWELL_(?:MANDARIN_)?CORPUS|no disk can be mounted")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def tracked_files():
    """Files git knows or would add; every file where there is no git (a source archive)."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        paths = [ROOT / line for line in listed]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not path.relative_to(ROOT).parts[0].startswith("build")]
    return sorted(path for path in paths if path.is_file())


def read_rooms():
    """Room -> rooms it may include, from the table of docs/architecture.md."""
    rooms = {}
    for line in (ROOT / "docs/architecture.md").read_text(encoding="utf-8").splitlines():
        row = re.match(r"\| `(\w+)` \|[^|]*\|([^|]*)\|$", line)
        if row:
            may_include = row.group(2)
            rooms[row.group(1)] = set(rooms) if "all above" in may_include else set(re.findall(r"`(\w+)`", may_include))
    return rooms


def included(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def check_includes(sources, rooms):
    for path in sources:
        name = path.relative_to(ROOT)
        room = name.parts[1] if name.parts[0] == "src" else None
        for number, quote, header in included(path):
            first = header.split("/")[0]
            if room and quote == '"' and first != "saywell":
                if first not in rooms:
                    yield f'{name}:{number}: "{header}" is no header of a room'
                elif first not in rooms.get(room, set()) | {room, "base"}:
                    yield f"{name}:{number}: room '{room}' may not include room '{first}' (docs/architecture.md)"
            if room and "/testing/" in header and not (path.stem.endswith("_test") or "testing" in name.parts):
                yield f'{name}:{number}: "{header}" is for tests alone'
            for library, homes in ROOMS_OF_LIBRARY.items():
                if room and room not in homes and re.match(library, header):
                    yield f"{name}:{number}: <{header}> belongs to room {' and '.join(map(repr, homes))} alone"
            if name.parts[0] == "include" and re.match(NOT_IN_PUBLIC_HEADERS, header):
                yield f"{name}:{number}: a public header includes <{header}>"


def check_rooms_known(rooms):
    for folder in sorted((ROOT / "src").iterdir()):
        if folder.is_dir() and folder.name not in rooms:
            yield f"src/{folder.name}: not in the table of docs/architecture.md"


def check_room_lists(files):
    """A room's sources are in its own folder; test data of another room comes with room_ROOM_testing."""
    for path in files:
        name = path.relative_to(ROOT)
        if name.parts[0] != "src" or path.name != "CMakeLists.txt":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "../" in line:
                yield f"{name}:{number}: reaches into another folder"


def blank_strings_and_comments(text):
    """The text with the inside of strings, characters and comments replaced by spaces, line for line."""
    token = re.compile(
        r'R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\''
        r"|//[^\n]*|/\*(?:.|\n)*?\*/"
    )
    return token.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), text)


def kind_of_block(head, inside_function):
    """What a '{' after `head` opens: scope (namespace, type), function, or inner (of a function, an initialiser)."""
    if inside_function or head.endswith(("=", ",", "(", "return")):
        return "inner"
    if re.match(r"(?:template\s*<.*>\s*)?(?:namespace|class|struct|enum|union)\b|extern\s*$", head, re.S):
        return "scope"
    if "(" not in head:
        return "inner"
    if re.search(r"\)[\w\s]*:[^:]", head) and re.search(r"\w$", head):
        return "inner"  # a member's braces in a constructor's initialiser list
    return "function"


def functions(text):
    """(first line, last line) of every function; lambdas and inner blocks belong to the function around them."""
    code = blank_strings_and_comments(text)
    code = re.sub(r"(?m)^[ \t]*#(?:.*\\\n)*.*$", lambda match: re.sub(r"[^\n]", " ", match.group(0)), code)
    blocks, start = [], 0  # the open blocks (kind, first line); where the current declaration begins
    for match in re.finditer(r"[{};]", code):
        inside_function = any(kind == "function" for kind, _ in blocks)
        if match.group() == "{":
            head = code[start : match.start()]
            first = code.count("\n", 0, start + len(head) - len(head.lstrip())) + 1
            blocks.append((kind_of_block(head.strip(), inside_function), first))
        elif match.group() == "}" and blocks:
            kind, first = blocks.pop()
            if kind == "function":
                yield first, code.count("\n", 0, match.start()) + 1
            if kind == "inner":
                continue
        if not any(kind != "scope" for kind, _ in blocks):
            start = match.end()


def check_sizes(sources):
    folders = {}
    for path in sources:
        name = path.relative_to(ROOT)
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        limit = MAX_HEADER_LINES if path.suffix == ".h" else MAX_SOURCE_LINES
        if lines > limit:
            yield f"{name}: {lines} lines, at most {limit}"
        for first, last in functions(text):
            if last - first + 1 > MAX_FUNCTION_LINES:
                yield f"{name}:{first}: a function of {last - first + 1} lines, at most {MAX_FUNCTION_LINES}"
        if not path.stem.endswith("_test"):
            folders.setdefault(name.parent, []).append(path)
    for folder, files in folders.items():
        if len(files) > MAX_FOLDER_FILES:
            yield f"{folder}: {len(files)} sources and headers, at most {MAX_FOLDER_FILES}"


def check_traces(files):
    for path in files:
        if path == Path(__file__).resolve():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # binary
        for number, line in enumerate(text.splitlines(), 1):
            for trace in MACHINE_TRACES:
                match = trace.search(line)
                if match:
                    yield f"{path.relative_to(ROOT)}:{number}: '{match.group(0)}' is a trace of one machine"


def check_todos(sources):
    for path in sources:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\b(?:TODO|FIXME|XXX)\b", line):
                yield f"{path.relative_to(ROOT)}:{number}: open ends belong into an issue"


def check_skips(files):
    for path in files:
        if path.suffix not in (".cc", ".py", ".ts") or path.name.startswith("room_rules_"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if SKIP.search(line) and not MAY_SKIP.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: a test skips; let it fail, and install what it needs"


def main():
    files = tracked_files()
    sources = [path for path in files if path.suffix in (".cc", ".h")]
    rooms = read_rooms()
    problems = [
        *check_rooms_known(rooms),
        *check_includes(sources, rooms),
        *check_room_lists(files),
        *check_sizes(sources),
        *check_todos(sources),
        *check_traces(files),
        *check_skips(files),
    ]
    for problem in problems:
        print(problem)
    print(f"{len(sources)} sources in {len(rooms)} rooms, {len(problems)} problems")
    return 1 if problems or not sources or not rooms else 0


if __name__ == "__main__":
    sys.exit(main())
