"""Measurements that take minutes, each run from the project's folder: ``python -m scripts.bench.NAME --help``.

``speed`` beside other engines, ``filters``, ``page``, ``postgres``, ``start`` of a process, ``load`` of many people,
``failover`` of two databases, ``tables`` as people have them, ``draw`` what speed gave; ``compare_candidates``,
``evaluate_encoder`` and ``pool`` are about quality. They share ``fakes`` and ``measuring``.
"""
