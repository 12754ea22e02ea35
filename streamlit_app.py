"""What Streamlit runs in a checkout: ``streamlit run streamlit_app.py``."""

from page.app import main

main()
