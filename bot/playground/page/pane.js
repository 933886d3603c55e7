// A list of messages: a channel's or a thread's.
import { announce, fill, h } from "./dom.js";
import { MessageView } from "./message.js";
import { problem } from "./popup.js";
import { belongs, call, place, room, state } from "./state.js";
import { failure, t } from "./texts.js";
import { day, dayKey, moment } from "./time.js";

const TOGETHER_SECONDS = 300;
const NEAR_END_PX = 80;
const MOST_JUMPED_PAGES = 20;

export class Pane {
  #views = new Map();
  #days = new Map();

  constructor(channel, thread = "", label = "") {
    this.room = room(channel, thread);
    this.older = h(
      "button",
      { type: "button", class: "button older", onclick: () => this.#older() },
      t("pane.older"),
    );
    this.trouble = h("div", { class: "slot" });
    this.empty = h("p", { class: "empty" });
    this.list = h("div", { class: "list" });
    this.fresh = h("div", { class: "fresh", role: "separator" }, h("span", {}, t("pane.new")));
    this.down = h(
      "button",
      { type: "button", class: "button down", hidden: true, onclick: () => this.toEnd() },
      t("pane.down"),
    );
    const props = { class: "pane", role: "log", "aria-label": label, "aria-live": "off", tabindex: "-1" };
    this.node = h("div", props, this.trouble, this.older, this.empty, this.list);
    this.outer = h("div", { class: "pane-outer" }, this.node, this.down);
    this.node.addEventListener("scroll", () => this.#scrolled());
    this.list.addEventListener("keydown", (event) => this.#keydown(event));
    this.list.addEventListener("focusin", (event) => this.#current(event.target.closest("article")));
    // Pictures and composers change heights: who was at the end stays at the end.
    this.stuck = true;
    const keep = new ResizeObserver(() => this.stuck && this.toEnd());
    keep.observe(this.list);
    keep.observe(this.node);
  }

  /** Fetch what is newest; a second time it catches up after a lost connection. */
  async load() {
    const { room: here } = this;
    this.node.setAttribute("aria-busy", "true");
    try {
      const found = await call(
        "history",
        { channel: here.channel, ...(here.thread && { thread_ts: here.thread }) },
      );
      here.messages = found.messages.filter((message) => belongs(message, here));
      here.more = found.more;
      here.loaded = true;
      problem(this.trouble, "");
      this.#markFresh();
    } catch (error) {
      problem(this.trouble, failure(error));
    }
    this.node.removeAttribute("aria-busy");
    this.draw();
    await this.jump();
  }

  #markFresh() {
    const { room: here } = this;
    const unread = here.thread ? 0 : (state.channels.get(here.channel)?.unread ?? 0);
    if (!unread || here.fresh) return;
    const others = here.messages.filter((message) => message.user !== state.me.id);
    here.fresh = others.at(-unread)?.ts ?? "";
  }

  async #older() {
    const { room: here } = this;
    const before = here.messages[0]?.ts;
    if (!before || this.loadingOlder) return;
    this.loadingOlder = true;
    try {
      const found = await call(
        "history",
        { channel: here.channel, before, ...(here.thread && { thread_ts: here.thread }) },
      );
      const height = this.node.scrollHeight;
      here.messages.unshift(...found.messages.filter((message) => belongs(message, here)));
      here.more = found.more;
      this.stuck = false;
      this.draw();
      this.node.scrollTop += this.node.scrollHeight - height;
    } catch (error) {
      problem(this.trouble, failure(error));
    }
    this.loadingOlder = false;
  }

  /** A message is new or changed. */
  receive(message) {
    const { room: here } = this;
    if (!here.loaded || !belongs(message, here)) return;
    const known = this.#views.has(message.ts);
    place(here.messages, message);
    if (message.user === state.me.id && !known) this.stuck = true;
    this.draw(message);
    const view = this.#views.get(message.ts);
    if (!known && message.user !== state.me.id) {
      announce(view.spoken);
      if (!this.stuck) this.down.hidden = false;
    }
  }

  remove(ts) {
    this.room.messages = this.room.messages.filter((message) => message.ts !== ts);
    this.draw();
  }

  react(ts, reactions) {
    const view = this.#views.get(ts);
    if (view) view.drawReactions(reactions);
    if (this.stuck) this.toEnd();
  }

  /** Bring the screen up to the room; `changed` alone is redrawn, without it everything. */
  draw(changed) {
    const { room: here } = this;
    const wanted = [];
    const options = { inThread: Boolean(here.thread) };
    let before = null;
    for (const message of here.messages) {
      const view = this.#views.get(message.ts) ?? new MessageView(here.channel, message, options);
      if (this.#views.has(message.ts) && (!changed || changed.ts === message.ts)) view.update(message);
      this.#views.set(message.ts, view);
      const key = dayKey(moment(message.ts));
      if (!before || dayKey(moment(before.ts)) !== key) {
        wanted.push(this.#day(key, message));
        before = null;
      }
      if (message.ts === here.fresh) wanted.push(this.fresh);
      view.node.classList.toggle("compact", together(before, message) && message.ts !== here.fresh);
      wanted.push(view.node);
      before = message;
    }
    const kept = new Set(here.messages.map((message) => message.ts));
    for (const ts of this.#views.keys()) if (!kept.has(ts)) this.#views.delete(ts);
    arrange(this.list, wanted);
    this.older.hidden = !here.more;
    this.empty.hidden = !here.loaded || here.messages.length > 0;
    fill(this.empty, t("pane.empty"));
    this.#current(
      this.list.querySelector("article[tabindex='0']") ?? this.list.querySelector("article:last-of-type")
    );
    if (this.stuck) this.toEnd();
  }

  #day(key, message) {
    if (!this.#days.has(key)) this.#days.set(
      key,
      h("div", { class: "day", role: "separator" }, h("span", {}, day(moment(message.ts)))),
    );
    return this.#days.get(key);
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.down.hidden = true;
  }

  #scrolled() {
    const { node } = this;
    this.stuck = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END_PX;
    if (this.stuck) this.down.hidden = true;
    if (node.scrollTop < 40 && this.room.more && this.room.loaded && !this.stuck) this.#older();
  }

  /** A link to a message led here, perhaps to one further back. */
  async jump() {
    const { room: here } = this;
    const further = () => state.jump && here.more && here.messages[0].ts > state.jump;
    for (let pages = 0; pages < MOST_JUMPED_PAGES && further(); pages += 1) await this.#older();
    const view = this.#views.get(state.jump);
    if (!view) return;
    state.jump = "";
    this.stuck = false;
    view.node.scrollIntoView({ block: "center" });
    view.node.classList.add("found");
    view.node.focus();
  }

  /** One message takes part in Tab; the arrows go on from it. */
  #current(article) {
    if (!article) return;
    for (const one of this.list.querySelectorAll("article[tabindex='0']")) one.tabIndex = -1;
    article.tabIndex = 0;
  }

  #keydown(event) {
    const article = event.target;
    if (article.tagName !== "ARTICLE") {
      if (event.key === "Escape" && article.closest(".tools")) article.closest("article").focus();
      return;
    }
    const all = [...this.list.querySelectorAll("article")];
    const at = all.indexOf(article);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Enter") article.querySelector(".tools button, .message-body button")?.focus();
    else if (all[to]) all[to].focus();
    else return;
    event.preventDefault();
  }
}

function together(before, message) {
  return (
    before !== null &&
    before.user === message.user &&
    !before.blocks &&
    !message.blocks &&
    !before.is_ephemeral &&
    !message.is_ephemeral &&
    Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS
  );
}

/** Make the children of `list` what is wanted, moving as few as possible. */
function arrange(list, wanted) {
  const stay = new Set(wanted);
  for (const child of [...list.children]) if (!stay.has(child)) child.remove();
  let at = list.firstElementChild;
  for (const node of wanted) {
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
}
