// A combobox: an input that filters a list beside it (WAI-ARIA, list autocomplete).
import { composing, debounce, fill, h, icon, uid } from "./dom.js";
import { dock, floor } from "./popup.js";
import { failure, t } from "./texts.js";

const ASKING_PAUSE_MS = 250;

/**
 * Draw a select at its spot. `source.find(query)` resolves to groups of options
 * `{id, text, more, value}`, asked from `source.least` characters on; `known(value)` is the option
 * of a value already chosen; `several` allows more than one.
 */
export function combo(spot, { several, source, known }) {
  const most = several ? (spot.element.max_selected_items ?? Infinity) : 1;
  const clearable = spot.block.type === "input" && spot.block.optional;
  let groups = [];
  let active = -1;
  let asked = 0;
  let list = null;

  const chosen = () => (several ? spot.value : [spot.value].filter((value) => value !== null)).map(known);
  const options = () => groups.flatMap((group) => group.options);
  const input = h("input", {
    ...spot.props,
    type: "text",
    role: "combobox",
    class: "combo-input",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-haspopup": "listbox",
    oninput: () => typing(),
    onkeydown: (event) => keydown(event),
    onclick: () => open(),
    onblur: () => hide(),
  });
  const chips = h("span", { class: "chips" });
  const node = h("div", { class: "combo" }, several ? chips : null, input, icon("down"));
  node.addEventListener("click", (event) => event.target.closest("button") || input.focus());

  function draw() {
    const now = chosen();
    input.placeholder = several && now.length ? "" : (spot.element.placeholder?.text ?? t("select.choose"));
    if (!several) input.value = now[0]?.text ?? "";
    fill(chips, now.map((option) => h("span", { class: "chip" }, option.text, dropButton(option))));
  }

  function dropButton(option) {
    const drop = () => pick(option).then(() => input.focus());
    return h(
      "button",
      { type: "button", "aria-label": t("select.drop", { name: option.text }), onclick: drop },
      icon("close"),
    );
  }

  /** Show everything; what is typed next replaces the text of the choice. */
  function open() {
    if (list) return;
    if (!several) input.select();
    show("");
  }

  async function show(query) {
    if (!list) {
      list = h(
        "div",
        {
          class: "listbox",
          role: "listbox",
          id: uid("list"),
          "aria-label": spot.label ?? t("select.choose"),
        },
      );
      if (spot.labelledby) list.setAttribute("aria-labelledby", spot.labelledby);
      if (several) list.setAttribute("aria-multiselectable", "true");
      list.addEventListener("pointerdown", (event) => event.preventDefault());
      list.addEventListener("mousedown", (event) => event.preventDefault());
      floor(node).append(list);
      input.setAttribute("aria-expanded", "true");
      input.setAttribute("aria-controls", list.id);
      addEventListener("scroll", redock, true);
    }
    if (query.length < source.least) return note(t("select.least", { n: source.least }));
    const mine = ++asked;
    if (!groups.length) note(t("select.asking"));
    try {
      const found = await source.find(query);
      if (mine !== asked || !list) return undefined;
      groups = found;
      const at = options().findIndex((option) => chosen().some((one) => one.id === option.id));
      active = options().length ? Math.max(0, query ? 0 : at) : -1;
      return drawList();
    } catch (error) {
      return mine === asked && list ? note(failure(error)) : undefined;
    }
  }

  function redock(event) {
    if (list && !list.contains(event.target)) dock(list, node, { width: true });
  }

  function note(text) {
    groups = [];
    active = -1;
    input.removeAttribute("aria-activedescendant");
    fill(list, h("p", { class: "none", role: "status" }, text));
    dock(list, node, { width: true });
  }

  function drawList() {
    if (!options().length) return note(t("select.none"));
    const now = new Set(chosen().map((option) => option.id));
    const full = several && now.size >= most;
    let n = -1;
    const row = (option) => {
      const mine = (n += 1);
      const on = now.has(option.id);
      const props = {
        role: "option",
        id: `${list.id}-${mine}`,
        "aria-selected": String(on),
        "aria-disabled": full && !on ? "true" : undefined,
        onclick: () => pick(option),
        onpointermove: () => mine !== active && point(mine),
      };
      return h(
        "div",
        props,
        option.text,
        option.more ? h("span", { class: "description" }, option.more) : null,
      );
    };
    const section = (group) =>
      group.label
        ? h(
          "div",
          { role: "group", "aria-label": group.label },
          h("div", { class: "group", "aria-hidden": "true" }, group.label),
          group.options.map(row),
        )
        : group.options.map(row);
    fill(list, groups.map(section));
    dock(list, node, { width: true });
    return point(active, true);
  }

  function point(at, scroll = false) {
    active = at;
    const rows = list.querySelectorAll("[role=option]");
    rows.forEach((one, n) => one.classList.toggle("active", n === at));
    if (!rows[at]) return;
    input.setAttribute("aria-activedescendant", rows[at].id);
    if (scroll) rows[at].scrollIntoView({ block: "nearest" });
  }

  async function pick(option) {
    const on = chosen().some((one) => one.id === option.id);
    if (!several) {
      hide();
      if (!on) await spot.choose(option.value);
      return draw();
    }
    if (!on && spot.value.length >= most) return undefined;
    const left = spot.value.filter((value) => known(value).id !== option.id);
    await spot.choose(on ? left : [...spot.value, option.value]);
    input.value = "";
    draw();
    return list ? drawList() : undefined;
  }

  function hide() {
    if (!list) return;
    const wiped = !several && clearable && input.value === "" && spot.value !== null;
    asked += 1;
    list.remove();
    list = null;
    groups = [];
    removeEventListener("scroll", redock, true);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.removeAttribute("aria-controls");
    if (several) input.value = "";
    if (wiped) spot.choose(null).then(draw);
    else draw();
    // A click into text that is still selected would leave nothing selected.
    if (document.activeElement === input) input.setSelectionRange(input.value.length, input.value.length);
  }

  const typing = debounce(() => input.isConnected && show(input.value), source.far ? ASKING_PAUSE_MS : 0);

  function keydown(event) {
    if (composing(event)) return;
    const rows = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!list) open();
      else if (rows) point((active + (event.key === "ArrowDown" ? 1 : rows - 1)) % rows, true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list) open();
      else if (active >= 0) pick(options()[active]);
    } else if (event.key === "Escape" && list) {
      event.preventDefault();
      event.stopPropagation();
      if (!several) input.value = chosen()[0]?.text ?? "";
      hide();
    } else if (event.key === "Backspace" && several && !input.value && spot.value.length) {
      pick(chosen().at(-1));
    }
  }

  draw();
  return node;
}
