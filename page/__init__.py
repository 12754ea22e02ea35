"""The page: words, widgets, drawing. Every rule lives in the package ``search``.

`app` draws the frame; `messages`, `text` and `state` are what all views need, `entries` and `filters` are drawn by
several; each other module is one view. In a checkout the package is ``page``, installed it is ``search.page``.
"""
