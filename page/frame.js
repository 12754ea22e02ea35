// What is around the page: Streamlit's own words in the reader's language, the drawer of the menu on a narrow screen,
// the colours of what lies above the page. Such words come and go with what they name: they are looked for whenever
// something changes. WORDS is put in by the page; {} in a word stands for a part that is kept.
((words) => {
  const sure = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const shapes = Object.entries(words)
    .filter(([word]) => word.includes("{}"))
    .map(([word, told]) => [new RegExp(`^${word.split("{}").map(sure).join("(.*)")}$`, "s"), told]);
  const said = (text) => {
    if (Object.hasOwn(words, text)) return words[text];
    const [shape, told] = shapes.find(([shape]) => shape.test(text)) ?? [];
    return shape ? told.replace("{}", () => shape.exec(text)[1]) : text;
  };
  const NAMES = ["aria-label", "title", "aria-roledescription"];
  const NAMED = NAMES.map((name) => `[${name}]`).join();
  const WRITTEN =
    '[data-testid="stSkipToContent"], [role="option"], [role="listbox"] > div, [role="tooltip"], [role="dialog"] h2, ' +
    '[data-testid="stTooltipContent"], [data-testid="stStatusWidget"], [data-testid="stFileUploaderFile"], ' +
    '[data-testid="stFileUploaderFileErrorMessage"], [data-testid="stSidebarNavViewButton"]';
  const name = () => {
    for (const one of document.querySelectorAll(NAMED)) {
      for (const of of NAMES) {
        const text = one.getAttribute(of);
        if (text && said(text) !== text) one.setAttribute(of, said(text));
      }
    }
    for (const one of document.querySelectorAll(WRITTEN)) {
      const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (said(text.data) !== text.data) text.data = said(text.data);
      }
    }
  };
  // What Streamlit draws above the page (lists, help, what is behind a button) is outside of what it calls the app.
  const colour = () => {
    const app = document.querySelector(".stApp");
    const scheme = app && getComputedStyle(app).colorScheme;
    if (scheme && document.documentElement.style.colorScheme !== scheme) {
      document.documentElement.style.colorScheme = scheme;
    }
  };
  let soon;
  const look = () => {
    cancelAnimationFrame(soon);
    soon = requestAnimationFrame(() => {
      name();
      colour();
    });
  };
  window.passerelleFrame?.disconnect();
  window.passerelleFrame = new MutationObserver(look);
  const what = { childList: true, subtree: true, attributes: true, attributeFilter: [...NAMES, "class"] };
  window.passerelleFrame.observe(document.body, what);
  name();
  colour();
  const close = (event) => {
    if (!event.target.closest?.('[data-testid="stSidebarNavLink"]') || window.innerWidth >= 768) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 50);
  };
  document.removeEventListener("click", window.passerelleClose);
  window.passerelleClose = close;
  document.addEventListener("click", close);
})(WORDS);
