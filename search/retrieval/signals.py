"""The signals an entry is ranked by: each has a name and a weight, and changes the scores before it.

The list SIGNALS is the ranking. What is measured with signals left out (`search.evaluation.variants`) and how a hit is
said to match come from it too. ``weights.json`` has the weights; `scripts.bench.fit_signals` fits them on the tuning
halves and writes it (docs/decisions/0010-what-people-type.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

import numpy as np

from ..learning.calibration import HitEvidence
from .beside import MeantBeside
from .features import Features
from .fusion import drawn_to_mean, lift_by_links, meant_though_new, reorder_by_words

WORDS_MATCHED = 0.55
"""From this share of the query's terms on, a passage is said to match by its words (`scripts.bench.evidence`)."""

CLOSE_IN_MEANING = 0.12
"""Within this cosine of the nearest entry, an entry is said to match by its meaning (`scripts.bench.evidence`)."""


@dataclass(frozen=True)
class Signal:
    """Something that speaks for or against an entry.

    Attributes:
        name: What it is called in tables of measurements.
    """

    name: ClassVar[str]

    def on_texts(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Return the scores of the texts (one entry in one language), shape (n_texts,), changed or as they were.

        Args:
            scores: What the signals before it gave, float, shape (n_texts,); it is left as it is.
            features: What was measured of the query and of what may answer.

        Returns:
            Scores of the same shape, no unit; more is better.
        """
        return scores

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Return the scores of the entries, shape (n_entries,), changed or as they were.

        Args:
            scores: What the signals before it gave, float, shape (n_entries,); it is left as it is.
            features: What was measured of the query and of what may answer.

        Returns:
            Scores of the same shape, no unit; more is better.
        """
        return scores

    def explains(self, evidence: HitEvidence) -> bool:
        """Say whether a hit matched by this signal, as a person would see it."""
        return False


@dataclass(frozen=True)
class WeighedSignal(Signal):
    """One that counts more or less.

    Attributes:
        weight: How much it counts; see each signal.
    """

    weight: float = 1.0


@dataclass(frozen=True)
class Meaning(Signal):
    """The cosines of a text's best passages, in a weighted mean: the scale on which all others count.

    Attributes:
        best: What the best passage of a text counts, the second...
        mean: How far an entry is drawn from its best text to the mean of its texts, 0 to 1; fitted
            (docs/decisions/0010-what-people-type.md).
    """

    name: ClassVar[str] = "meaning"
    best: tuple[float, ...] = (1.0, 0.5, 0.3)
    mean: float = 0.6

    def on_texts(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Begin with the cosines, shape (n_texts,)."""
        return features.text_cosines

    def explains(self, evidence: HitEvidence) -> bool:
        """It is near the best entry."""
        return evidence.apart < CLOSE_IN_MEANING


@dataclass(frozen=True)
class Words(WeighedSignal):
    """BM25 re-orders the texts of each language.

    Its weight says how far, on the cosine scale: times a text's share of the best score, times the square of the share
    of the query's terms the language knows, for a language that knows few of them says little by them.
    """

    name: ClassVar[str] = "words"

    def on_texts(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Re-order language by language, shape (n_texts,): no language gains over the other."""
        ordered = scores.copy()
        for language, known in enumerate(features.known):
            rows = np.flatnonzero(features.candidates.text_language == language)
            ordered[rows] = reorder_by_words(scores[rows], features.text_bm25[rows], self.weight * known**2)
        return ordered

    def explains(self, evidence: HitEvidence) -> bool:
        """Its best passage has enough of the query's terms."""
        return evidence.words >= WORDS_MATCHED


@dataclass(frozen=True)
class WordsAlone(Signal):
    """BM25 and nothing else: what a search without an encoder would find; for measuring."""

    name: ClassVar[str] = "words alone"

    def on_texts(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Score by BM25, shape (n_texts,); a text without any of the terms is not found."""
        return np.where(features.text_bm25 > 0, features.text_bm25, -np.inf)

    def explains(self, evidence: HitEvidence) -> bool:
        """Nothing else can."""
        return True


@dataclass(frozen=True)
class TrainingQueries(WeighedSignal):
    """What training queries teach of which entries answer; the weight is what a certain answer gains, in cosine.

    Of a new entry they say nothing, and of one that few of them name little: what they say of others must not decide
    against it. It may gain what the likeliest entry gains, times how likely it is that it is meant (it stands out in
    meaning and words), and comes as near to that as little is known of it. What an entry of a library beside gains is
    fitted apart (`MeantBeside`): that library has nothing else to set against them.

    Attributes:
        beside: The share of it that an entry of a library beside gains.
        few: As many training queries say half of what there is to say of an entry.
        meant: How likely an entry of a library beside is meant.
    """

    name: ClassVar[str] = "training queries"
    beside: float = 1.0
    few: float = 10.0
    meant: MeantBeside = field(default_factory=MeantBeside.fitted)

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Add what they say, shape (n_entries,)."""
        gains = features.training
        likeliest = max(float(gains.max(initial=0.0)), 0.0)
        if not likeliest:
            return scores + self.weight * gains
        unknown = self.few / (features.taught + self.few) if self.few else features.taught == 0
        may_gain = likeliest * meant_though_new(scores, features.no_answer)
        gained: np.ndarray = gains + unknown * np.maximum(may_gain - gains, 0.0)
        if features.untaught.any():
            gained = np.where(features.untaught, self.beside * self.meant.gains(features, likeliest), gained)
        return scores + self.weight * gained


@dataclass(frozen=True)
class Links(WeighedSignal):
    """An entry is lifted towards the best entry it shows or is shown by; weight 0 to 1."""

    name: ClassVar[str] = "links"

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Lift by what shows and is shown, shape (n_entries,)."""
        return lift_by_links(scores, features.candidates.shown, self.weight)


@dataclass(frozen=True)
class Related(WeighedSignal):
    """An entry is lifted towards the best entry it is related to; weight 0 to 1."""

    name: ClassVar[str] = "related entries"

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Lift by what is related, shape (n_entries,)."""
        return lift_by_links(scores, features.candidates.related, self.weight)


@dataclass(frozen=True)
class Titles(WeighedSignal):
    """A short query that names entries asks for them; the weight is what they gain, in cosine."""

    name: ClassVar[str] = "titles"

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Lift what is named, shape (n_entries,)."""
        return scores + self.weight * features.named


@dataclass(frozen=True)
class Phrases(WeighedSignal):
    """An entry that has the phrases a query quotes comes before all that have not."""

    name: ClassVar[str] = "phrases"

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Lift what has them, shape (n_entries,)."""
        if not features.quoting.any():
            return scores
        quoting = features.of_entries(features.quoting.astype(float), features.candidates.passage_runs)
        return scores + self.weight * quoting


@dataclass(frozen=True)
class TermOverlap(WeighedSignal):
    """What an entry gains, in cosine, per share of the query's terms (rare ones weigh more) that a passage has.

    One of them must be rare: that a passage has all the usual words of a short query is chance.

    Attributes:
        above: The share from which it counts.
    """

    name: ClassVar[str] = "term overlap"
    above: float = 0.5

    def on_entries(self, scores: np.ndarray, features: Features) -> np.ndarray:
        """Lift what has most of them, shape (n_entries,)."""
        return scores + self.weight * np.maximum(features.telling_overlaps - self.above, 0.0)


def with_weights(signals: Sequence[Signal], weights: Mapping[str, float]) -> tuple[Signal, ...]:
    """Return the same signals; one whose name has a weight has that weight."""
    return tuple(
        replace(signal, weight=weights.get(signal.name, signal.weight)) if isinstance(signal, WeighedSignal) else signal
        for signal in signals
    )


def weights_of(signals: Sequence[Signal]) -> dict[str, float]:
    """Return the name of each signal that has a weight, with its weight."""
    return {signal.name: signal.weight for signal in signals if isinstance(signal, WeighedSignal)}


WEIGHTS = Path(__file__).with_name("weights.json")
"""Name of each signal to its weight, as fitted."""

SIGNALS: tuple[Signal, ...] = with_weights(
    (Meaning(), Words(), TrainingQueries(), Links(), Related(), Titles(), Phrases(), TermOverlap()),
    json.loads(WEIGHTS.read_text(encoding="utf-8")),
)
"""How entries are ranked, in this order."""


def fuse(features: Features, signals: Sequence[Signal]) -> np.ndarray:
    """Rank the candidates by some signals, one after the other; an entry is ranked by its texts, the best above all.

    Returns:
        The score of each entry, shape (n_entries,); -inf for one that may not answer or is not found.
    """
    texts = features.text_cosines
    for signal in signals:
        texts = signal.on_texts(texts, features)
    runs = features.candidates.text_runs
    entries = drawn_to_mean(features.of_entries(texts, runs), texts, runs, _mean_of(signals))
    for signal in signals:
        entries = signal.on_entries(entries, features)
    return entries


def _mean_of(signals: Sequence[Signal]) -> float:
    """Return how far entries are drawn to the mean of their texts; not at all where meaning is no signal."""
    return next((signal.mean for signal in signals if isinstance(signal, Meaning)), 0.0)


def meaning_of(signals: Sequence[Signal]) -> Meaning:
    """Return the signal of meaning among some, or the usual one where it is absent."""
    return next((signal for signal in signals if isinstance(signal, Meaning)), Meaning())


def matched(signals: Sequence[Signal], evidence: HitEvidence) -> str:
    """Say how a hit matched: by its meaning, by the query's own words, both; empty where neither is clear."""
    names = {signal.name for signal in signals if signal.explains(evidence)}
    if names <= {Meaning.name}:
        return "".join(names)
    return "both" if Meaning.name in names else Words.name
