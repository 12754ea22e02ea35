"""How the shipped French-English encoder is made: vocabulary, first rows, distillation, search.

Only ``scripts/train_model.py`` uses this package; the product does not import it.
"""
