// Where messages and commands are written.
import { composing, fill, h, icon, iconButton, uid } from "./dom.js";
import { openMenu, problem } from "./popup.js";
import { call, recall, remember, state } from "./state.js";
import { failure, t } from "./texts.js";

const MOST_COMMANDS = 8;

export class Composer {
  #active = 0;

  constructor(channel, { thread = "", label, placeholder }) {
    this.channel = channel;
    this.thread = thread;
    this.hintId = uid("hints");
    this.draft = `draft:${state.me.id}:${channel}:${thread}`;
    this.input = h("textarea", {
      class: "composer-input",
      rows: "1",
      placeholder,
      "aria-label": label,
      "aria-controls": this.hintId,
      "aria-autocomplete": "list",
      enterkeyhint: "send",
      value: recall(this.draft),
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#keydown(event),
    });
    this.hints = h(
      "div",
      {
        class: "hints",
        role: "listbox",
        id: this.hintId,
        "aria-label": t("composer.commands"),
        hidden: true,
      },
    );
    this.usage = h("p", { class: "usage", role: "status" });
    this.trouble = h("div", { class: "slot" });
    this.sender = iconButton("send", t("composer.send"), () => this.#send(), { class: "icon-button send" });
    const bolt = iconButton(
      "bolt",
      t("composer.shortcuts"),
      (event) => this.#shortcuts(event.currentTarget),
      { "aria-haspopup": "menu" },
    );
    const some = !thread && state.shortcuts.some((one) => one.type === "global");
    const box = h("div", { class: "composer-box" }, some ? bolt : null, this.input, this.sender);
    this.node = h("div", { class: "composer" }, this.trouble, this.hints, box, this.usage);
    this.#changed();
  }

  focus() {
    this.input.focus();
  }

  #changed() {
    remember(this.draft, this.input.value);
    this.sender.disabled = !this.input.value.trim();
    this.#active = 0;
    this.#grow();
    this.#drawHints();
  }

  #grow() {
    this.input.style.height = "auto";
    if (this.input.scrollHeight) this.input.style.height = `${Math.min(200, this.input.scrollHeight)}px`;
  }

  /** Commands that begin as typed; none once a blank follows the word. */
  #matching() {
    const text = this.input.value;
    if (this.thread || !text.startsWith("/") || /\s/.test(text)) return [];
    return state.commands.filter((one) => one.command.startsWith(text)).slice(0, MOST_COMMANDS);
  }

  #drawHints() {
    const found = this.#matching();
    this.hints.hidden = !found.length;
    const row = (one, n) => {
      const props = {
        role: "option",
        id: `${this.hintId}-${n}`,
        "aria-selected": String(n === this.#active),
        class: "hint-row",
      };
      const take = (event) => {
        event.preventDefault();
        this.#complete(one);
      };
      const words = [
        h("strong", {}, one.command),
        " ",
        h("code", {}, one.usage_hint),
        h("span", { class: "description" }, one.description),
      ];
      return h("div", { ...props, onpointerdown: take }, words);
    };
    fill(this.hints, found.map(row));
    if (found.length) this.input.setAttribute("aria-activedescendant", `${this.hintId}-${this.#active}`);
    else this.input.removeAttribute("aria-activedescendant");
    fill(this.usage, this.#usage(found));
  }

  #usage(found) {
    const text = this.input.value;
    if (this.thread && text.startsWith("/")) return t("composer.noCommands");
    const known = state.commands.find((one) => text.startsWith(`${one.command} `));
    if (known) return [
      h("strong", {}, known.command),
      ` ${known.usage_hint}`,
      known.description ? ` — ${known.description}` : "",
    ];
    if (found.some((one) => one.command === text)) return t("composer.enter");
    const first = state.commands[0];
    return text || this.thread || !first ? [] : t("composer.try", { command: first.command });
  }

  #complete(one) {
    this.input.value = `${one.command} `;
    this.#changed();
    this.focus();
  }

  #keydown(event) {
    if (composing(event)) return;
    const found = this.#matching();
    const exact = found.some((one) => one.command === this.input.value);
    if (found.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.#active = (this.#active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      this.#drawHints();
    } else if (found.length && event.key === "Tab" && !event.shiftKey && !exact) {
      event.preventDefault();
      this.#complete(found[this.#active]);
    } else if (event.key === "Escape" && found.length) {
      event.preventDefault();
      event.stopPropagation();
      this.hints.hidden = true;
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const moved = found.length && (this.#active > 0 || !exact) && !this.hints.hidden;
      if (moved) this.#complete(found[this.#active]);
      else this.#send();
    }
  }

  async #send() {
    const text = this.input.value.trim();
    if (!text) return;
    const command = text.startsWith("/");
    if (command && this.thread) return;
    const known = state.commands.some((one) => one.command === text.split(/\s/)[0]);
    if (command && !known) return void problem(
      this.trouble,
      t("composer.unknown", { command: text.split(/\s/)[0] }),
    );
    problem(this.trouble, "");
    this.input.value = "";
    this.#changed();
    this.node.setAttribute("aria-busy", "true");
    try {
      const where = { channel: this.channel, ...(this.thread && { thread_ts: this.thread }) };
      await call(command ? "command" : "post", { ...where, text });
    } catch (error) {
      this.#failed(text, error);
    } finally {
      this.node.removeAttribute("aria-busy");
    }
  }

  /** Nothing typed is lost: it is back in the composer, above what came since. */
  #failed(text, error) {
    this.input.value = [text, this.input.value].filter(Boolean).join("\n");
    this.#changed();
    problem(this.trouble, t("composer.failed", { reason: failure(error) }));
  }

  #shortcuts(anchor) {
    const run = async (callback_id) => {
      try {
        await call("shortcut", { callback_id });
      } catch (error) {
        problem(this.trouble, failure(error));
      }
    };
    const mine = state.shortcuts.filter((one) => one.type === "global");
    const items = mine.map((one) => (
      { label: h("span", {}, icon("bolt"), one.name), act: () => run(one.callback_id) }
    ));
    openMenu(anchor, items, t("composer.shortcuts"));
  }
}
