"""Teach the student to search: from headings to paragraphs, and from situations to the entries that help."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TypeVar

import numpy as np
from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sklearn.cluster import MiniBatchKMeans

from scripts.training.distil import training_arguments, without_dropout
from scripts.training.pairs import read_rows
from search.entries import LANGUAGES, Entry
from search.library.reader import Library, read_library
from search.library.training_queries import TrainingQuery, read_training_queries
from search.text.segmentation import embedded_text, passages_of

BATCH = 64
EPOCHS = 2
LONGEST = 350
"""Characters of a general paragraph that are read."""
GENERAL = (
    ("pairs/civic_*.cross.tsv.gz", 1_500),
    ("pairs/civic_*.fr.tsv.gz", 500),
    ("pairs/civic_*.en.tsv.gz", 500),
    ("pairs/mon_entreprise_title_body_fr.tsv.gz", 100),
)
"""Glob and how many rows are drawn from what it matches: heading or question, then paragraph."""

SIZES = (384, 192)
"""Dimensions the loss is taken at: the first half of a vector is to serve alone (Matryoshka)."""

Row = tuple[str, str]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Example:
    """A row to learn from.

    Attributes:
        row: What is asked, and what answers.
        answer: The entry the answer is from; None when it is no passage of an entry.
        wanted: Every entry that would answer.
    """

    row: Row
    answer: str | None
    wanted: frozenset[str]


def general_rows(data: Path, chance: random.Random) -> list[Row]:
    """Draw headings and questions with their paragraphs, in one language and across, as GENERAL says."""
    rows: list[Row] = []
    for pattern, count in GENERAL:
        found = [(row[0], row[1][:LONGEST]) for path in sorted(data.glob(pattern)) for row in read_rows(path)]
        rows += chance.sample(found, min(count, len(found)))
    return rows


def corpus_rows(library: Library) -> list[Example]:
    """Pair what an entry says in one language with what it says in the other, and its title with its summary."""
    rows = []
    for entry in library.entries:
        by_place: dict[tuple[str, int], dict[str, str]] = {}
        for passage in passages_of(entry):
            by_place.setdefault((passage.field, passage.position), {})[passage.language] = passage.text
        pairs = [(texts["fr"], texts["en"]) for texts in by_place.values() if len(texts) == len(LANGUAGES)]
        pairs += [(entry.title(a), entry.summary(b)) for a, b in product(entry.languages, repeat=2)]
        rows += [Example(pair, entry.id, frozenset([entry.id])) for pair in pairs]
    return rows


def best_passages(
    model: SentenceTransformer, situation: TrainingQuery, entry: Entry, count: int
) -> dict[str, list[str]]:
    """Return the passages of an entry nearest to a situation, per language, as the encoder will read them."""
    passages = passages_of(entry)
    texts = [embedded_text(passage, entry) for passage in passages]
    vectors = _vectors(model, tuple(texts))
    query = _vectors(model, tuple(situation.texts.values())).mean(axis=0)
    order = np.argsort(-(vectors @ query))
    nearest: dict[str, list[str]] = {language: [] for language in entry.languages}
    for number in order:
        if len(nearest[passages[number].language]) < count:
            nearest[passages[number].language].append(texts[number])
    return nearest


_known: dict[str, np.ndarray] = {}


def _vectors(model: SentenceTransformer, texts: Sequence[str]) -> np.ndarray:
    missing = [text for text in dict.fromkeys(texts) if text not in _known]
    if missing:
        _known.update(zip(missing, model.encode(missing, batch_size=64, show_progress_bar=False), strict=True))
    return np.stack([_known[text] for text in texts])


def situation_rows(
    model: SentenceTransformer, situations: Iterable[TrainingQuery], library: Library, chance: random.Random
) -> Iterator[Example]:
    """Pair each situation with passages that answer it, and its two tellings with each other.

    Two of the four directions are drawn for the entry a situation was told for, one for the others; the passage
    is drawn from the three of the entry that are nearest to the situation in that language.
    """
    entries = {entry.id: entry for entry in library.entries}
    for situation in situations:
        wanted = frozenset(situation.entries)
        for place, name in enumerate(situation.entries):
            nearest = best_passages(model, situation, entries[name], 3)
            for asked, answered in chance.sample(ALL_DIRECTIONS, 2 if place == 0 else 1):
                if answered in nearest:
                    yield Example((situation.texts[asked], chance.choice(nearest[answered])), name, wanted)
        yield Example((situation.texts["fr"], situation.texts["en"]), None, wanted)


ALL_DIRECTIONS = tuple(product(LANGUAGES, repeat=2))


def shuffled(rows: Sequence[Item], chance: random.Random) -> list[Item]:
    """Return the rows in another order."""
    return chance.sample(list(rows), len(rows))


def side_by_side(model: SentenceTransformer, rows: Sequence[Example], chance: random.Random) -> list[Example]:
    """Return the rows with those near each other for the model as it is side by side: the others of a batch are hard.

    Negatives mined for one row would be wrong for another of its batch; near rows of other entries are hard for all.
    """
    vectors = _vectors(model, [example.row[0] for example in rows])
    count = max(len(rows) // (4 * BATCH), 1)
    clusters = MiniBatchKMeans(count, random_state=chance.randrange(2**31), n_init=1).fit_predict(vectors)
    places = chance.sample(range(count), count)
    order = sorted(shuffled(range(len(rows)), chance), key=lambda number: places[clusters[number]])
    return [rows[number] for number in order]


def batches(order: Sequence[Example]) -> list[list[Row]]:
    """Cut examples into batches in which no answer would also answer another: every other row is a fair negative.

    Examples that fit nowhere, and batches that stay incomplete, are left out.
    """
    opened: list[tuple[list[Row], set[str], set[str]]] = []
    full: list[list[Row]] = []
    for example in order:
        answer = {example.answer} if example.answer else set()
        place = next((b for b in opened if not b[1] & example.wanted and not b[2] & answer), None)
        if place is None:
            place = ([], set(), set())
            opened.append(place)
        rows, answers, wanted = place
        rows.append(example.row)
        answers.update(answer)
        wanted.update(example.wanted)
        if len(rows) == BATCH:
            opened.remove(place)
            full.append(rows)
    return full


def planned_rows(model: SentenceTransformer, data: Path, corpus: Path, *, seed: int, general: bool) -> list[Row]:
    """Make all rows in the order they are learned: general text first if wanted, then our own, EPOCHS times."""
    chance = random.Random(seed)
    library = read_library(corpus)
    situations = [told for told in read_training_queries(corpus) if told.entries]
    rows = general_rows(data, chance) if general else []
    planned = batches(shuffled([Example(row, row[1], frozenset([row[1]])) for row in rows], chance))
    for turn in range(EPOCHS):
        told = list(situation_rows(model, situations, library, chance))
        own = batches(side_by_side(model, told, chance) if turn % 2 else shuffled(told, chance))
        paired = batches(shuffled(corpus_rows(library), chance))
        own += chance.sample(paired, len(paired) // EPOCHS)
        chance.shuffle(own)
        planned += own
    return [row for batch in planned for row in batch]


def teach_search(distilled: Path, data: Path, corpus: Path, folder: Path, *, seed: int, rounds: int) -> Path:
    """Run the second stage; a round that is finished is not run again, one that was cut goes on from its checkpoint.

    Each round draws the passages nearest to a situation with the model as it is then.

    Args:
        distilled: Folder of the distilled student.
        data: Folder of the training data.
        corpus: The corpus, with ``training/``.
        folder: Where the rounds are kept.
        seed: Fixes the order.
        rounds: How many; general text is learned in the first only.

    Returns:
        Folder of the finished encoder.
    """
    current = distilled
    for turn in range(rounds):
        finished = folder / f"round-{turn + 1}"
        if not (finished / "modules.json").exists():
            model = _run_round(
                current, data, corpus, folder / f"checkpoints-{turn + 1}", seed=seed + turn, first=turn == 0
            )
            model.save(str(finished))
        current = finished
    return current


def four_directions(model: SentenceTransformer) -> MultipleNegativesRankingLoss:
    """Compare each query with all passages and all other queries, each passage the same: no language is favoured."""
    return MultipleNegativesRankingLoss(
        model, scale=20.0, directions=("query_to_doc", "doc_to_query", "query_to_query", "doc_to_doc")
    )


def _run_round(start: Path, data: Path, corpus: Path, folder: Path, *, seed: int, first: bool) -> SentenceTransformer:
    model = SentenceTransformer(str(start), model_kwargs={"dtype": "float32"})
    rows = planned_rows(model, data, corpus, seed=seed, general=first)
    model.max_seq_length = 96
    without_dropout(model)
    print(f"search: {len(rows):,} rows", flush=True)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=training_arguments(folder, seed=seed, batch=BATCH, body=5e-5, rows=2e-4, warmup=100 if first else 20),
        train_dataset=Dataset.from_dict({"anchor": [row[0] for row in rows], "positive": [row[1] for row in rows]}),
        loss=MatryoshkaLoss(model, four_directions(model), matryoshka_dims=list(SIZES), matryoshka_weights=[1.0, 0.3]),
    )
    trainer.train(resume_from_checkpoint=any(folder.glob("checkpoint-*")))
    return model
