// Nothing: precompiled headers need a source of their own.
