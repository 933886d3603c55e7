// Slack's mrkdwn as DOM. Text only ever becomes text nodes, so nothing typed can turn into markup.
import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { channelName, routeHash, state, tell, titled } from "./state.js";
import { t } from "./texts.js";
import { dateTokens } from "./time.js";

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// Marks count only at the edges of words, as in Slack: `*bold*ly` stays as typed.
const span = (mark) => `(?<![\\p{L}\\p{N}])[${mark}](?![\\s${mark}])([^${mark}\\n]*[^\\s${mark}])[${mark}](?![\\p{L}\\p{N}])`;
const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    span("*"),
    span("_"),
    span("~"),
    ":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):",
    "(https?://[^\\s<>`*]+[^\\s<>`*.,;:!?)\\]'\"])",
  ].join("|"),
  "gu",
);

/** A line's worth of mrkdwn as a list of nodes. */
function inline(text) {
  const nodes = [];
  let done = 0;
  const plain = (end) => end > done && nodes.push(document.createTextNode(unescaped(text.slice(done, end))));
  for (const match of text.matchAll(INLINE)) {
    const [all, code, angle, bold, italic, strike, emoji, url] = match;
    plain(match.index);
    done = match.index + all.length;
    if (code !== undefined) nodes.push(h("code", {}, unescaped(code)));
    else if (angle !== undefined) nodes.push(entity(angle));
    else if (bold !== undefined) nodes.push(h("strong", {}, inline(bold)));
    else if (italic !== undefined) nodes.push(h("em", {}, inline(italic)));
    else if (strike !== undefined) nodes.push(h("s", {}, inline(strike)));
    else if (emoji !== undefined) nodes.push(emojiNode(emoji));
    else nodes.push(link(unescaped(url), unescaped(url)));
  }
  plain(text.length);
  return nodes;
}

/** What stands between `<` and `>`. */
function entity(text) {
  const bar = text.indexOf("|");
  const target = bar < 0 ? text : text.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(text.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  const url = unescaped(target);
  return link(url, label || url.replace(/^mailto:/, ""));
}

/** `@name`, marked when it is the person of this window. */
export function mention(id, label = "") {
  const person = state.people.get(id);
  const name = person?.name ?? (label || id);
  const mine = id === state.me?.id ? " mine" : "";
  return h("span", { class: `mention${mine}`, title: person && titled(person) }, `@${name}`);
}

/** `#channel`, a way into it. */
export function channelMention(id, label = "") {
  const channel = state.channels.get(id);
  const name = channel ? channelName(channel) : label || id;
  if (!channel) return h("span", { class: "mention" }, `#${name}`);
  return h("a", { class: "mention", href: routeHash(id) }, `#${name}`);
}

function special(body, label) {
  const [word, ...rest] = body.split("^");
  if (word === "date") {
    const [ts, format = "", url] = rest;
    const text = Number.isFinite(Number(ts)) && format ? dateTokens(ts, unescaped(format)) : label;
    return url ? link(unescaped(url), text) : h("time", { title: label }, text);
  }
  if (word === "subteam") return h("span", { class: "mention" }, label || `@${rest[0]}`);
  return h("span", { class: "mention mine" }, label || `@${word}`);
}

/** A link; only web and mail addresses become one. Links to messages here stay in this window. */
export function link(url, label) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return document.createTextNode(label || url);
  const here = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?.*thread_ts=([\d.]+))?/.exec(url);
  if (here && state.channels.has(here[1])) {
    const [, channel, seconds, micros, thread = ""] = here;
    const jump = () => {
      state.jump = `${seconds}.${micros}`;
      setTimeout(() => tell("jump")); // for when we are there already and nothing else changes
    };
    return h("a", { href: routeHash(channel, { thread }), onclick: jump }, label);
  }
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

const FENCE = /```\n?([\s\S]*?)\n?```/g;
const QUOTE = /^(?:&gt;|>) ?/;
const BULLET = /^(\s*)([•◦▪▫‣-]|\d{1,3}[.)]) (.*)$/;

/** A whole mrkdwn text. */
export function mrkdwn(text) {
  const box = h("div", { class: "mrkdwn" });
  let done = 0;
  for (const match of text.matchAll(FENCE)) {
    // The line breaks beside a block of code belong to the block.
    lines(box, text.slice(done, match.index).replace(/\n$/, ""));
    box.append(h("pre", {}, unescaped(match[1])));
    done = match.index + match[0].length;
    if (text[done] === "\n") done += 1;
  }
  lines(box, text.slice(done));
  return box;
}

function lines(box, text) {
  if (!text) return;
  const all = text.split("\n");
  let open = false; // whether the last thing was a line of running text
  for (let n = 0; n < all.length; n += 1) {
    if (/^(&gt;|>){3}/.test(all[n])) {
      const rest = all.slice(n).join("\n").replace(/^(?:&gt;|>){3} ?/, "");
      box.append(h("blockquote", {}, running(rest)));
      return;
    }
    if (QUOTE.test(all[n])) {
      const from = n;
      while (n + 1 < all.length && QUOTE.test(all[n + 1])) n += 1;
      const quoted = all.slice(from, n + 1).map((line) => line.replace(QUOTE, ""));
      box.append(h("blockquote", {}, running(quoted.join("\n"))));
      open = false;
      continue;
    }
    const bullet = BULLET.exec(all[n]);
    if (bullet) {
      const deep = Math.min(3, Math.floor(bullet[1].length / 2));
      const mark = h("span", { class: "mark" }, bullet[2]);
      box.append(h("div", { class: `bullet deep${deep}` }, mark, h("span", {}, inline(bullet[3]))));
      open = false;
      continue;
    }
    if (open) box.append(h("br"));
    box.append(...inline(all[n]));
    if (!all[n]) box.append(h("br"));
    open = Boolean(all[n]);
  }
}

const running = (text) =>
  text.split("\n").flatMap((line, n) => (n ? [h("br"), ...inline(line)] : inline(line)));

/** A text object of either kind; plain text keeps its line breaks and its emoji. */
export function textNode(object) {
  if (!object) return document.createTextNode("");
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  const parts = object.text.split(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/);
  const nodes = parts.map((part, n) => (n % 2 ? emojiNode(part) : part));
  return h("span", { class: "plain" }, object.emoji === false ? object.text : nodes);
}

/** A text without its marks, for labels, previews and announcements. */
export function bare(text) {
  const box = mrkdwn(text.replaceAll("\n", " ").slice(0, 400));
  return box.textContent.replace(/\s+/g, " ").trim() || t("message.empty");
}
