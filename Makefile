# A thin cover over scripts/ and the presets of CMakePresets.json; `make help` lists the targets.

JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
PUBLISHERS ?= 3000
LOAD_SECONDS ?= 30
# What ccache must not mind for sources with precompiled headers.
export CCACHE_SLOPPINESS ?= pch_defines,time_macros
CONFIGURE_FLAGS ?= $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
BUILD_FLAGS = --parallel $(JOBS)
CTEST = ctest --output-on-failure --no-tests=error -j$(JOBS)

.DEFAULT_GOAL := build
.PHONY: build web run demo test test-parsers test-train test-fresh test-web test-web-long asan tsan bench bench-page bench-server soak \
	bench-kill bench-server-build bench-rtmp fuzz evaluate train docs format lint install clean distclean deps configure help

build: configure web ## Install what is missing, fetch and check the models, build build/saywell (also: plain `make`)
	cmake --build build $(BUILD_FLAGS) --target saywell_program

web: deps ## Build the component and the practice page (web/)
	scripts/build-web

run: demo ## Build, assess the sample recordings, then serve on port 8080 until Ctrl-C
	@echo
	build/saywell serve --data-dir build/data

demo: build ## Build and assess the sample recordings
	scripts/demo

test: test-parsers web ## Build and run every test but those in Chromium (test-web)
	cmake --build build $(BUILD_FLAGS)
	$(CTEST) --test-dir build --label-exclude browser

# Parsers read bytes from outside, so their tests and fuzz corpora always run under the sanitizers.
test-parsers: configure
	scripts/install-deps test
	cmake --preset asan $(CONFIGURE_FLAGS) >build/configure-asan.log || { cat build/configure-asan.log; exit 1; }
	cmake --build build-asan $(BUILD_FLAGS) --target parser_tests
	$(CTEST) --test-dir build-asan --label-regex parser

test-train: ## Every test of the training (train/); installs its packages, among them PyTorch
	scripts/install-deps test train
	/usr/bin/python3 -m unittest discover -s train -p "*_test.py"

test-fresh: ## README's commands on an empty Debian 12 that has git and make alone, from a clone of HEAD; needs root
	scripts/test-fresh

test-web: build ## Only the tests of the component and the practice page in Chromium
	scripts/install-deps test
	scripts/web-component-test build/saywell --config vitest.browser.config.ts
	scripts/practice-page-test build/saywell --config browser/vitest.config.ts

test-web-long: build ## A recording of three minutes in the browser: no sample lost, memory flat
	scripts/install-deps test
	scripts/web-component-test build/saywell --config vitest.long.config.ts

asan: configure ## Every test under the address and undefined-behaviour sanitizers
	scripts/install-deps test
	cmake --preset asan $(CONFIGURE_FLAGS)
	cmake --build build-asan $(BUILD_FLAGS)
	$(CTEST) --test-dir build-asan --label-exclude end-to-end

tsan: configure ## Every test under the thread sanitizer
	scripts/install-deps test
	cmake --preset tsan $(CONFIGURE_FLAGS)
	cmake --build build-tsan $(BUILD_FLAGS)
	$(CTEST) --test-dir build-tsan --label-exclude end-to-end

bench-page: build ## Waiting times for the practice page and its coloured words
	scripts/install-deps test
	scripts/practice-page-test build/saywell --config bench/vitest.config.ts

fuzz: configure ## Fuzz every parser for FUZZ_SECONDS=60 each
	scripts/install-deps fuzz
	cmake --preset fuzz $(CONFIGURE_FLAGS)
	cmake --build build-fuzz $(BUILD_FLAGS) --target fuzzers
	scripts/fuzz build-fuzz $(FUZZ_SECONDS)

bench: configure ## Speed and memory, beside pocketsphinx's aligner
	scripts/install-deps bench
	cmake --preset release -DSAYWELL_BENCH=ON $(CONFIGURE_FLAGS)
	cmake --build build $(BUILD_FLAGS)
	bench/run build

bench-server: bench-server-build ## The server under load: learners, overload, idle connections
	bench/server_bench.py build

soak: bench-server-build ## The server for 20 minutes at 80 % of its capacity
	bench/server_bench.py build --soak 20

bench-kill: bench-server-build ## 200 x kill -9 under load: no acknowledged recording may be lost
	bench/server_kills.py build

bench-server-build: build
	scripts/install-deps bench
	cmake --preset release -DSAYWELL_BENCH=ON $(CONFIGURE_FLAGS)
	cmake --build build $(BUILD_FLAGS) --target saywell_program server_load

bench-rtmp: configure ## The recording server under load, beside nginx-rtmp: PUBLISHERS=3000 LOAD_SECONDS=30
	scripts/install-deps bench-rtmp
	cmake --preset release -DSAYWELL_BENCH=ON $(CONFIGURE_FLAGS)
	cmake --build build $(BUILD_FLAGS) --target saywell_program rtmp_load
	bench/rtmp build --publishers $(PUBLISHERS) --seconds $(LOAD_SECONDS)

evaluate: build ## Accuracy on a corpus: make evaluate CORPUS=folder
	@test -n "$(CORPUS)" || { echo "make evaluate CORPUS=folder-of-the-corpus" >&2; exit 2; }
	scripts/install-deps train
	train/evaluate.py --corpus "$(CORPUS)" --program build/saywell

train: build ## Train the heads on a corpus: make train CORPUS=folder
	@test -n "$(CORPUS)" || { echo "make train CORPUS=folder-of-the-corpus" >&2; exit 2; }
	scripts/install-deps train
	train/train.py --corpus "$(CORPUS)" --program build/saywell --output models

docs: build ## Write the generated pages of docs/
	scripts/generate-docs build/saywell

format: ## Lay out the C++ and Python sources
	scripts/install-deps lint
	scripts/lint format

lint: configure ## Check C++, Python, shell, TypeScript; clang-tidy on files changed since main (LINT=all: on every file)
	scripts/install-deps lint
	scripts/lint check $(LINT)

install: configure web ## Install program, library, headers and models: make install PREFIX=/usr/local
	cmake --build build $(BUILD_FLAGS)
	cmake --install build --prefix "$(PREFIX)"

deps:
	scripts/install-deps build
	scripts/fetch-runtime
	scripts/fetch-models

configure: deps
	@mkdir -p build
	@cmake --preset release $(CONFIGURE_FLAGS) >build/configure.log || { cat build/configure.log; exit 1; }

clean: ## Remove built files, keep fetched ones
	rm -rf build-dev build-asan build-tsan build-fuzz
	find build -mindepth 1 -maxdepth 1 ! -name downloads ! -name models ! -name onnxruntime -exec rm -rf {} +

distclean: ## Remove built and fetched files
	rm -rf build build-dev build-asan build-tsan build-fuzz

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS='	' read -r name what; do \
	  printf '  make %-13s %s\n' "$$name" "$$what"; done
