// Channels and direct messages, with what is unread.
import { choose } from "./chooser.js";
import { arrows, fill, h, icon } from "./dom.js";
import { avatar } from "./message.js";
import { botChannel, channelName, on, routeHash, state } from "./state.js";
import { t } from "./texts.js";

const nav = document.getElementById("sidebar");

/** The sign before a channel's name: a lock where it is private. */
export function sign(channel) {
  if (!channel.private) return icon("hash");
  const label = t("channel.private");
  return h("span", { class: "sign", role: "img", "aria-label": label, title: label }, icon("lock"));
}

/** Channels this person is in, by name. */
export const joined = () =>
  [...state.channels.values()]
    .filter((one) => one.kind === "channel" && one.is_member && !one.archived)
    .sort((a, b) => a.name.localeCompare(b.name, "ko"));

function row(channel, mark, more = null) {
  const here = state.route.channel === channel.id;
  const unread = here ? 0 : channel.unread;
  const name = channelName(channel);
  const label = unread ? t("sidebar.unread", { name, n: unread }) : name;
  const props = {
    // As in Slack, an app opens at its Home, unless it wrote something.
    href: routeHash(channel.id, { home: channel === botChannel() && !channel.unread }),
    class: `room${unread ? " unread" : ""}`,
    "aria-label": label,
    "aria-current": here ? "page" : undefined,
    onclick: closeDrawer,
  };
  return h(
    "li",
    {},
    h(
      "a",
      props,
      mark,
      h("span", { class: "room-name" }, name),
      more,
      unread ? h("span", { class: "count" }, String(unread)) : null,
    ),
  );
}

function draw() {
  if (!state.ready) return;
  const focused = nav.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const bot = botChannel();
  const online = h(
    "span",
    {
      class: `presence ${state.bot.online ? "on" : "off"}`,
      role: "img",
      "aria-label": t(state.bot.online ? "bot.online" : "bot.offline"),
    },
  );
  const ims = [...state.channels.values()].filter((one) => one.kind === "im" && one !== bot);
  const archived = [...state.channels.values()].filter((one) => one.archived && one.is_member);
  nav.setAttribute("aria-label", t("sidebar.label"));
  const section = (title, rows, after = null) =>
    h("section", {}, h("h2", {}, title), h("ul", {}, rows), after);
  const browse = h(
    "button",
    { type: "button", class: "room browse", onclick: openBrowser, "aria-haspopup": "dialog" },
    icon("search"),
    t("sidebar.browse"),
  );
  fill(
    nav,
    section(t("sidebar.app"), bot ? [row(bot, avatar(bot.user, state.bot.name, true), online)] : []),
    section(t("sidebar.channels"), joined().map((one) => row(one, sign(one))), browse),
    ims.length ? section(
      t("sidebar.ims"),
      ims.map((one) => row(one, avatar(one.user, channelName(one)))),
    ) : null,
    archived.length ? section(t("sidebar.archived"), archived.map((one) => row(one, sign(one)))) : null,
  );
  if (focused) [...nav.querySelectorAll("a")].find((one) => one.getAttribute("href") === focused)?.focus();
}

function openBrowser() {
  closeDrawer();
  const option = (one) => ({ id: one.id, text: one.name, more: one.topic ?? "", value: one });
  const open = [...state.channels.values()].filter((one) => one.kind === "channel" && !one.archived);
  const mine = open.filter((one) => one.is_member).map(option);
  const others = open.filter((one) => !one.is_member).map(option);
  choose({
    title: t("browse.title"),
    placeholder: t("browse.search"),
    groups: [{ label: t("browse.others"), options: others }, { label: t("browse.mine"), options: mine }],
    current: state.route.channel,
    draw: ({ value: one }) => [
      sign(one),
      h("span", {}, h("strong", {}, one.name), h("span", { class: "description" }, one.topic ?? "")),
    ],
    pick: (one) => (location.hash = routeHash(one.id)),
  });
}

const drawer = () => document.body.classList.contains("drawer");

/** While the drawer is open the rest can't be reached. */
function slide(open) {
  document.body.classList.toggle("drawer", open);
  for (const id of ["top", "main", "thread"]) document.getElementById(id).inert = open;
}

/** On narrow screens the sidebar slides over the rest. */
export function openDrawer() {
  slide(true);
  (nav.querySelector("[aria-current]") ?? nav.querySelector("a"))?.focus();
}

function closeDrawer() {
  if (drawer()) slide(false);
}

nav.addEventListener("keydown", arrows(() => [...nav.querySelectorAll("a, button")]));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer()) return;
  closeDrawer();
  document.getElementById("menu-button")?.focus();
});
document.addEventListener("pointerdown", (event) => {
  if (drawer() && !nav.contains(event.target)) closeDrawer();
});
for (const topic of ["start", "channels", "people", "route", "bot", "language"]) on(topic, draw);
