// The drawn blocks of one surface, renewed in place: focus, caret and a syllable being composed stay.
import { drawBlocks } from "./blocks.js";
import { mistake } from "./checks.js";
import { fill, focusables, h } from "./dom.js";
import { textNode } from "./mrkdwn.js";
import { problem } from "./popup.js";
import { Surface } from "./surface.js";

const TEXT_FIELDS = "input[type=text]:not([role]), input[type=email], input[type=url], textarea";

export class Board {
  constructor(where, blocks) {
    this.surface = new Surface(where, blocks);
    this.drawn = drawBlocks(this.surface);
    this.node = h("div", { class: "blocks" }, this.drawn.map((one) => one.node));
  }

  /** Show new blocks; what was entered stays in fields that are still there (`Surface.adopt`). */
  update(blocks) {
    const { surface } = this;
    const focused = document.activeElement;
    const inside = this.node.contains(focused);
    const key = inside ? (focused.dataset.key ?? "") : "";
    surface.adopt(blocks);
    const held = inside && focused.matches(TEXT_FIELDS) ? this.#held(focused, blocks) : null;
    for (const one of this.drawn) if (one !== held?.old) for (const spot of one.spots) spot.flush(surface.has(spot));
    this.drawn = drawBlocks(surface).map((one) => (
      held && one.block === held.block ? renewed(held.old, one) : one
    ));
    this.#place(held?.old.node);
    if (inside && !held) this.#refocus(key);
  }

  /** The drawn block around the focused field, if the new blocks have that field too. */
  #held(focused, blocks) {
    const old = this.drawn.find((one) => one.node.contains(focused));
    const same = ({ element }) =>
      element?.action_id === old.block.element?.action_id &&
      element.type === old.block.element.type &&
      Boolean(element.multiline) === Boolean(old.block.element.multiline);
    const block = blocks.find((one) => one.type === "input" && one.block_id === old.block.block_id && same(one));
    return block ? { old, block } : null;
  }

  /** Put the new nodes around the one that must not move. */
  #place(still) {
    const nodes = this.drawn.map((one) => one.node);
    for (const child of [...this.node.children]) if (child !== still) child.remove();
    if (!still) return void this.node.append(...nodes);
    const at = nodes.indexOf(still);
    still.before(...nodes.slice(0, at));
    still.after(...nodes.slice(at + 1));
  }

  #refocus(key) {
    const again = key && [...this.node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (again) again.focus();
  }

  /** Put the focus where the app wants it, or on the first field. */
  focusFirst() {
    const wanted = this.drawn.flatMap((one) => one.spots).find((spot) => spot.element.focus_on_load);
    const all = focusables(this.node);
    const first =
      (wanted && all.find((one) => one.dataset.key?.startsWith(wanted.key))) ??
      all.find((one) => one.closest(".input") && one.dataset.key) ??
      all[0];
    first?.focus();
    return first;
  }

  /** Send (or drop) what waits for a pause in typing. */
  flush(send) {
    for (const { spots } of this.drawn) for (const spot of spots) spot.flush(send);
  }

  /** What the messenger itself refuses: block id to words. */
  mistakes() {
    const inputs = this.drawn.filter(({ block }) => block.type === "input");
    const found = inputs.map(({ block, spots }) => [block.block_id, mistake(block, spots[0].value)]);
    return Object.fromEntries(found.filter(([, words]) => words));
  }

  /** Show errors at their blocks and go to the first; returns those of no block here. */
  showErrors(errors) {
    let first = null;
    for (const { block, node, error } of this.drawn) {
      if (!error) continue;
      const words = errors[block.block_id] ?? "";
      problem(error, words);
      node.classList.toggle("wrong", Boolean(words));
      for (const control of node.querySelectorAll("[data-key], [role=radiogroup], [role=group]")) {
        if (words) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
      if (words) first ??= node;
    }
    if (first) focusables(first).find((one) => one.dataset.key)?.focus();
    first?.scrollIntoView({ block: "nearest" });
    const here = new Set(this.drawn.map(({ block }) => block.block_id));
    return Object.entries(errors).filter(([id]) => !here.has(id)).map(([, words]) => words);
  }
}

/** The old node goes on, with the new block's words around its field. */
function renewed(old, fresh) {
  const [spot] = old.spots;
  spot.block = fresh.block;
  spot.element = fresh.block.element;
  old.block = fresh.block;
  fill(old.node.querySelector(".label"), textNode(fresh.block.label));
  const hint = old.node.querySelector(".hint");
  if (hint) fill(hint, fresh.block.hint ? textNode(fresh.block.hint) : []);
  problem(old.error, "");
  old.node.classList.remove("wrong");
  return old;
}
