// The map of cases: what the page drew is put in; a click, the wheel and dragging tell it what to draw next.
export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".map") ?? parentElement.appendChild(document.createElement("div"));
  place.className = "map";
  place.innerHTML = data.svg; // every text of it is escaped where it is written
  const svg = place.querySelector("svg");
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };
  for (const link of place.querySelectorAll("a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      setTriggerValue("chosen", { ids: link.dataset.ids.split(" ") });
    });
  }
  let turned = 0;
  let soon;
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !svg.contains(document.activeElement) && !svg.matches(":focus-within, :focus")) return;
      event.preventDefault(); // the page scrolls on until the map was clicked, or with the control key
      turned += event.deltaY;
      const [x, y] = at(event);
      clearTimeout(soon);
      soon = setTimeout(() => setTriggerValue("moved", { x, y, factor: turned < 0 ? 2 : 0.5, drag: false }), 200);
    },
    { passive: false },
  );
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("a")) from = at(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = at(event);
    svg.querySelector("g").setAttribute("transform", `translate(${x - from[0]} ${y - from[1]})`);
  });
  const let_go = (event) => {
    if (!from) return;
    const [x, y] = at(event);
    const far = Math.hypot(x - from[0], y - from[1]);
    if (far > 4) setTriggerValue("moved", { x: from[0] - x, y: from[1] - y, factor: 1, drag: true });
    from = null;
  };
  svg.addEventListener("pointerup", let_go);
  svg.addEventListener("pointerleave", let_go);
}
