// Select menus of every kind: one combobox with a list, for one choice or several.
import { combo } from "./combo.js";
import { call, channelName, state } from "./state.js";

/** What the list shows of an option: id, text, and the value that goes into `state`. */
const shown = (option) => ({
  id: option.value,
  text: option.text.text,
  more: option.description?.text ?? "",
  value: option,
});

const grouped = (from) =>
  from.option_groups
    ? from.option_groups.map((group) => ({ label: group.label.text, options: group.options.map(shown) }))
    : [{ label: "", options: (from.options ?? []).map(shown) }];

const person = (one) => (
  { id: one.id, text: one.name, more: [one.title, one.group].filter(Boolean).join(" · "), value: one.id }
);
const channel = (one) => (
  { id: one.id, text: one.kind === "im" ? channelName(one) : `#${one.name}`, more: "", value: one.id }
);

const everyone = () => [{
  label: "",
  options: [...state.people.values()].filter((one) => !one.deleted).map(person),
}];
const channels = (kinds) => () => [
  {
    label: "",
    options: [...state.channels.values()].filter((one) => !one.archived && kinds.includes(one.kind)).map(channel),
  },
];

const known = {
  option: shown,
  user: (id) => person(state.people.get(id) ?? { id, name: id }),
  channel: (id) => channel(state.channels.get(id) ?? { id, name: id, kind: "channel" }),
};

/** Keep what matches the words typed, in whatever order. */
export function matching(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (option) => words.every((word) => `${option.text} ${option.more}`.toLowerCase().includes(word));
  return groups
    .map((group) => ({ ...group, options: group.options.filter(fits) }))
    .filter((group) => group.options.length);
}

const local = (all) => ({ find: async (query) => matching(all(), query), least: 0 });

const external = (spot) => ({
  far: true, // asked over the network: not at every letter
  least: spot.element.min_query_length ?? 3,
  find: async (value) => {
    const { action_id } = spot.element;
    const { block_id } = spot.block;
    return grouped(await call("suggest", { where: spot.surface.where, action_id, block_id, value })).filter(
      (group) => group.options.length,
    );
  },
});

const KINDS = {
  static: ["option", (spot) => local(() => grouped(spot.element))],
  external: ["option", external],
  users: ["user", () => local(everyone)],
  conversations: [
    "channel",
    (spot) => local(
      channels(spot.element.filter?.include?.includes("im") === false ? ["channel"] : ["channel", "im"])
    ),
  ],
  channels: ["channel", () => local(channels(["channel"]))],
};

function select(kind, several) {
  const [what, sourceOf] = KINDS[kind];
  return (spot) => combo(spot, { several, source: sourceOf(spot), known: known[what] });
}

export const SELECTS = Object.fromEntries(
  Object.keys(KINDS).flatMap((kind) => [
    [`${kind}_select`, select(kind, false)],
    [`multi_${kind}_select`, select(kind, true)],
  ]),
);

