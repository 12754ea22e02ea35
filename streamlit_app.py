"""What Streamlit runs in a checkout: ``streamlit run streamlit_app.py``."""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle threads give the processor back; read when FAISS loads

from page.app import main

main()
