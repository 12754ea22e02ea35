// What only the visitor's browser can do: keep their work, give them files, say the language of the page.
// It is run at every drawing; what outlives one is in window.passerelle.
const KEY = "passerelle";

// Nothing is kept where the browser forbids it: then `refused` is told to the page.
function read() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    here().refused = true;
    return "";
  }
}

// What could not be read is set aside and not written over.
function write(text, aside = false) {
  try {
    if (aside) localStorage.setItem(`${KEY} aside`, read());
    if (text !== read()) localStorage.setItem(KEY, text);
    here().refused = false;
  } catch {
    here().refused = true;
  }
}

function here() {
  return (window.passerelle ??= { live: {} });
}

// Tells the page what is kept. The number makes each telling a new one.
function tell() {
  const { token, send } = here();
  const text = read();
  send?.("kept", { token, text, refused: Boolean(here().refused), number: Date.now() });
}

// Keeps what is being typed at once, before the page knows of it.
function keepTyped(field) {
  const place = field?.closest?.("[class*='st-key-']");
  const path = [...(place?.classList ?? [])].map((name) => here().live[name]).find(Boolean);
  if (!path) return;
  let kept;
  try {
    kept = JSON.parse(read());
  } catch {
    return; // the page has kept nothing yet
  }
  const last = path.at(-1);
  const holder = path.slice(0, -1).reduce((one, name) => (one[name] ??= {}), kept);
  holder[last] = field.value;
  write(JSON.stringify(kept));
}

// A question that was typed and not sent yet outlives another view, another language and a reload of this tab.
const UNSENT = "passerelle question";

function keepQuestion(field) {
  if (!field?.closest?.(".st-key-q")) return;
  try {
    sessionStorage.setItem(UNSENT, field.value);
  } catch {
    // it is lost then, as it would be anywhere
  }
}

// What was answered is in the address; what could not be, a text too long for one, is kept here until it is.
function noteSent(question, answered) {
  const { sent } = here();
  here().sent = question;
  try {
    const unsent = sessionStorage.getItem(UNSENT);
    const another = sent !== undefined && sent !== question;
    if (!answered && question.trim()) {
      if (another || unsent === null) sessionStorage.setItem(UNSENT, question);
    } else if (another || unsent === question) {
      sessionStorage.removeItem(UNSENT);
    }
  } catch {
    // nothing is kept
  }
}

// "Erase it all" leaves nothing for whoever comes next: no unsent text, nothing that was set aside.
function forget() {
  try {
    sessionStorage.removeItem(UNSENT);
    localStorage.removeItem(`${KEY} aside`);
  } catch {
    // nothing is kept
  }
}

function bringQuestionBack() {
  const { sent } = here();
  try {
    const field = document.querySelector(".st-key-q textarea");
    const text = sessionStorage.getItem(UNSENT);
    if (!field || !text || text === sent || field.value !== sent) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true })); // so that Streamlit knows of it
  } catch {
    // the same
  }
}

function give({ name, mime, base64 }) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }));
  link.download = name;
  link.dispatchEvent(new MouseEvent("click")); // it does not bubble: what stands open stays open
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A paper is laid over the page for the printer alone.
function printPaper({ html }) {
  document.getElementById("passerelle-paper")?.remove();
  const paper = document.createElement("div");
  paper.id = "passerelle-paper";
  paper.innerHTML = html;
  document.body.append(paper);
  document.body.classList.add("passerelle-paper");
  const title = document.title;
  document.title = paper.querySelector("h1")?.textContent ?? title;
  const over = () => {
    document.body.classList.remove("passerelle-paper");
    document.title = title;
    paper.remove();
  };
  addEventListener("afterprint", over, { once: true });
  setTimeout(() => print(), 50);
}

// The address of what is shown; within the click, for browsers let it be copied only then.
async function copyAddress() {
  const address = location.href;
  let done = true;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    const place = document.createElement("textarea"); // where the page is not served over https
    place.value = address;
    document.body.append(place);
    place.select();
    done = document.execCommand("copy");
    place.remove();
  }
  here().send?.("copied", { done, number: Date.now() });
}

// What the visitor does is one step of the history, however many addresses the page writes for it: the menu leads to the
// bare address of a view, which the view completes; Streamlit writes an address part by part, and on a slow computer what
// the next view asks for before its path.
function joinSteps() {
  const push = history.pushState;
  let written = true;
  const act = () => (written = false);
  for (const name of ["pointerdown", "keydown", "click"]) addEventListener(name, act, true);
  history.pushState = function (state, title, url) {
    const write = written ? history.replaceState : push;
    written = true;
    return write.call(history, state, title, url);
  };
}

// A place that is drawn anew is empty: the question comes back into it.
function watchQuestion() {
  new MutationObserver(() => {
    const field = document.querySelector(".st-key-q textarea");
    if (field === here().field) return;
    here().field = field;
    setTimeout(bringQuestionBack, 100);
  }).observe(document.body, { childList: true, subtree: true });
}

function listen() {
  if (here().listening) return;
  here().listening = true;
  addEventListener(
    "input",
    (event) => {
      here().typing = event.target;
      keepTyped(event.target);
      keepQuestion(event.target);
    },
    true,
  );
  addEventListener(
    "click",
    (event) => {
      if (event.target.closest?.("[class*='st-key-copy_link'] button")) copyAddress();
      const link = event.target.closest?.("a[data-follow]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault(); // the view changes; the page is not loaded again
      here().send?.("followed", { asked: link.dataset.follow, number: Date.now() });
    },
    true,
  );
  addEventListener("focusout", () => (here().typing = null), true);
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      if (event.target.closest?.("[data-testid=stPopoverBody]")) event.target.blur(); // what was typed there is told first
    },
    true,
  );
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    clearTimeout(here().soon);
    here().soon = setTimeout(tell, 300); // somebody may be typing there
  });
  joinSteps();
  watchQuestion();
}

export default function ({ data, setStateValue }) {
  const page = here();
  page.send = setStateValue;
  page.live = data.live;
  document.documentElement.lang = data.lang;
  listen();
  if (page.token !== data.token) {
    page.token = data.token; // a new visit, or a server that began anew: it knows nothing yet
    tell();
  } else if (data.kept !== null) {
    write(data.kept, data.aside);
    keepTyped(page.typing);
  }
  if (data.forgotten && data.forgotten !== page.forgotten) {
    page.forgotten = data.forgotten;
    forget();
  }
  noteSent(data.question, data.answered);
  for (const soon of [100, 500, 1500]) setTimeout(bringQuestionBack, soon); // another language empties the place later
  if (data.file && data.file.number !== page.given) {
    page.given = data.file.number;
    give(data.file);
  }
  if (data.paper && data.paper.number !== page.printed) {
    page.printed = data.paper.number;
    printPaper(data.paper);
  }
}
