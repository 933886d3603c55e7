// One message: who, when, what, reactions, and what may be done with it.
import { drawText } from "./blocks.js";
import { Board } from "./board.js";
import { fill, h, icon, iconButton, toast } from "./dom.js";
import { pageUrl } from "./elements.js";
import { emojiLabel, emojiGlyph, openPicker } from "./emoji.js";
import { bare, textNode } from "./mrkdwn.js";
import { openMenu } from "./popup.js";
import { call, nameOf, routeHash, state, titled } from "./state.js";
import { failure, t } from "./texts.js";
import { clockTime, dayTime, moment } from "./time.js";

const LONG_PRESS_MS = 500;
const COLOURS = 8;
const MOST_NAMES = 10;

/** A coloured square with the first letter of a name. */
export function avatar(id, name, bot = false) {
  const hash = [...(id ?? "")].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const colour = bot ? "app" : `colour${hash % COLOURS}`;
  return h("span", { class: `avatar ${colour}`, "aria-hidden": "true" }, bot ? "×" : [...(name || "?")][0]);
}

/** The first few of these people by name, and how many more there are. */
function namesOf(users) {
  const names = users.slice(0, MOST_NAMES).map((id) => state.people.get(id)?.name ?? id).join(", ");
  const more = users.length - MOST_NAMES;
  return more > 0 ? t("message.andMore", { names, n: more }) : names;
}

/** React, or take a reaction back. */
async function toggleReaction(channel, message, name) {
  const mine = message.reactions?.find((one) => one.name === name)?.users.includes(state.me.id);
  try {
    await call("react", { channel, ts: message.ts, name, add: !mine });
  } catch (error) {
    toast(failure(error), "bad");
  }
}

export class MessageView {
  constructor(channel, message, { inThread = false } = {}) {
    this.channel = channel;
    this.inThread = inThread;
    this.side = h("div", { class: "side" });
    this.head = h("div", { class: "message-head" });
    this.body = h("div", { class: "message-body" });
    this.files = h("div", { class: "files" });
    this.reactions = h("div", { class: "reactions" });
    this.replies = h("div", { class: "replies" });
    this.tools = h("div", { class: "tools", role: "toolbar", "aria-label": t("message.tools") });
    const main = h(
      "div",
      { class: "message-main" },
      this.head,
      this.body,
      this.files,
      this.reactions,
      this.replies,
    );
    this.node = h("article", { class: "message", tabindex: "-1" }, this.side, main, this.tools);
    this.#longPress();
    this.update(message);
  }

  /** Show a newer form of the message; focus and fields inside stay. */
  update(message) {
    this.message = message;
    const { node } = this;
    const name = nameOf(message);
    const person = state.people.get(message.user);
    const gone = message.subtype === "tombstone";
    node.classList.toggle("ephemeral", Boolean(message.is_ephemeral));
    node.classList.toggle("gone", gone);
    const when = moment(message.ts);
    const label = [name, clockTime(when), message.is_ephemeral && t("message.onlyYou")].filter(Boolean);
    node.setAttribute("aria-label", label.join(", "));
    fill(
      this.side,
      avatar(message.user, name, Boolean(message.bot_id)),
      h("time", { class: "hover-time", "aria-hidden": "true" }, clockTime(when)),
    );
    fill(
      this.head,
      message.is_ephemeral ? h("div", { class: "only-you" }, icon("eye"), t("message.onlyYou")) : null,
      h("strong", { class: "name", title: person && titled(person) }, name),
      message.bot_id ? h("span", { class: "badge" }, t("message.app")) : h(
        "span",
        { class: "post" },
        person?.title ?? "",
      ),
      h("time", { datetime: when.toISOString(), title: dayTime(when) }, clockTime(when)),
    );
    this.#drawBody(gone ? { text: t("message.gone") } : message);
    this.#drawFiles(message.files ?? []);
    this.drawReactions(message.reactions ?? []);
    this.#drawReplies();
    this.#drawTools(gone);
  }

