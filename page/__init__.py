"""The page: words, widgets, drawing. Every rule lives in the package ``search``.

`words`, `text` and `state` are what all views need, `entries` draws entries; each other module is one view.
"""
