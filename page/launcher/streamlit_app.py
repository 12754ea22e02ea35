"""What Streamlit runs where Passerelle is installed, where the page is a part of the package.

Alone in its folder: Streamlit makes the names beside the script importable before all others.
"""

import os
from importlib import import_module

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle threads give the processor back; read when FAISS loads

import_module("search.page.app").main()
