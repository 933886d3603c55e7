// Blocks as DOM. What people enter lives in the Surface, not here.
import { h, uid } from "./dom.js";
import { drawElement, pictureUrl } from "./elements.js";
import { mrkdwn, textNode } from "./mrkdwn.js";
import { markdown, richText, table } from "./richtext.js";
import { drawTextsWith, Spot } from "./surface.js";
import { t } from "./texts.js";

drawTextsWith(textNode);

/** A block drawn: its node, the spots of its elements, and where an error of it goes. */
class Drawn {
  constructor(block, node, spots = [], error = null) {
    Object.assign(this, { block, node, spots, error });
  }
}

const slot = () => h("div", { class: "slot" });

function section(block, surface) {
  const id = uid("text");
  const text = block.text && h("div", { class: "text", id }, textNode(block.text));
  const fields = block.fields && h(
    "div",
    { class: "fields" },
    block.fields.map((one) => h("div", {}, textNode(one))),
  );
  const below = slot();
  if (!block.accessory) return new Drawn(
    block,
    h("div", { class: "section" }, h("div", { class: "words" }, text, fields)),
  );
  const spot = new Spot(surface, block, block.accessory, below);
  if (text && !spot.label) spot.labelledby = id;
  const side = h("div", { class: `accessory holds-${block.accessory.type}` }, drawElement(spot));
  const row = h("div", { class: "section with-accessory" }, h("div", { class: "words" }, text, fields), side);
  return new Drawn(block, h("div", {}, row, below), [spot]);
}

function actions(block, surface) {
  const below = slot();
  const spots = block.elements.map((element) => new Spot(surface, block, element, below));
  return new Drawn(block, h("div", {}, h("div", { class: "actions" }, spots.map(drawElement)), below), spots);
}

function context(block) {
  const one = (element) =>
    element.type === "image"
      ? h("img", { class: "mini", src: pictureUrl(element), alt: element.alt_text })
      : h("span", {}, textNode(element));
  return new Drawn(block, h("div", { class: "context" }, block.elements.map(one)));
}

const GROUPS = new Set(["radio_buttons", "checkboxes"]);

function input(block, surface) {
  const error = h("div", { class: "slot", id: uid("error") });
  const hint = block.hint && h("div", { class: "hint", id: uid("hint") }, textNode(block.hint));
  const spot = new Spot(surface, block, block.element, error);
  const label = h("label", { id: uid("label"), class: "label" }, textNode(block.label));
  spot.labelledby = label.id;
  spot.describedby = [hint?.id, error.id].filter(Boolean).join(" ");
  const control = drawElement(spot);
  if (!GROUPS.has(block.element.type)) {
    const target = control.querySelector("input, textarea");
    target.id ||= uid("field");
    label.setAttribute("for", target.id);
  }
  const optional = block.optional && h("span", { class: "optional" }, t("input.optional"));
  const node = h(
    "div",
    { class: "input" },
    h("div", { class: "label-row" }, label, optional),
    control,
    error,
    hint,
  );
  return new Drawn(block, node, [spot], error);
}

function image(block) {
  const title = block.title && h("figcaption", {}, textNode(block.title));
  const url = pictureUrl(block);
  const picture = h("img", { src: url, alt: block.alt_text, loading: "lazy" });
  return new Drawn(
    block,
    h("figure", {}, title, h("a", { href: url, target: "_blank", rel: "noopener" }, picture)),
  );
}

const BLOCKS = {
  section,
  actions,
  context,
  input,
  image,
  header: (block) => new Drawn(block, h("h3", { class: "header" }, textNode(block.text))),
  divider: (block) => new Drawn(block, h("hr")),
  rich_text: (block) => new Drawn(block, richText(block)),
  markdown: (block) => new Drawn(block, markdown(block.text)),
  table: (block) => new Drawn(block, table(block)),
};

/** Draw all blocks of a surface. */
export const drawBlocks = (surface) =>
  surface.blocks.map((block) => {
    const draw = BLOCKS[block.type];
    const drawn = draw
      ? draw(block, surface)
      : new Drawn(block, h("p", { class: "unknown" }, t("block.unknown", { type: block.type })));
    drawn.node.classList.add("block");
    return drawn;
  });

/** A message's text when it has no blocks. */
export const drawText = (text) => h("div", { class: "block" }, mrkdwn(text ?? ""));
