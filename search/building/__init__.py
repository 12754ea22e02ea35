"""From a library to an index in use."""
