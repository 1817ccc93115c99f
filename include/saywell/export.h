// Marks what the shared library offers; everything else in it is hidden.
#pragma once

#define SAYWELL_EXPORT __attribute__((visibility("default")))
