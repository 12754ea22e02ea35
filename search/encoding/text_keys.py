"""What a vector is kept by: the encoder, what it writes before a text, and the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from .encoder import Encoder
from .encoder_traits import Purpose, prompt_of

PREFIX = 8
"""Bytes of a key that name the encoder."""


@lru_cache(maxsize=64)
def prefix_of(name: str) -> bytes:
    """Return the first PREFIX bytes of the key of each text read by the encoder of this name."""
    return hashlib.sha256(name.encode()).digest()[:PREFIX]


def keys_of(encoder: Encoder, purpose: Purpose, texts: Iterable[str]) -> list[bytes]:
    """Name vectors, each in PREFIX + 32 bytes; what is read alike whatever it is for goes by its text alone."""
    prompt, prefix = prompt_of(encoder, purpose), prefix_of(encoder.name)
    before = "" if prompt is None else f"{purpose}\0{prompt}\0"
    return [prefix + hashlib.sha256(f"{before}{text}".encode()).digest() for text in texts]
