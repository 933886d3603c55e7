// Whose eyes: everyone by bureau, and the way to sit down as one of them.
import { choose } from "./chooser.js";
import { h, icon } from "./dom.js";
import { avatar } from "./message.js";
import { state } from "./state.js";
import { t } from "./texts.js";

/** The button in the header that says who this window is. */
export function switcherButton(become) {
  const { me } = state;
  const label = t("switch.button", { name: `${me.name} ${me.title}`.trim() });
  const props = { type: "button", class: "person-button", "aria-label": label, "aria-haspopup": "dialog" };
  return h(
    "button",
    { ...props, onclick: () => openSwitcher(become) },
    avatar(me.id, me.name),
    h("span", { class: "who" }, h("strong", {}, me.name), h("small", {}, me.title)),
    icon("down"),
  );
}

function openSwitcher(become) {
  const bureaus = new Map();
  for (const one of state.people.values()) {
    if (one.is_bot || one.deleted) continue;
    const bureau = one.group || t("switch.nowhere");
    if (!bureaus.has(bureau)) bureaus.set(bureau, []);
    bureaus.get(bureau).push({ id: one.id, text: one.name, more: `${one.title} ${bureau}`, value: one });
  }
  const draw = ({ value: one }) => [
    avatar(one.id, one.name),
    h("span", {}, h("strong", {}, one.name), h("span", { class: "description" }, one.title)),
    one.home ? h("span", { class: "badge" }, t(`switch.${one.home}`)) : null,
    one.id === state.me.id ? h("span", { class: "badge" }, t("switch.now")) : null,
  ];
  choose({
    title: t("switch.title"),
    placeholder: t("switch.search"),
    groups: [...bureaus].map(([label, options]) => ({ label, options })),
    current: state.me.id,
    draw,
    pick: (one) => one.id !== state.me.id && become(one.id),
  });
}
