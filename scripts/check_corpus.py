"""Check a corpus: schema, links, sources, languages, lengths, typography, numbers, copied runs.

Example:
    python scripts/check_corpus.py --facts FACTS.jsonl --seed ARTICLES.txt
    python scripts/check_corpus.py --alike
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import search
from search.curation.check_evaluation import check_evaluation
from search.curation.lint import check_library, read_facts
from search.curation.near_duplicates import check_allowed_pairs, check_near_duplicates
from search.encoding.embedding_cache import EmbeddingCache
from search.evaluation.behaviour_checks import check_checks


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", default=search.default_corpus())
    parser.add_argument("--facts", type=Path, help="JSON lines the numbers of cases and resources must occur in")
    parser.add_argument("--seed", type=Path, help="text no run of eight words may be shared with")
    parser.add_argument(
        "--alike", action="store_true", help="also report entries that say nearly the same (loads the shipped model)"
    )
    return parser.parse_args()


def alike(library: search.Library) -> list[search.Problem]:
    """Report entries that say nearly the same; vectors come from the index's cache, and go there."""
    cache = EmbeddingCache(search.default_index() / "embeddings.sqlite")
    try:
        return check_near_duplicates(library, search.SentenceEncoder(), cache)
    finally:
        cache.close()


def facts_of(path: Path | None) -> dict[str, str] | None:
    """Read the fact base, if one is given; None, after a sentence on why, when a line is not as it should be."""
    try:
        return read_facts(path) if path else {}
    except search.CorpusError as error:
        print(error, file=sys.stderr)
        return None


def main() -> int:
    """Print every problem; exit code 0 when there is none, 1 when there is one, 2 when something cannot be read."""
    options = arguments()
    try:
        library = search.read_library(options.corpus)
        seed = options.seed.read_text(encoding="utf-8") if options.seed else ""
        if (facts := facts_of(options.facts)) is None:
            return 2
        problems = check_library(library, seed=seed, facts=facts) + check_evaluation(library)
        problems += check_checks(library) + check_allowed_pairs(library)
        if options.alike:
            problems += alike(library)
    except search.CorpusError as error:
        problems = list(error.problems)
    except search.ModelMissingError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problems in {len({problem.file for problem in problems})} files.")
        return 1
    kinds = Counter(entry.kind for entry in library.entries)
    texts = sum(len(entry.languages) for entry in library.entries)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{len(library.entries)} entries, {texts} texts, no problem: {listed}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
