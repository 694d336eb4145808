"""Files, here and on object stores: paths that fsspec knows, and files that are there whole or not at all."""
