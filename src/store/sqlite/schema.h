// The tables, as numbered steps that only go forward. docs/storage.md describes them.
#pragma once

#include "saywell/status.h"
#include "store/sqlite/connection.h"

namespace saywell {

// The number of steps: the newest schema of this program.
int newest_schema();

// Applies the missing steps, each in its own transaction. Code 40031 when the database has more
// steps than this program knows, or belongs to another program.
Status migrate(Connection& connection);

// The same up to `version`, for tests that make databases of older versions.
Status migrate_to(Connection& connection, int version);

}  // namespace saywell
