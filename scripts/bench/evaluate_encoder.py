"""Measure an encoder apart from the library: finding translations, and agreeing with people on likeness.

Example:
    python -m scripts.bench.evaluate_encoder --data DATA --model search/model

Prints a Markdown table. DATA holds eval/ with tab separated, gzipped files.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.evaluation import EmbeddingSimilarityEvaluator, TranslationEvaluator

from search.encoding.encoder import SHIPPED_MODEL

from ..training.pairs import read_rows
from .measuring import make_parser

TRANSLATIONS = {
    "FLORES devtest": "flores200_devtest",
    "Tatoeba": "tatoeba_laser_fra_eng",
    "Civic strings": "domain_ui_heldout",
}
LIKENESS = {
    "STS-B French": "stsb_fr_test",
    "STS-B English": "stsb_en_test",
    "STS-B English-French": "stsb_cross_en_fr_test",
}


def measure(model: SentenceTransformer, data: Path) -> dict[str, float]:
    """Return every figure of one model: accuracies 0 to 1, and Spearman correlations."""
    figures = {}
    for name, file in TRANSLATIONS.items():
        english, french = zip(*(row[:2] for row in read_rows(data / "eval" / f"{file}.tsv.gz")), strict=True)
        found = TranslationEvaluator(list(english), list(french), show_progress_bar=False)(model)
        figures[f"{name} en->fr"] = found["src2trg_accuracy"]
        figures[f"{name} fr->en"] = found["trg2src_accuracy"]
    for name, file in LIKENESS.items():
        first, second, scores = zip(*read_rows(data / "eval" / f"{file}.tsv.gz"), strict=True)
        evaluator = EmbeddingSimilarityEvaluator(list(first), list(second), [float(score) for score in scores])
        figures[f"{name} (Spearman)"] = evaluator(model)["spearman_cosine"]
    return figures


def main() -> int:
    """Print one column per model."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval/")
    parser.add_argument("--model", nargs="+", default=[str(SHIPPED_MODEL)], help="folders or public names")
    options = parser.parse_args()
    columns = [
        measure(SentenceTransformer(name, device="cpu", model_kwargs={"dtype": "float32"}), options.data)
        for name in options.model
    ]
    print("| | " + " | ".join(Path(name).name for name in options.model) + " |")
    print("|---|" + "---|" * len(columns))
    for row in columns[0]:
        print(f"| {row} | " + " | ".join(f"{column[row]:.3f}" for column in columns) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
