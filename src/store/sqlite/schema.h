// The tables, as numbered steps that only go forward. docs/storage.md describes them.
#pragma once

#include "saywell/status.h"
#include "store/sqlite/connection.h"

namespace saywell {

// The number of steps: the schema this version of the program knows.
int newest_schema();

// Takes the steps that the database has not yet seen, each in a transaction of its own. Code 40031
// when the database has more steps than this program knows, or is another program's.
Status migrate(Connection& connection);

// The same up to `version`: tests make databases of older versions with it.
Status migrate_to(Connection& connection, int version);

}  // namespace saywell
