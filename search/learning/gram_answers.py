"""What the letters of a query say of each entry: of each letter in a row, what all landmarks that have it say.

Being spelt alike is a sum over letters, so what landmarks say is added up letter by letter beforehand: a query reads
the rows of its own letters, and is compared with the letters of no landmark.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..encoding.rounding import LARGEST, codes_of
from .character_grams import CharacterGrams

_FILES = ("idf", "codes", "steps")


@dataclass(frozen=True)
class GramAnswers:
    """What each letter in a row says, in 8 bits.

    Attributes:
        letters: Those that count.
        codes: What each says of each entry that is known and, last, of there being no answer, in whole steps, int8,
            shape (n_grams, n_known + 1).
        steps: Of each, what one step is, float32, shape (n_grams,).
    """

    letters: CharacterGrams
    codes: np.ndarray
    steps: np.ndarray

    @classmethod
    def of(cls, letters: CharacterGrams, said: np.ndarray) -> GramAnswers:
        """Keep what each letter in a row says, shape (n_grams, n_known + 1)."""
        steps = np.abs(said).max(axis=1, initial=0.0) / LARGEST
        return cls(letters, codes_of(said), steps.astype(np.float32))

    def answer(self, text: str) -> np.ndarray:
        """Say what a text is answered by, of its letters alone, float32, shape (n_known + 1,)."""
        rows, weights = self.letters.of_text(text)
        answers: np.ndarray = np.einsum("i,ij->j", weights * self.steps[rows], self.codes[rows].astype(np.float32))
        return answers

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        for name, array in zip(_FILES, (self.letters.idf, self.codes, self.steps), strict=True):
            np.save(folder / f"training-grams-{name}.npy", array, allow_pickle=False)
        grams = json.dumps(self.letters.grams, ensure_ascii=False) + "\n"
        (folder / "training-grams.json").write_text(grams, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> GramAnswers:
        """Read what `save` wrote."""
        idf, codes, steps = (np.load(folder / f"training-grams-{name}.npy", allow_pickle=False) for name in _FILES)
        grams = json.loads((folder / "training-grams.json").read_text(encoding="utf-8"))
        return cls(CharacterGrams(tuple(grams), idf), codes, steps)
