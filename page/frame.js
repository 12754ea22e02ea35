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
    '[data-testid="stSkipToContent"], [role="option"], [role="listbox"] > div, [role="tooltip"], section[role="dialog"], ' +
    '[data-testid="stFileUploaderDropzone"] button, ' +
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
  // What is behind a button is at the end of the document: the keyboard goes from the button into it, and on from there
  // to what comes after the button.
  const reached = (body) =>
    [...body.querySelectorAll("a[href], button, input, textarea, select, [tabindex]")].filter(
      (one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length,
    );
  const step = (event) => {
    const body = document.querySelector('[data-testid="stPopoverBody"]');
    const button = document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
    if (event.key !== "Tab" || !body || !button) return;
    const [places, at] = [reached(body), document.activeElement];
    const into = at === button && !event.shiftKey ? places[0] : at === places[0] && event.shiftKey ? button : null;
    if (into) {
      event.preventDefault();
      into.focus();
    } else if (at === places.at(-1) && !event.shiftKey) {
      button.focus(); // the browser takes the step from there
    }
  };
  document.removeEventListener("keydown", window.passerelleStep, true);
  window.passerelleStep = step;
  document.addEventListener("keydown", step, true);
})(WORDS);
