"""What Streamlit runs where Passerelle is installed, where the page is a part of the package.

Alone in its folder: Streamlit makes the names beside the script importable before all others.
"""

from importlib import import_module

import_module("search.page.app").main()
