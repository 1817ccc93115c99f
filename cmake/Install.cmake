# Filled by the library's install rules; see docs/embedding.md.
