// The middle of the screen: a channel, or the bot with its tabs; and the thread beside it.
import { Composer } from "./composer.js";
import { arrows, fill, h, icon, iconButton, toast } from "./dom.js";
import { Home } from "./home.js";
import { Pane } from "./pane.js";
import { openMenu } from "./popup.js";
import { sign } from "./sidebar.js";
import { botChannel, call, channelName, on, routeHash, state, tell } from "./state.js";
import { failure, t } from "./texts.js";

const main = document.getElementById("main");
const aside = document.getElementById("thread");

let pane = null;
let home = null;
let composer = null;
let side = null;

const channelHere = () => state.channels.get(state.route.channel);

function tabs(channel) {
  const tab = (name, chosen, home) =>
    h(
      "a",
      {
        role: "tab",
        class: "tab",
        href: routeHash(channel.id, { home }),
        "aria-selected": String(chosen),
        tabindex: chosen ? "0" : "-1",
      },
      name,
    );
  const row = h(
    "div",
    { class: "tabs", role: "tablist", "aria-label": state.bot.name },
    tab(t("home.tab"), state.route.home, true),
    tab(t("home.messages"), !state.route.home, false),
  );
  row.addEventListener(
    "keydown",
    arrows(() => [...row.children], { previous: "ArrowLeft", next: "ArrowRight" }),
  );
  return row;
}

function heading(channel) {
  const im = channel.kind === "im";
  const bot = channel === botChannel();
  const away = bot && !state.bot.online ? h("span", { class: "badge bad" }, t("bot.offline")) : null;
  const leave = async () => {
    try {
      await call("leave", { channel: channel.id });
    } catch (error) {
      toast(failure(error), "bad");
    }
  };
  const gather = async () => {
    try {
      const { people } = await call("crowd", { channel: channel.id });
      toast(t("crowd.coming", { n: people }));
    } catch (error) {
      toast(failure(error), "bad");
    }
  };
  const leaver = !im && channel.is_member && !channel.archived;
  return h(
    "div",
    { class: "heading" },
    h(
      "h1",
      {},
      im ? null : sign(channel),
      channelName(channel),
      bot ? h("span", { class: "badge" }, t("message.app")) : null,
      away,
      im || channel.bot ? null : h("span", { class: "badge" }, t("channel.botless")),
    ),
    channel.topic ? h("p", { class: "topic", title: channel.topic }, channel.topic) : null,
    channel.crowd ? h(
      "button",
      { type: "button", class: "button", title: t("crowd.about"), onclick: gather },
      icon("thumb"),
      t("crowd.button"),
    ) : null,
    im || !channel.is_member || state.me.home ? null : managing(channel),
    leaver ? h(
      "button",
      { type: "button", class: "button plain leave", onclick: leave },
      t("channel.leave"),
    ) : null,
    bot ? tabs(channel) : null,
  );
}

/** What a member may do with the channel itself: the bot hears of each. */
function managing(channel) {
  const act = (op, on, label, danger = false) => ({
    label,
    danger,
    act: async () => {
      try {
        await call(op, { channel: channel.id, on });
      } catch (error) {
        toast(failure(error), "bad");
      }
    },
  });
  const items = channel.archived ? [act("archive", false, t("channel.unarchive"))] : [
    act("bot", !channel.bot, t(channel.bot ? "channel.botOut" : "channel.botIn")),
    act("archive", true, t("channel.archive"), true),
  ];
  const open = (event) => openMenu(event.currentTarget, items, t("channel.manage"));
  return iconButton("more", t("channel.manage"), open, { class: "icon-button manage", "aria-haspopup": "menu" });
}

const named = (channel) => (channel.kind === "im" ? channelName(channel) : `#${channel.name}`);

/** Draw the middle anew: the route changed, or what this person may do here did. */
function show({ focus = true } = {}) {
  const channel = channelHere();
  [pane, home, composer] = [null, null, null];
  if (!channel) return void fill(main, h("p", { class: "empty" }, t("channel.gone")));
  main.setAttribute("aria-label", named(channel));
  if (state.route.home) {
    home = new Home();
    fill(main, heading(channel), home.node);
    home.load();
  } else if (!channel.is_member) {
    fill(main, heading(channel), joinBar(channel));
  } else {
    pane = new Pane(channel.id, "", t("pane.label", { name: named(channel) }));
    composer = channel.archived ? null : new Composer(
      channel.id,
      {
        label: t("composer.to", { name: named(channel) }),
        placeholder: t("composer.to", { name: named(channel) }),
      },
    );
    fill(
      main,
      heading(channel),
      pane.outer,
      composer?.node ?? h("p", { class: "bar" }, t("channel.archived")),
    );
    pane.load().then(markRead);
    if (channel === botChannel()) call("home", { tab: "messages" }).catch(() => {
      // Only news for the app; the messages show anyway.
    });
    composer?.input.dispatchEvent(new Event("input"));
  }
  if (focus && !document.querySelector("dialog")) focusMain();
}

