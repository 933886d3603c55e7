// Buttons, choices and pictures; fields to type in are in fields.js, lists in selects.js.
import { h, icon, uid } from "./dom.js";
import { FIELDS } from "./fields.js";
import { textNode } from "./mrkdwn.js";
import { openMenu } from "./popup.js";
import { SELECTS } from "./selects.js";
import { state } from "./state.js";
import { t } from "./texts.js";

function button(spot) {
  const { element } = spot;
  const props = {
    class: `button ${element.style ?? ""}`,
    "data-key": spot.key,
    "aria-label": element.accessibility_label,
  };
  const press = async (event) => {
    const node = event.currentTarget;
    if (node.getAttribute("aria-busy") === "true") return;
    if (element.confirm && element.url) event.preventDefault();
    if (!(await spot.sure())) return;
    if (element.confirm && element.url) open(element.url, "_blank", "noopener");
    node.setAttribute("aria-busy", "true");
    await spot.press({ value: element.value, text: element.text });
    node.removeAttribute("aria-busy");
  };
  if (element.url && /^(https?|mailto):/i.test(element.url)) {
    const link = { ...props, href: element.url, target: "_blank", rel: "noopener noreferrer" };
    return h("a", { ...link, onclick: press }, textNode(element.text));
  }
  return h("button", { ...props, type: "button", onclick: press }, textNode(element.text));
}

function overflow(spot) {
  const { element } = spot;
  const items = element.options.map((option) => ({
    label: textNode(option.text),
    act: async () => {
      if (option.url && /^https?:/i.test(option.url)) open(option.url, "_blank", "noopener");
      if (await spot.sure()) spot.press({ selected_option: option });
    },
  }));
  const label = spot.label ?? t("more");
  const props = {
    type: "button",
    class: "button more",
    "aria-label": label,
    "aria-haspopup": "menu",
    "data-key": spot.key,
  };
  return h(
    "button",
    { ...props, onclick: (event) => openMenu(event.currentTarget, items, label) },
    icon("more"),
  );
}

/** Radio buttons and checkboxes differ in how many may be on. */
function choices(spot) {
  const { element } = spot;
  const single = element.type === "radio_buttons";
  const name = uid("choice");
  const on = () => (single ? [spot.value].filter(Boolean) : spot.value).map((option) => option.value);
  const boxes = element.options.map((option, n) => {
    const text = h("span", { id: uid("option") }, textNode(option.text));
    const more = option.description && h(
      "span",
      { class: "description", id: uid("about") },
      textNode(option.description),
    );
    const box = h("input", {
      type: single ? "radio" : "checkbox",
      name,
      checked: on().includes(option.value),
      "data-key": `${spot.key}\n${n}`,
      "aria-labelledby": text.id,
      "aria-describedby": more ? more.id : undefined,
      onchange: () => changed(),
    });
    return { box, option, row: h("label", { class: "choice" }, box, h("span", {}, text, more)) };
  });
  const changed = async () => {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ option }) => option);
    if (await spot.choose(single ? (chosen[0] ?? null) : chosen)) return;
    const kept = on();
    for (const { box, option } of boxes) box.checked = kept.includes(option.value);
  };
  const props = {
    ...spot.props,
    "data-key": undefined,
    role: single ? "radiogroup" : "group",
    class: "choices",
  };
  if (!single) props["aria-required"] = undefined;
  return h("div", props, boxes.map(({ row }) => row));
}

/** Where a picture of an image block or element is. */
export function pictureUrl(image) {
  const file = image.slack_file;
  const url = image.image_url ?? file?.url ?? (file?.id ? `/files/${file.id}/image` : "");
  return pageUrl(url);
}

/** Files of the workspace are fetched without the bot's token, as a person's browser would. */
export function pageUrl(url) {
  const stored = /\/files-pri\/[^/]+-(F[A-Z0-9]+)\/(?:download\/)?([^/?#]+)/.exec(url ?? "");
  if (stored) return `/files/${stored[1]}/${stored[2]}?user=${state.me?.id ?? ""}`;
  return /^(https?:|\/)/.test(url ?? "") ? url : "";
}

const image = ({ element }) =>
  h("img", { class: "thumb", src: pictureUrl(element), alt: element.alt_text, loading: "lazy" });

const ELEMENTS = {
  button,
  overflow,
  image,
  radio_buttons: choices,
  checkboxes: choices,
  ...FIELDS,
  ...SELECTS,
};

/** Draw an element at its spot. */
export function drawElement(spot) {
  const draw = ELEMENTS[spot.element.type];
  return draw ? draw(spot) : h("span", { class: "unknown" }, t("block.unknown", { type: spot.element.type }));
}
