// rich_text, markdown and table blocks.
import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { channelMention, link, mention, mrkdwn } from "./mrkdwn.js";
import { dateTokens } from "./time.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce(
    (inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner),
    node,
  );
}

const PIECES = {
  text: (e) => h("span", { class: "plain" }, e.text),
  link: (e) => link(e.url, e.text || e.url),
  user: (e) => mention(e.user_id),
  channel: (e) => channelMention(e.channel_id),
  emoji: (e) => emojiNode(e.skin_tone ? `${e.name}::skin-tone-${e.skin_tone}` : e.name),
  broadcast: (e) => h("span", { class: "mention mine" }, `@${e.range}`),
  usergroup: (e) => h("span", { class: "mention" }, `@${e.usergroup_id}`),
  date: (e) => h("time", {}, dateTokens(e.timestamp, e.format ?? "{date} {time}")),
  color: (e) => h("code", {}, e.value),
};

const piece = (e) => styled(PIECES[e.type]?.(e) ?? document.createTextNode(e.text ?? ""), e.style);
const pieces = (e) => (e.elements ?? []).map(piece);

function list(e) {
  const items = (e.elements ?? []).map((one) => h("li", {}, pieces(one)));
  const start = e.style === "ordered" && e.offset ? e.offset + 1 : undefined;
  return h(e.style === "ordered" ? "ol" : "ul", { class: `rich-list deep${e.indent ?? 0}`, start }, items);
}

const PARTS = {
  rich_text_section: (e) => h("div", {}, pieces(e)),
  rich_text_list: list,
  rich_text_quote: (e) => h("blockquote", {}, pieces(e)),
  rich_text_preformatted: (e) => h("pre", {}, (e.elements ?? []).map((one) => one.text ?? one.url ?? "")),
};

/** A rich_text block. */
export const richText = (block) =>
  h("div", { class: "mrkdwn" }, (block.elements ?? []).map((e) => PARTS[e.type]?.(e)));

/** A markdown block: its headings, lists and marks, turned into mrkdwn's. */
export function markdown(text) {
  const slackish = text
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replace(/^&gt; ?/gm, "> ")
    .replace(/\[([^\]\n]+)\]\((https?:[^\s)]+)\)/g, "<$2|$1>")
    .replace(/~~(.+?)~~/g, "~$1~")
    .replace(/(?<!\*)\*([^*\s][^*\n]*)\*(?!\*)/g, "_$1_")
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, "*$2*")
    .replace(/^#{1,6} +(.+)$/gm, "*$1*")
    .replace(/^(\s*)[*+-] /gm, "$1• ");
  return mrkdwn(slackish);
}

/** A table block; its first row is the heading. */
export function table(block) {
  const cell = (tag) => (one) => h(tag, {}, one.type === "rich_text" ? richText(one) : one.text);
  const [head = [], ...rest] = block.rows ?? [];
  return h(
    "div",
    { class: "table-scroll", tabindex: "0" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map(cell("th")))),
      h("tbody", {}, rest.map((row) => h("tr", {}, row.map(cell("td"))))),
    ),
  );
}
