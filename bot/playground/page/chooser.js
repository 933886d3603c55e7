// A dialog with a search field over a grouped list: for people and for channels.
import { composing, fill, h, uid } from "./dom.js";
import { openDialog } from "./popup.js";
import { matching } from "./selects.js";
import { t } from "./texts.js";

/** `groups` as in combo.js; `draw(option)` makes a row's inside; `pick(option)` ends it. */
export function choose({ title, placeholder, groups, current, draw, pick }) {
  let shown = [];
  let active = 0;
  const list = h("div", { class: "chooser-list", role: "listbox", id: uid("list"), "aria-label": title });
  const count = h("p", { class: "sr-only", role: "status" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    class: "field",
    placeholder,
    autocomplete: "off",
    "aria-label": placeholder,
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    oninput: () => filter(),
    onkeydown: (event) => keydown(event),
  });
  const dialog = openDialog({ title, body: [input, count, list], className: "chooser" });

  function filter() {
    const found = matching(groups, input.value);
    shown = found.flatMap((group) => group.options);
    let n = -1;
    const row = (option) => {
      const mine = (n += 1);
      const props = {
        role: "option",
        id: `${list.id}-${mine}`,
        class: "chooser-row",
        "aria-selected": String(option.id === current),
      };
      return h(
        "div",
        { ...props, onclick: () => take(option), onpointermove: () => mine !== active && point(mine, false) },
        draw(option),
      );
    };
    const section = (group) =>
      h(
        "div",
        { role: "group", "aria-label": group.label },
        h("div", { class: "group", "aria-hidden": "true" }, group.label),
        group.options.map(row),
      );
    fill(list, shown.length ? found.map(section) : h("p", { class: "none" }, t("select.none")));
    fill(count, t("chooser.count", { n: shown.length }));
    const at = shown.findIndex((option) => option.id === current);
    point(input.value ? 0 : Math.max(0, at), true);
  }

  function point(at, scroll) {
    active = at;
    const rows = list.querySelectorAll("[role=option]");
    rows.forEach((row, n) => row.classList.toggle("active", n === at));
    if (!rows[at]) return void input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", rows[at].id);
    if (scroll) rows[at].scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    dialog.finish("chosen");
    pick(option.value);
  }

  function keydown(event) {
    if (composing(event) || !shown.length) return;
    const last = shown.length - 1;
    const to = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active === 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }[event.key];
    if (to !== undefined) point(to, true);
    else if (event.key === "Enter") take(shown[active]);
    else return;
    event.preventDefault();
  }

  filter();
  input.focus();
}
