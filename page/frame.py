"""What is around the page: the drawer of the menu on a narrow screen, and the words that Streamlit writes itself."""

from __future__ import annotations

import json

import streamlit as st

from .messages import MESSAGES
from .state import Page

BUILT_IN = (
    "Expand sidebar",
    "Collapse sidebar",
    "Sidebar",
    "App pages",
    "Skip to main content",
    "Open",
    "Clear all",
    "Clear value",
    "Selected values",
    "Select all",
    "No results",
    "Remove",
)
"""What Streamlit writes in English; `built_in` of the dictionaries has the same in order, between bars."""

# Such words come and go with what they name: they are looked for whenever something of the page changes.
SCRIPT = """<script>/* the frame */
((words) => {
  const said = (text) => words[text] ?? text.replace(/^(Remove|Retirer) (?=.)/, (found) => words[found.trim()] + ' ');
  const named = '[aria-label]';
  const written = '[data-testid="stSkipToContent"], [role="option"], [role="listbox"] > div';
  const name = () => {
    for (const one of document.querySelectorAll(named)) {
      const label = said(one.ariaLabel);
      if (one.ariaLabel !== label) one.ariaLabel = label;
    }
    for (const one of document.querySelectorAll(written)) {
      const text = one.firstChild?.firstChild ?? one.firstChild;
      if (text?.nodeType === 3 && words[text.data] && words[text.data] !== text.data) text.data = words[text.data];
    }
  };
  window.passerelleFrame?.disconnect();
  window.passerelleFrame = new MutationObserver(name);
  window.passerelleFrame.observe(document.body, { childList: true, subtree: true });
  name();
  const close = (event) => {
    if (!event.target.closest?.('[data-testid="stSidebarNavLink"]') || window.innerWidth >= 768) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 50);
  };
  document.removeEventListener('click', window.passerelleClose);
  window.passerelleClose = close;
  document.addEventListener('click', close);
})(WORDS);
</script>"""


def draw_frame(page: Page) -> None:
    """Write Streamlit's own words in the reader's language, and let a choice close the drawer of the menu."""
    with st.container(key="unseen_frame"):
        script = SCRIPT.replace("WORDS", json.dumps(built_in_words(page.reader), ensure_ascii=False))
        st.html(script, unsafe_allow_javascript=True)


def built_in_words(reader: str) -> dict[str, str]:
    """Return what stands for each word that Streamlit writes, and for what stood for it in another language."""
    told = MESSAGES[reader]["built_in"].split("|")
    known = [BUILT_IN, *(messages["built_in"].split("|") for messages in MESSAGES.values())]
    return {word: told[n] for words in known for n, word in enumerate(words)}
