"""The page: words, widgets, drawing. Every rule lives in the package ``search``.

`app` draws the frame, and each name of `address.VIEWS` is the module of a view; `page`, `messages` and `text` are what
all of them need, `entries` and `filters` are drawn by several. In a checkout the package is ``page``, installed it is
``search.page``.
"""
