// Modals: a stack of views in one dialog, the top one shown.
import { Board } from "./board.js";
import { composing, fill, h, iconButton, uid } from "./dom.js";
import { problem, returnFocus, trapTab } from "./popup.js";
import { call, state } from "./state.js";
import { failure, t } from "./texts.js";

const stack = [];
let dialog = null;
let back = null;

/** One view on the stack. */
class Layer {
  constructor(view) {
    this.board = new Board({ view_id: view.id }, view.blocks);
    this.title = h("h2", { id: uid("title") });
    this.trouble = h("div", { class: "slot" });
    this.body = h("div", { class: "dialog-body" }, this.board.node, this.trouble);
    this.submit = h("button", { type: "submit", class: "button primary" });
    this.closer = h("button", { type: "button", class: "button", onclick: () => leave(this, false) });
    this.foot = h("div", { class: "dialog-foot" });
    this.node = h(
      "form",
      { class: "layer", novalidate: true, onsubmit: (event) => this.#submitted(event) },
      h(
        "div",
        { class: "dialog-head" },
        this.title,
        iconButton("close", t("close"), () => leave(this, true)),
      ),
      this.body,
      this.foot,
    );
    this.auto = null; // what got the focus by itself
    this.left = null; // what had the focus when another view came on top
    this.#dress(view);
  }

  #dress(view) {
    this.view = view;
    this.title.textContent = view.title?.text ?? "";
    this.submit.textContent = view.submit?.text ?? "";
    this.closer.textContent = view.close?.text ?? (view.submit ? t("cancel") : t("close"));
    fill(this.foot, this.closer, view.submit ? this.submit : []);
  }

  update(view) {
    this.#dress(view);
    const active = document.activeElement;
    const lost = () => !dialog.contains(document.activeElement) || document.activeElement === dialog;
    this.board.update(view.blocks);
    problem(this.trouble, "");
    if (stack.at(-1) !== this) return;
    if (lost() || (active === this.auto && !this.body.contains(active))) this.focus();
    if (!this.body.contains(document.activeElement)) this.body.scrollTop = 0;
  }

  focus() {
    if (this.left?.isConnected) return void this.left.focus();
    this.auto = this.board.focusFirst();
    if (this.auto) return;
    this.auto = this.view.submit ? this.submit : this.closer;
    this.auto.focus();
  }

  async #submitted(event) {
    event.preventDefault();
    if (!this.view.submit || this.submit.getAttribute("aria-busy") === "true") return;
    problem(this.trouble, "");
    const mistakes = this.board.mistakes();
    this.board.showErrors(mistakes);
    if (Object.keys(mistakes).length) return;
    this.board.flush(false);
    this.submit.setAttribute("aria-busy", "true");
    const version = this.view.hash;
    try {
      await call("submit", { view_id: this.view.id, state: this.board.surface.values() });
    } catch (error) {
      if (this.view.hash === version) this.#refused(error);
    } finally {
      this.submit.removeAttribute("aria-busy");
    }
  }

  #refused(error) {
    if (error.code === "errors") {
      const rest = this.board.showErrors(error.body.errors ?? {});
      problem(this.trouble, rest.join(" "));
      return;
    }
    problem(this.trouble, `${failure(error)} ${t("modal.kept")}`);
    this.trouble.scrollIntoView({ block: "nearest" });
  }
}

/** Close a view, or all; the app hears of it where it asked to. */
function leave(layer, all) {
  layer.board.flush(true);
  const cleared = all && stack.length > 1;
  call(
    "close",
    { view_id: (cleared ? stack[0] : layer).view.id, ...(cleared && { all: true }) },
  ).catch(() => {
    // The server may have closed it already, or is away: the page closes it all the same.
  });
  drop(layer.view.id, cleared);
}

function drop(view_id, all) {
  const at = all ? 0 : stack.findIndex((layer) => layer.view.id === view_id);
  if (at < 0) return;
  stack.splice(at);
  show();
}

function show() {
  const top = stack.at(-1);
  if (!top) {
    dialog?.close();
    dialog?.remove();
    if (dialog) returnFocus(back);
    dialog = null;
    return;
  }
  if (!dialog) {
    back = document.activeElement;
    dialog = h("dialog", { class: "dialog view", "aria-modal": "true" });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("keydown", keydown);
    document.body.append(dialog);
    dialog.showModal();
  }
  dialog.setAttribute("aria-labelledby", top.title.id);
  if (top.node.isConnected) return;
  const covered = stack.at(-2);
  if (covered?.node.isConnected) covered.left = document.activeElement;
  fill(dialog, top.node);
  top.focus();
  top.left = null;
  if (!top.board.node.contains(document.activeElement)) top.body.scrollTop = 0;
}

function keydown(event) {
  if (event.key === "Escape" && !event.defaultPrevented && !composing(event)) {
    event.preventDefault();
    leave(stack.at(-1), false);
  } else trapTab(dialog, event);
}

/** A push of the server: a view was opened, pushed or updated. */
export function viewPushed({ op, view }) {
  const there = stack.find((layer) => layer.view.id === view.id);
  if (there) return there.update(view);
  if (op === "update") return undefined;
  if (op === "open") stack.splice(0);
  stack.push(new Layer(view));
  return show();
}

/** A push of the server: views were closed. */
export const viewClosed = ({ view_id, all }) => drop(view_id, all);

/** After a reload or a lost connection: show the stack the server knows. */
export function restoreViews(views) {
  const same = views.length === stack.length && views.every((view, n) => view.id === stack[n].view.id);
  if (same) {
    for (const [n, view] of views.entries()) if (view.hash !== stack[n].view.hash) stack[n].update(view);
    return;
  }
  if (stack.length && !views.length) {
    // What was typed stays to be read and copied, though it can't be sent any more.
    return problem(stack.at(-1).trouble, t("modal.lost"));
  }
  stack.splice(0, stack.length, ...views.map((view) => new Layer(view)));
  show();
}

/** Another person sits down: their modals are not ours. */
export function forgetViews() {
  stack.splice(0);
  if (state.ready) back = null;
  show();
}
