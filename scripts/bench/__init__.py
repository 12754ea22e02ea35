"""Measurements that take minutes, each run from the project's folder: ``python -m scripts.bench.NAME --help``.

``speed`` beside other engines, ``filters``, ``page``, ``postgres``, ``start`` of a process, ``load`` of many people,
``failover`` of two databases, ``tables`` as people have them, ``draw`` what speed gave; ``compare_candidates``,
``evaluate_encoder``, ``pool`` and ``side_by_side`` (libraries in one index) are about quality, ``answers`` compares
those of two versions, ``fit_signals`` fits the ranking. They share ``fakes`` and ``measuring``.
"""
