"""What a vector is kept by: the encoder, what it writes before a text, and the text."""

from __future__ import annotations

import hashlib

from .encoder import Encoder, Purpose, prompt_of

PREFIX = 8
"""Bytes of a key that name the encoder."""


def prefix_of(name: str) -> bytes:
    """Return the first PREFIX bytes of the key of each text read by the encoder of this name."""
    return hashlib.sha256(name.encode()).digest()[:PREFIX]


def key_of(encoder: Encoder, purpose: Purpose, text: str) -> bytes:
    """Name a vector, in PREFIX + 32 bytes; what is read alike whatever it is for goes by its text alone."""
    prompt = prompt_of(encoder, purpose)
    said = text if prompt is None else f"{purpose}\0{prompt}\0{text}"
    return prefix_of(encoder.name) + hashlib.sha256(said.encode()).digest()
