// What this window knows. Plain data, and one way to hear that a part of it changed.

const listeners = new Map();

/** Call `listener(detail)` whenever `topic` is told. */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

/** Tell that something changed. Topics: start, people, channels, route, bot, clock, language, jump. */
export function tell(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Everything of the person this window acts as; filled by `start`. */
export const state = {
  ready: false,
  line: null,
  me: null,
  people: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  bot: { name: "", online: true },
  faults: [],
  clock: null,
  route: { channel: "", thread: "", home: false },
  rooms: new Map(),
  jump: "", // the ts of a message to show once it is there
};

/** Ask the server; see socket.js. */
export const call = (op, args) => state.line.call(op, args);

/** A channel's or a thread's messages as far as fetched: sorted by ts. */
export function room(channel, thread = "") {
  const key = `${channel} ${thread}`;
  if (!state.rooms.has(key)) {
    state.rooms.set(key, { channel, thread, messages: [], more: false, loaded: false, fresh: "" });
  }
  return state.rooms.get(key);
}

/** Whether a message stands in a room: replies stand in their thread only, unless broadcast. */
export function belongs(message, { thread }) {
  if (thread) return message.ts === thread || message.thread_ts === thread;
  const reply = message.thread_ts && message.thread_ts !== message.ts;
  return !reply || message.subtype === "thread_broadcast";
}

/** Put a message where it belongs by its ts, replacing an older form of it. */
export function place(messages, message) {
  let at = messages.length;
  while (at > 0 && messages[at - 1].ts >= message.ts) at -= 1;
  messages.splice(at, messages[at]?.ts === message.ts ? 1 : 0, message);
}

/** Someone's name; the bot's own name for messages of the bot. */
export function nameOf(message) {
  if (message.bot_id) return state.bot.name;
  return state.people.get(message.user)?.name ?? message.user ?? "";
}

/** Someone with their post. */
export const titled = (person) => [person.name, person.title].filter(Boolean).join(" · ");

/** The direct messages with the bot. */
export const botChannel = () =>
  [...state.channels.values()].find((one) => one.kind === "im" && one.user === state.bot.user_id) ??
  [...state.channels.values()].find((one) => one.kind === "im");

/** What a channel is called on screen. */
export function channelName(channel) {
  if (channel.kind !== "im") return channel.name;
  if (channel.user === state.bot.user_id) return state.bot.name;
  return state.people.get(channel.user)?.name ?? state.bot.name;
}

const stored = (store, key) => {
  try {
    return store.getItem(`playground:${key}`) ?? "";
  } catch {
    return ""; // storage may be forbidden; the page works without
  }
};

const keep = (store, key, value) => {
  try {
    if (value) store.setItem(`playground:${key}`, value);
    else store.removeItem(`playground:${key}`);
  } catch {
    // storage may be forbidden or full; the page works without
  }
};

/** What outlives a reload. */
export const recall = (key) => stored(localStorage, key);
export const remember = (key, value) => keep(localStorage, key, value);

/** `#/U123/C123`, with `/home` for the bot's Home or `/t17….0001` for a thread. */
export function readRoute(hash) {
  const [, user = "", channel = "", rest = ""] = hash.split("/");
  return { user, channel, home: rest === "home", thread: rest.startsWith("t") ? rest.slice(1) : "" };
}

export function routeHash(channel, { home = false, thread = "", user = state.me?.id } = {}) {
  const rest = home ? "/home" : thread ? `/t${thread}` : "";
  return `#/${user ?? ""}/${channel}${rest}`;
}
