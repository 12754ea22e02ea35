"""From a library to an index in its place."""
