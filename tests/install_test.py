#!/usr/bin/env python3
"""Installs into an empty prefix, moves it, and builds and runs a program with its headers and library.

    install_test.py BUILD_DIR
"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD_DIR = Path(sys.argv.pop(1)).resolve()
MAX_INSTALLED_BYTES = 25_000_000


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        first = Path(cls.folder.name) / "first"
        run("cmake", "--install", BUILD_DIR, "--prefix", first)
        cls.prefix = first.rename(Path(cls.folder.name) / "moved")
        # The build folder must not be needed: the environment has no path to models or libraries.
        cls.environment = {
            name: value for name, value in os.environ.items() if name not in ("SAYWELL_MODEL_DIR", "LD_LIBRARY_PATH")
        }

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_clean(self, *command, **environment):
        return run(*command, env={**self.environment, **environment}, cwd="/")

    def test_the_program_runs_from_where_it_was_moved_to(self):
        program = self.prefix / "bin/saywell"
        self.assertIn("VAD_NO_SPEECH", self.run_clean(program, "status", "20001"))
        libraries = self.run_clean("ldd", program, self.prefix / "lib/libsaywell.so")
        self.assertNotIn("not found", libraries)
        if (self.prefix / "lib/libonnxruntime.so.1").exists():
            for line in libraries.splitlines():
                if "libonnxruntime" in line:
                    self.assertIn(str(self.prefix), line)

    def test_debug_information_is_in_files_of_its_own(self):
        for name in ("bin/saywell", "lib/libsaywell.so"):
            installed = (self.prefix / name).resolve()
            self.assertLess(installed.stat().st_size, MAX_INSTALLED_BYTES, name)
            sections = self.run_clean("readelf", "--wide", "--sections", installed)
            self.assertNotIn(".debug_line", sections)
            link = self.run_clean("readelf", "--string-dump=.gnu_debuglink", installed)
            self.assertIn(f"{installed.name}.debug", link)
            debug_file = installed.parent / ".debug" / f"{installed.name}.debug"
            self.assertIn(".debug_line", self.run_clean("objdump", "--section-headers", debug_file))

    def test_the_models_are_there(self):
        models = {path.name for path in (self.prefix / "share/saywell/models").iterdir()}
        self.assertIn("silero_vad_v6.onnx", models)
        self.assertIn("moonshine_base_encoder.onnx", models)

    def test_the_practice_page_is_there(self):
        web = self.prefix / "share/saywell/web"
        self.assertTrue((web / "index.html").exists())
        self.assertTrue(list(web.glob("assets/*.js")))

    def assess_with(self, program):
        speech = "/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0930.wav"
        text = "He might even have been made amiable himself."
        said = self.run_clean(program, self.prefix / "share/saywell/models", speech, text)
        self.assertIn("overall ", said)
        self.assertIn("himself ", said)

    def test_find_package(self):
        out = Path(self.folder.name) / "cmake"
        self.run_clean("cmake", "-S", ROOT / "examples", "-B", out, f"-DCMAKE_PREFIX_PATH={self.prefix}")
        self.run_clean("cmake", "--build", out)
        self.assess_with(out / "assess_file")

    def test_pkg_config(self):
        flags = self.run_clean(
            "pkg-config", "--cflags", "--libs", "saywell", PKG_CONFIG_PATH=str(self.prefix / "lib/pkgconfig")
        ).split()
        out = Path(self.folder.name) / "assess_file"
        self.run_clean("c++", ROOT / "examples/assess_file.cc", *flags, f"-Wl,-rpath,{self.prefix}/lib", "-o", out)
        self.assess_with(out)

    def test_only_the_public_names_are_visible(self):
        symbols = self.run_clean("nm", "--dynamic", "--defined-only", "--demangle", self.prefix / "lib/libsaywell.so")
        functions = [line.split(" ", 2)[2] for line in symbols.splitlines() if line.split(" ")[1] == "T"]
        self.assertTrue(functions)
        self.assertEqual([name for name in functions if not name.startswith("saywell::")], [])
        self.assertNotIn("OnnxSession", symbols)

    def test_no_path_of_the_build_is_left_in_the_package_files(self):
        for path in [*self.prefix.glob("lib/cmake/saywell/*"), self.prefix / "lib/pkgconfig/saywell.pc"]:
            text = path.read_text(encoding="utf-8")
            self.assertNotIn(str(ROOT), text, path)
            self.assertNotIn(str(BUILD_DIR), text, path)


if __name__ == "__main__":
    unittest.main()
