all: build/saywell
build/saywell:
	cmake -S . -B build -G Ninja && cmake --build build
.PHONY: all build/saywell
