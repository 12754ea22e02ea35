"""A manifest as its file holds it: every value of its type, none missing and none unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from .index import Manifest
from .vector_store import INDEX_TYPES


def manifest_from(data: Mapping[str, Any]) -> Manifest:
    """Make a manifest of what its file holds.

    Args:
        data: The object in the file.

    Raises:
        KeyError: A value is missing.
        TypeError: A value is unknown or of another type.
        ValueError: The vectors are kept in a way that nobody knows.
    """
    if unknown := set(data) - {field.name for field in fields(Manifest)}:
        raise TypeError(f"unknown: {', '.join(sorted(unknown))}")
    if data["index_type"] not in INDEX_TYPES:
        raise ValueError(f"index_type: {data['index_type']!r}")
    return Manifest(
        version=_text(data, "version"),
        format=_whole(data, "format"),
        model=_text(data, "model"),
        dim=_whole(data, "dim"),
        corpus=_text(data, "corpus"),
        corpora=_texts(data, "corpora"),
        names=_texts(data, "names"),
        entries=_whole(data, "entries"),
        passages=_whole(data, "passages"),
        index_type=_text(data, "index_type"),
        lists=_whole(data, "lists"),
        recall=_number(data, "recall"),
        libraries=_named_texts(data, "libraries"),
        files=_named_texts(data, "files"),
    )


def _text(data: Mapping[str, Any], name: str) -> str:
    if not isinstance(data[name], str):
        raise TypeError(f"{name} is no text")
    return str(data[name])


def _whole(data: Mapping[str, Any], name: str) -> int:
    if type(data[name]) is not int:  # true and false are numbers to Python
        raise TypeError(f"{name} is no whole number")
    return int(data[name])


def _number(data: Mapping[str, Any], name: str) -> float:
    if type(data[name]) not in {int, float}:
        raise TypeError(f"{name} is no number")
    return float(data[name])


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    if not isinstance(data[name], list) or not all(isinstance(one, str) for one in data[name]):
        raise TypeError(f"{name} is no list of texts")
    return tuple(data[name])


def _named_texts(data: Mapping[str, Any], name: str) -> Mapping[str, str]:
    if not isinstance(data[name], dict) or not all(isinstance(one, str) for one in data[name].values()):
        raise TypeError(f"{name} does not name texts")
    return dict(data[name])
