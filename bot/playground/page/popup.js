// Things that float beside what opened them: menus, the emoji picker, small panels.
import { arrows, fill, focusables, h, iconButton, uid } from "./dom.js";
import { t } from "./texts.js";

/** Put a floating node beside its anchor, inside the window. */
export function dock(node, anchor, { width = false } = {}) {
  const at = anchor.getBoundingClientRect();
  if (width) node.style.minWidth = `${at.width}px`;
  node.style.maxWidth = `${innerWidth - 16}px`;
  const below = innerHeight - at.bottom - 12;
  const above = at.top - 12;
  const wanted = node.scrollHeight;
  const up = wanted > below && above > below;
  node.style.maxHeight = `${Math.max(120, up ? above : below)}px`;
  const height = Math.min(wanted, up ? above : below);
  node.style.top = `${Math.max(8, up ? at.top - height - 4 : at.bottom + 4)}px`;
  node.style.left = `${Math.max(8, Math.min(at.left, innerWidth - node.offsetWidth - 8))}px`;
}

/** Where floating things go: the open dialog on top if there is one, since the rest is inert. */
export const floor = (anchor) => anchor.closest("dialog") ?? document.body;

let current = null;

/** Open a panel beside `anchor`; Esc, Tab beyond its end or a click elsewhere closes it. */
export function openPopup(anchor, content, { label, role = "dialog", onclose } = {}) {
  current?.close(false);
  const node = h("div", { class: "popup", role, "aria-label": label, tabindex: "-1" }, content);
  floor(anchor).append(node);
  anchor.setAttribute("aria-expanded", "true");
  const place = () => dock(node, anchor);
  const outside = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) popup.close(false);
  };
  const popup = {
    node,
    place,
    close(refocus = true) {
      if (current !== popup) return;
      current = null;
      removeEventListener("pointerdown", outside, true);
      removeEventListener("resize", place);
      node.remove();
      // An expanded anchor stays visible (tools of a message): focus it before saying otherwise.
      if (refocus && anchor.isConnected) anchor.focus();
      anchor.setAttribute("aria-expanded", "false");
      onclose?.();
    },
  };
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      popup.close();
    } else if (event.key === "Tab") {
      const all = focusables(node);
      const end = event.shiftKey ? all[0] : all.at(-1);
      if (role === "menu" || document.activeElement === end) {
        event.preventDefault();
        popup.close();
      }
    }
  });
  addEventListener("pointerdown", outside, true);
  addEventListener("resize", place);
  current = popup;
  requestAnimationFrame(place);
  place();
  return popup;
}

/** Open a menu; items are `{label, act, danger}`, null for a line between. */
export function openMenu(anchor, items, label) {
  const draw = (item) => {
    if (!item) return h("div", { role: "separator", class: "line" });
    const act = () => {
      popup.close();
      item.act();
    };
    const props = { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : "" };
    return h("button", { ...props, onclick: act }, item.label);
  };
  const list = h("div", { class: "menu" }, items.map(draw));
  const popup = openPopup(anchor, list, { label, role: "menu" });
  const buttons = () => [...list.querySelectorAll("[role=menuitem]")];
  list.addEventListener("keydown", arrows(buttons));
  buttons()[0]?.focus();
  return popup;
}

/** Keep Tab inside an element. */
export function trapTab(root, event) {
  if (event.key !== "Tab") return;
  const all = focusables(root);
  const [first, last] = [all[0], all.at(-1)];
  const outside = !root.contains(document.activeElement) || document.activeElement === root;
  const from = document.activeElement;
  const same = (end) => from === end || (from.type === "radio" && from.name && from.name === end?.name);
  if (event.shiftKey ? outside || same(first) : outside || same(last)) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

/** Show a dialog over everything. `onclose(why)` hears of Esc and the ✕; focus returns by itself. */
export function openDialog({ title, body, footer = [], role, className = "", onclose }) {
  const back = document.activeElement;
  const heading = h("h2", { id: uid("title") }, title);
  const shut = iconButton("close", t("close"), () => dialog.finish("x"));
  const content = h("div", { class: "dialog-body" }, body);
  const foot = h("div", { class: "dialog-foot" }, footer);
  const node = h(
    "dialog",
    { class: `dialog ${className}`, role, "aria-modal": "true", "aria-labelledby": heading.id },
    h("div", { class: "dialog-head" }, heading, shut),
    content,
    footer.length ? foot : null,
  );
  const dialog = {
    node,
    finish(why = "") {
      if (!node.isConnected) return;
      node.close();
      node.remove();
      returnFocus(back);
      onclose?.(why);
    },
  };
  node.addEventListener("cancel", (event) => event.preventDefault());
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      dialog.finish("esc");
    } else trapTab(node, event);
  });
  document.body.append(node);
  node.showModal();
  return dialog;
}

/** Give the focus back to where it was, or to the composer if that place is gone. */
export function returnFocus(back) {
  const target = back?.isConnected && back !== document.body ? back : document.querySelector("#main textarea");
  target?.focus();
}

/** Ask before something is done: Slack's confirm object. Resolves to true or false. */
export function askFirst(confirm) {
  return new Promise((resolve) => {
    const style = confirm.style === "danger" ? "danger" : "primary";
    const yes = h("button", { type: "button", class: `button ${style}` }, confirm.confirm?.text ?? t("yes"));
    const no = h("button", { type: "button", class: "button" }, confirm.deny?.text ?? t("no"));
    const dialog = openDialog({
      title: confirm.title?.text ?? t("confirm"),
      body: confirm.body,
      footer: [no, yes],
      role: "alertdialog",
      className: "small",
      onclose: (why) => resolve(why === "yes"),
    });
    yes.addEventListener("click", () => dialog.finish("yes"));
    no.addEventListener("click", () => dialog.finish("no"));
    yes.focus();
  });
}

/** A line that says what went wrong, in place. */
export const problem = (node, text) =>
  fill(node, text ? h("p", { class: "problem", role: "alert" }, text) : []);
