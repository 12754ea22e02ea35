"""Train the shipped French-English encoder: vocabulary, distillation, search.

Example:
    python scripts/train_model.py --data DATA --teacher TEACHER --work WORK --output search/model

Every step is kept in --work; run the same command again to go on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sentence_transformers import SentenceTransformer

from scripts.training.distil import distil
from scripts.training.pairs import mixed_pairs
from scripts.training.searching import teach_search
from scripts.training.student import make_student, save_half


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with parallel/ and pairs/")
    parser.add_argument("--teacher", required=True, help="folder of the English teacher (all-MiniLM-L6-v2)")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and teacher vectors")
    parser.add_argument(
        "--corpus", type=Path, default=ROOT / "corpus", help="corpus with training/ (default: %(default)s)"
    )
    parser.add_argument("--output", type=Path, required=True, help="where the finished model goes")
    parser.add_argument(
        "--start", type=Path, help="teach this model further, more gently, instead of a new student (keeps its pieces)"
    )
    parser.add_argument("--french-pieces", type=int, default=24_000, help="French word pieces to learn")
    parser.add_argument("--sentences", type=int, help="about how many sentences to distil on (default: all of the mix)")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the search stage (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    """Make the student, distil it, teach it to search, save it in float16."""
    options = arguments()
    distilled = options.work / "distilled"
    if not (distilled / "modules.json").exists():
        distil(
            options.start or new_student(options),
            options.teacher,
            options.data,
            options.work,
            seed=options.seed,
            sentences=options.sentences,
            gently=options.start is not None,
        ).save(str(distilled))
    finished = teach_search(
        distilled, options.data, options.corpus, options.work / "search", seed=options.seed, rounds=options.rounds
    )
    model = SentenceTransformer(str(finished), model_kwargs={"dtype": "float32"})
    model.max_seq_length = 256
    save_half(model, options.output)
    print(f"saved in {options.output}")
    return 0


def new_student(options: argparse.Namespace) -> Path:
    """Learn the pieces and put an untrained student together."""
    pairs = [pair for stage in mixed_pairs(options.data, options.seed).values() for pair in stage]
    return make_student(
        list(dict.fromkeys(pairs)),
        Path(options.teacher),
        options.work,
        french_size=options.french_pieces,
        seed=options.seed,
    )


if __name__ == "__main__":
    sys.exit(main())