/** Put the focus where one goes on: the composer, or the tab of Home. */
export function focusMain() {
  if (composer) composer.focus();
  else (
    main.querySelector(".bar button") ?? main.querySelector("[role=tab][aria-selected=true]") ?? main
  ).focus?.();
}

function joinBar(channel) {
  const join = async () => {
    try {
      await call("join", { channel: channel.id });
    } catch (error) {
      toast(failure(error), "bad");
    }
  };
  const button = h("button", { type: "button", class: "button primary", onclick: join }, t("channel.join"));
  return h("div", { class: "bar" }, h("p", {}, t("channel.stranger", { name: channel.name })), button);
}

function showThread({ focus = true } = {}) {
  const { channel, thread, home: atHome } = state.route;
  side = null;
  aside.hidden = !thread || atHome || !channelHere()?.is_member;
  document.body.classList.toggle("threaded", !aside.hidden);
  if (aside.hidden) return void fill(aside);
  const label = t("thread.title");
  side = new Pane(channel, thread, label);
  const answers = new Composer(channel, { thread, label: t("thread.write"), placeholder: t("thread.write") });
  aside.setAttribute("aria-label", label);
  const shut = iconButton("close", t("thread.close"), closeThread);
  fill(
    aside,
    h("div", { class: "heading" }, h("h2", {}, label, h("small", {}, named(channelHere()))), shut),
    side.outer,
    answers.node,
  );
  side.load();
  if (focus && !document.querySelector("dialog")) answers.focus();
}

function closeThread() {
  location.hash = routeHash(state.route.channel);
}

aside.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  closeThread();
});

let marking = "";

/** What is on screen counts as read. */
async function markRead() {
  const channel = channelHere();
  const latest = pane?.room.messages.at(-1)?.ts;
  if (!pane || !channel?.unread || !latest || document.hidden || marking === latest) return;
  marking = latest;
  try {
    const answer = await call("mark", { channel: channel.id, ts: latest });
    state.channels.set(channel.id, answer.channel ?? { ...channel, unread: 0 });
  } catch {
    // Offline: what is unread stays unread until the next time.
  }
  marking = "";
  tell("channels");
}

/** The route changed from `old`. */
export function routed(old) {
  const { channel, home: atHome, thread } = state.route;
  const moved = channel !== old.channel || atHome !== old.home;
  if (moved) {
    const left = state.rooms.get(`${old.channel} `);
    if (left) left.fresh = "";
    show();
  }
  if (moved || thread !== old.thread) {
    showThread();
    if (!thread && old.thread && !moved) focusMain();
  }
}

/** Everything anew, for another person, language or connection. */
export function redraw(options) {
  show(options);
  showThread(options);
}

/** A connection is back: fetch again without disturbing what is being written. */
export function refetch() {
  if (!pane && !home) return redraw({ focus: false });
  pane?.load().then(markRead);
  side?.load();
  return home?.load();
}

/** Something the server pushed about messages. */
export function messagePushed(channel, kind, detail) {
  for (const one of [pane, side]) if (one && one.room.channel === channel) one[kind](...detail);
  if (kind === "receive") markRead();
}

export const homePushed = (view) => home?.show(view);

/** A channel changed: what may be done in it too, perhaps. */
export function channelPushed(before, channel) {
  if (channel.id !== state.route.channel) return;
  const same = before && [
    "name",
    "topic",
    "is_member",
    "archived",
  ].every((name) => before[name] === channel[name]);
  if (!same || channel.deleted) return redraw({ focus: false });
  if (before.crowd !== channel.crowd || before.bot !== channel.bot) drawHeading();
  return markRead();
}

/** The heading anew; a focus that was in it goes on to where one writes. */
function drawHeading() {
  const old = main.querySelector(".heading");
  const focused = old?.contains(document.activeElement);
  old?.replaceWith(heading(channelHere()));
  if (focused) focusMain();
}

/** The bot went away, or came back and has something to show. */
export function botPushed() {
  drawHeading();
  home?.load();
}

document.addEventListener("visibilitychange", markRead);
on("jump", () => pane?.jump());
