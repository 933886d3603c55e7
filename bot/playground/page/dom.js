// Building DOM without strings of HTML: nothing a person wrote is ever parsed as markup.

let counter = 0;

/** A new id, unique on this page. */
export const uid = (prefix = "x") => `${prefix}-${++counter}`;

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "multiple"]);

/** An element: `h("button", {class: "a", onclick: f, "aria-label": "…"}, "text", node, …)`. */
export function h(tag, props = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false) node.setAttribute(name, value);
  }
  node.append(...kids.flat(Infinity).filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return node;
}

/** Replace what an element holds. */
export function fill(node, ...kids) {
  node.replaceChildren(
    ...kids.flat(Infinity).filter((kid) => kid !== null && kid !== undefined && kid !== false)
  );
  return node;
}

const PATHS = {
  menu: "M3 6h18M3 12h18M3 18h18",
  close: "M6 6l12 12M18 6L6 18",
  smile: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5",
  thread: "M4 5h16v11H11l-5 4v-4H4zM8 9.5h8M8 12.5h5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M4 4l17 8-17 8 3-8zM7 12h7",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  search: "M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM16 16l5 5",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M3 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  fault: "M12 4l9.5 16h-19zM12 10v5M12 17.5v.5",
  clock: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 7v5l3.5 2",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  down: "M6 9l6 6 6-6",
  back: "M14 6l-6 6 6 6",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  thumb: "M4 11h3v9H4zM7 11l4-7c1.6 0 2.6 1.1 2.2 2.7L12.5 10H19a1.6 1.6 0 0 1 1.5 1.9l-1.3 6.6a1.9 1.9 0 0 1-1.8 1.5H7z",
};

/** A line drawing; it says nothing by itself, so its button needs a label. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button with only a drawing on it. */
export function iconButton(name, label, onclick, props = {}) {
  const all = { type: "button", class: "icon-button", title: label, "aria-label": label, onclick };
  return h("button", { ...all, ...props }, icon(name));
}

const FOCUSABLE =
  "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), " +
  "textarea:not([disabled]), [tabindex]:not([tabindex='-1'])";

/** What can be focused inside an element and is on screen. */
export function focusables(root) {
  const all = [...root.querySelectorAll(FOCUSABLE)].filter(
    (one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }),
  );
  // Of a group of radios the browser gives Tab only one: the chosen one, or an end of the group.
  return all.filter((one) => {
    if (one.type !== "radio") return true;
    const group = all.filter((other) => other.type === "radio" && other.name === one.name);
    return one === (group.find((other) => other.checked) ?? group[0]);
  });
}

/** Arrow keys move among items; returns a keydown listener for their container. */
export function arrows(items, { previous = "ArrowUp", next = "ArrowDown" } = {}) {
  return (event) => {
    const list = items();
    const at = list.indexOf(document.activeElement);
    const to = { [previous]: at - 1, [next]: at + 1, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    list[(to + list.length) % list.length]?.focus();
  };
}

/** Whether a key press only serves the composition of a syllable (Hangul, kana). */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** Delays a call until there was peace for `ms`; with `flush` and `cancel`. */
export function debounce(call, ms) {
  let timer = 0;
  let waiting = null;
  const run = () => {
    clearTimeout(timer);
    const args = waiting;
    waiting = null;
    if (args) call(...args);
  };
  const later = (...args) => {
    waiting = args;
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
  later.flush = run;
  later.cancel = () => {
    clearTimeout(timer);
    waiting = null;
  };
  return later;
}

/** Say something to screen readers only. */
export function announce(text) {
  const live = document.getElementById("live");
  live.append(h("p", {}, text));
  while (live.childElementCount > 5) live.firstElementChild.remove();
}

/** A short word at the edge of the screen, gone after a while. */
export function toast(text, kind = "") {
  const node = h("div", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 6000);
}
