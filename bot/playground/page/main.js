// Ties the parts together: the line to the workspace, the person, the route.
import { fill, h, toast } from "./dom.js";
import { forgetViews, restoreViews, viewClosed, viewPushed } from "./modal.js";
import { joined } from "./sidebar.js";
import { Line } from "./socket.js";
import { botChannel, channelName, on, readRoute, recall, remember, routeHash, state, tell } from "./state.js";
import { failure, speakAs, t } from "./texts.js";
import { hear, setTop } from "./top.js";
import { botPushed, channelPushed, focusMain, homePushed, messagePushed, redraw, refetch, routed } from "./view.js";

const offline = document.getElementById("offline");
let choosing = false;

/** Sit down as `user`; an empty one lets the server choose. */
function connect(user) {
  state.line?.end();
  state.ready = false;
  forgetViews();
  state.rooms.clear();
  const line = new Line(user);
  state.line = line;
  line.onopen = () => started(line);
  line.onpush = pushed;
  line.ondown = (attempts) => down(line, attempts);
  line.open();
}

async function started(line) {
  let found;
  try {
    found = await line.call("start");
  } catch (error) {
    if (error.code !== "offline" && error.code !== "ended") showOffline(failure(error));
    return;
  }
  line.settled();
  showOffline("");
  const again = state.ready;
  line.user = found.me.id;
  state.me = found.me;
  state.people = new Map(found.people.map((one) => [one.id, one]));
  state.channels = new Map(found.channels.map((one) => [one.id, one]));
  Object.assign(
    state,
    { commands: found.commands, shortcuts: found.shortcuts, bot: found.bot, faults: found.faults },
  );
  state.ready = true;
  hear(found.clock);
  remember("user", state.me.id);
  speakAs(state.me);
  if (again) {
    refetch();
  } else {
    readHash();
    redraw();
  }
  tell("start");
  restoreViews(found.views ?? []);
  retitle();
}

/** The line is down; a person who is not there (any more) is let go. */
function down(line, attempts) {
  if (!state.ready && attempts > 1 && line.user) return connect("");
  return showOffline(t("line.down"));
}

function showOffline(text) {
  document.body.classList.toggle("is-offline", Boolean(text));
  fill(offline, text ? h("p", {}, text) : []);
}

/** Where to be when nothing says where: the channel of one's own department, or one that one is in. */
const somewhere = () => joined().find((one) => state.me.title.includes(one.name)) ?? joined()[0] ?? botChannel();

/** `bot` stands for the person's own conversation with the bot. */
const resolved = (place) => (place.channel === "bot" ? { ...place, channel: botChannel()?.id } : place);

/** Take the place from the address, from a permalink's query, or from the last visit. */
function readHash() {
  const query = new URLSearchParams(location.search);
  const asked = resolved(readRoute(location.hash));
  const last = readRoute(recall(`route:${state.me.id}`));
  // A person just chosen does not land in a channel that they are not in.
  const known = (place) => state.channels.has(place.channel) && (
    !choosing || state.channels.get(place.channel).is_member
  ) && place;
  if (query.has("channel")) {
    state.jump = query.get("ts") ?? "";
    history.replaceState(null, "", `/${location.hash}`);
  }
  const linked = query.has("channel") && known({ channel: query.get("channel"), home: false, thread: "" });
  const place = linked || known(asked) || known(last) || {
    channel: somewhere()?.id ?? "",
    home: false,
    thread: "",
  };
  choosing = false;
  state.route = {
    channel: place.channel,
    home: place.home && place.channel === botChannel()?.id,
    thread: place.thread,
  };
  settleHash();
}

/** The address and the memory say where we are. */
function settleHash() {
  const hash = routeHash(state.route.channel, state.route);
  if (location.hash !== hash) history.replaceState(null, "", hash);
  remember(`route:${state.me.id}`, hash);
}

addEventListener("hashchange", () => {
  const asked = readRoute(location.hash);
  if (asked.user && asked.user !== state.me?.id) return connect(asked.user);
  if (!state.ready) return undefined;
  const old = state.route;
  if (!state.channels.has(asked.channel)) return settleHash();
  state.route = { channel: asked.channel, home: asked.home, thread: asked.thread };
  settleHash();
  routed(old);
  tell("route");
  return retitle();
});

/** The same place as another person, or a place of theirs. */
function become(user) {
  choosing = true;
  const withBot = state.route.channel === botChannel()?.id;
  history.pushState(
    null,
    "",
    routeHash(withBot ? "bot" : state.route.channel, { user, home: state.route.home }),
  );
  connect(user);
}

function retitle() {
  const unread = [...state.channels.values()].reduce(
    (sum, one) => sum + (one.is_member && !one.archived ? one.unread : 0),
    0,
  );
  const here = state.channels.get(state.route.channel);
  const where = here ? (here.kind === "im" ? channelName(here) : `#${here.name}`) : "";
  document.title = `${unread ? `(${unread}) ` : ""}${[where, state.me?.name, state.bot.name].filter(Boolean).join(" · ")}`;
}

function setChannel(channel) {
  const before = state.channels.get(channel.id);
  if (channel.deleted) state.channels.delete(channel.id);
  else state.channels.set(channel.id, channel);
  channelPushed(before, channel);
  tell("channels");
  retitle();
}

const PUSHES = {
  message: ({ channel, message }) => messagePushed(channel, "receive", [message]),
  deleted: ({ channel, ts }) => messagePushed(channel, "remove", [ts]),
  reactions: ({ channel, ts, reactions }) => messagePushed(channel, "react", [ts, reactions]),
  channel: ({ channel }) => setChannel(channel),
  people: ({ people }) => {
    state.people = new Map(people.map((one) => [one.id, one]));
    state.me = state.people.get(state.me.id) ?? state.me;
    tell("people");
  },
  view: viewPushed,
  view_closed: viewClosed,
  home: ({ view }) => homePushed(view),
  bot: ({ online }) => {
    state.bot.online = online;
    tell("bot");
    botPushed();
  },
  clock: ({ clock }) => hear(clock),
  notice: ({ text }) => toast(text),
};

function pushed(frame) {
  if (state.ready) PUSHES[frame.push]?.(frame);
}

on("channels", () => state.ready && retitle());
on("language", () => {
  redraw({ focus: false });
  retitle();
});
addEventListener("keydown", (event) => {
  // F6 goes round the regions, as in other desktop programmes.
  if (event.key !== "F6" || document.querySelector("dialog")) return;
  event.preventDefault();
  const sidebar = document.getElementById("sidebar");
  if (sidebar.contains(document.activeElement)) focusMain();
  else (sidebar.querySelector("[aria-current]") ?? sidebar.querySelector("a"))?.focus();
});

setTop(become);
connect(readRoute(location.hash).user || recall("user"));
