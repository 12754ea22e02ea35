// Shows what a word of the glossary means: while it is pointed at, tapped or reached by the keyboard. Escape takes the
// explanation away, and one can point at the explanation itself without losing it.
(() => {
  if (window.passerelleGlossary) return;
  window.passerelleGlossary = true;
  const tip = document.createElement("div");
  tip.id = "passerelle-tip";
  tip.role = "tooltip";
  tip.hidden = true;
  let word = null;
  let leaving;
  const hide = () => {
    tip.hidden = true;
    word?.removeAttribute("aria-describedby");
    word = null;
  };
  const put = () => {
    const place = word.getClientRects()[0] ?? word.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const below = place.bottom + 6;
    tip.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
    tip.style.top = `${below + height < innerHeight ? below : Math.max(8, place.top - height - 6)}px`;
  };
  // The keyboard scrolls to what it reaches: the explanation goes along, as long as its word is in sight.
  const follow = () => {
    if (!word) return;
    const { top, bottom } = word.getBoundingClientRect();
    if (word.isConnected && bottom > 0 && top < innerHeight) put();
    else hide();
  };
  const show = (one) => {
    clearTimeout(leaving);
    if (one.title) {
      one.dataset.means = one.title; // the browser's own tip would come beside this one
      one.removeAttribute("title");
    }
    if (word && word !== one) hide();
    word = one;
    (one.closest('main, [role="main"], [data-testid="stMain"]') ?? document.body).append(tip);
    tip.textContent = one.dataset.means;
    tip.hidden = false;
    one.setAttribute("aria-describedby", tip.id);
    put();
  };
  const wordAt = (event) => event.target.closest?.("abbr[tabindex]");
  for (const name of ["pointerover", "focusin", "click"]) {
    document.addEventListener(name, (event) => {
      const one = wordAt(event);
      if (one) show(one);
      else if (tip.contains(event.target)) clearTimeout(leaving);
      else if (name !== "pointerover") hide();
    });
  }
  document.addEventListener("pointerout", (event) => {
    if (!(wordAt(event) || tip.contains(event.target)) || event.pointerType === "touch") return;
    leaving = setTimeout(() => document.activeElement !== word && hide(), 200);
  });
  document.addEventListener("focusout", (event) => wordAt(event) && hide());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", follow, true);
})();