  #drawBody(message) {
    if (message.blocks?.length) {
      if (this.board) this.board.update(message.blocks);
      else this.board = new Board({ channel: this.channel, ts: message.ts }, message.blocks);
    } else this.board = null;
    const content = this.board?.node ?? drawText(message.text);
    if (this.body.firstChild !== content) fill(this.body, content);
    this.body.querySelector(".edited")?.remove();
    // Slack marks people's edits only; a card that the app renews is simply current.
    if (message.edited && !message.bot_id) this.body.append(
      h("span", { class: "edited" }, t("message.edited"))
    );
  }

  #drawFiles(files) {
    fill(
      this.files,
      files.map((file) => {
        const url = pageUrl(file.url_private ?? file.permalink ?? file.url);
        if (file.mimetype?.startsWith("image/")) {
          const picture = h(
            "img",
            { src: url, alt: file.alt_txt || file.title || file.name, loading: "lazy" },
          );
          return h(
            "figure",
            {},
            h("figcaption", {}, file.title || file.name),
            h("a", { href: url, target: "_blank", rel: "noopener" }, picture),
          );
        }
        const size = file.size ? ` · ${Math.max(1, Math.round(file.size / 1024))} kB` : "";
        return h(
          "a",
          { class: "file", href: url, download: file.name },
          icon("file"),
          h("span", {}, h("strong", {}, file.title || file.name), h("small", {}, `${file.name}${size}`)),
        );
      }),
    );
  }

  drawReactions(reactions) {
    this.message.reactions = reactions;
    const focused = this.reactions.contains(document.activeElement) && document.activeElement.dataset.name;
    const one = ({ name, users, count }) => {
      const mine = users.includes(state.me.id);
      const label = t(
        mine ? "message.reactionMine" : "message.reaction",
        { emoji: emojiLabel(name), n: count, who: namesOf(users) },
      );
      const props = {
        type: "button",
        class: "reaction",
        "aria-pressed": String(mine),
        "aria-label": label,
        title: label,
        "data-name": name,
      };
      const toggle = () => toggleReaction(this.channel, this.message, name);
      return h("button", { ...props, onclick: toggle }, emojiGlyph(name), ` ${count}`);
    };
    fill(this.reactions, reactions.map(one));
    if (focused) [...this.reactions.children].find((node) => node.dataset.name === focused)?.focus();
  }

  #drawReplies() {
    const { reply_count: count, ts, latest_reply: latest } = this.message;
    const shown = count && !this.inThread;
    const words = shown && [
      t("message.replies", { n: count }),
      latest && h("small", {}, dayTime(moment(latest))),
    ];
    fill(
      this.replies,
      shown ? h("a", { href: routeHash(this.channel, { thread: ts }) }, icon("thread"), words) : [],
    );
  }

  #drawTools(gone) {
    if (this.message.is_ephemeral || gone) return void fill(this.tools);
    if (this.tools.childElementCount) return;
    const react = (name) => toggleReaction(this.channel, this.message, name);
    const tone = () => localStorage.getItem("playground:tone");
    const thumb = () => react(tone() ? `+1::skin-tone-${tone()}` : "+1");
    const quick = {
      type: "button",
      class: "icon-button",
      "aria-label": t("message.thumb"),
      title: t("message.thumb"),
    };
    fill(
      this.tools,
      h("button", { ...quick, onclick: thumb }, emojiGlyph("+1")),
      iconButton(
        "smile",
        t("message.react"),
        (event) => openPicker(event.currentTarget, react),
        { "aria-haspopup": "dialog" },
      ),
      this.inThread ? null : iconButton("thread", t("message.reply"), () => this.#openThread()),
      iconButton(
        "more",
        t("message.more"),
        (event) => this.#menu(event.currentTarget),
        { "aria-haspopup": "menu" },
      ),
    );
  }

  #openThread() {
    location.hash = routeHash(this.channel, { thread: this.message.thread_ts ?? this.message.ts });
  }

  #menu(anchor, withReactions = false) {
    const { channel, message } = this;
    const react = (name) => toggleReaction(channel, message, name);
    const run = async (callback_id) => {
      try {
        await call("shortcut", { callback_id, channel, ts: message.ts });
      } catch (error) {
        toast(failure(error), "bad");
      }
    };
    const mine = state.shortcuts.filter((one) => one.type === "message");
    const copy = () => navigator.clipboard?.writeText(
      message.permalink ?? bare(message.text)
    ).then(() => toast(t("message.copied")));
    openMenu(
      anchor,
      [
        ...(withReactions
          ? [
            { label: t("message.thumb"), act: () => react("+1") },
            { label: t("message.react"), act: () => openPicker(anchor, react) },
          ]
          : []),
        ...mine.map((one) => (
          {
            label: h("span", {}, icon("bolt"), one.name, h("small", {}, state.bot.name)),
            act: () => run(one.callback_id),
          }
        )),
        mine.length ? null : undefined,
        ...(this.inThread ? [] : [{ label: t("message.reply"), act: () => this.#openThread() }]),
        { label: t("message.copy"), act: copy },
      ].filter((item) => item !== undefined),
      t("message.more"),
    );
  }

  /** On touch screens nothing hovers: holding a message opens its menu. */
  #longPress() {
    let timer = 0;
    const stop = () => clearTimeout(timer);
    this.node.addEventListener("pointerdown", (event) => {
      const acting = event.target.closest("button, a, input, textarea");
      if (event.pointerType !== "touch" || this.message.is_ephemeral || acting) return;
      timer = setTimeout(() => this.#menu(this.tools.lastElementChild ?? this.node, true), LONG_PRESS_MS);
    });
    for (const kind of ["pointerup", "pointercancel", "pointermove"]) this.node.addEventListener(kind, stop);
  }

  /** What a screen reader is told when the message arrives. */
  get spoken() {
    const { message } = this;
    const first = message.blocks?.map((block) => block.text).find(Boolean);
    const words = message.text ? bare(message.text) : first && textNode(first).textContent;
    return `${nameOf(message)}: ${words || t("message.empty")}`;
  }
}
