// Emoji by Slack's names, and the picker to react with.
import { arrows, h, icon } from "./dom.js";
import { openPopup } from "./popup.js";
import { recall, remember } from "./state.js";
import { t } from "./texts.js";

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", clap: "👏", raised_hands: "🙌",
  pray: "🙏", ok_hand: "👌", wave: "👋", muscle: "💪", raised_hand: "✋", hand: "✋", point_up: "☝️",
  point_right: "👉", point_down: "👇", point_left: "👈", handshake: "🤝", eyes: "👀",
  heart: "❤️", blue_heart: "💙", green_heart: "💚", yellow_heart: "💛", sparkles: "✨", star: "⭐",
  tada: "🎉", fire: "🔥", rocket: "🚀", bulb: "💡", zap: "⚡", "100": "💯", trophy: "🏆", medal: "🏅",
  smile: "😄", smiley: "😃", grinning: "😀", joy: "😂", blush: "😊", slightly_smiling_face: "🙂",
  wink: "😉", thinking_face: "🤔", sweat_smile: "😅", cry: "😢", sob: "😭", scream: "😱",
  astonished: "😲", open_mouth: "😮", neutral_face: "😐", heart_eyes: "😍", sunglasses: "😎",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌",
  negative_squared_cross_mark: "❎", warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫",
  question: "❓", grey_question: "❔", exclamation: "❗", heavy_exclamation_mark: "❗",
  information_source: "ℹ️", heavy_plus_sign: "➕", heavy_minus_sign: "➖",
  heavy_multiplication_x: "✖️", large_green_circle: "🟢", large_yellow_circle: "🟡",
  red_circle: "🔴", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  large_orange_circle: "🟠", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️",
  alarm_clock: "⏰", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", bell: "🔔",
  no_bell: "🔕", mega: "📣", loudspeaker: "📢", memo: "📝", pencil: "📝", pencil2: "✏️",
  clipboard: "📋", page_facing_up: "📄", bookmark_tabs: "📑", books: "📚", file_folder: "📁",
  open_file_folder: "📂", card_index_dividers: "🗂️", wastebasket: "🗑️", scissors: "✂️",
  paperclip: "📎", link: "🔗", pushpin: "📌", round_pushpin: "📍", lock: "🔒", unlock: "🔓",
  key: "🔑", mag: "🔍", gear: "⚙️", hammer_and_wrench: "🛠️", wrench: "🔧", bar_chart: "📊",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", moneybag: "💰",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", office: "🏢", classical_building: "🏛️",
  ballot_box_with_ballot: "🗳️", speech_balloon: "💬", thought_balloon: "💭", inbox_tray: "📥",
  outbox_tray: "📤", email: "📧", envelope: "✉️", house: "🏠", wave_hand: "👋", seedling: "🌱",
  recycle: "♻️", arrows_counterclockwise: "🔄", arrow_right: "➡️", arrow_left: "⬅️",
  arrow_up: "⬆️", arrow_down: "⬇️", leftwards_arrow_with_hook: "↩️", back: "🔙",
  black_square_for_stop: "⏹️", double_vertical_bar: "⏸️", arrow_forward: "▶️", one: "1️⃣",
  two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", hugging_face: "🤗", party: "🥳",
  saluting_face: "🫡", robot_face: "🤖", sunny: "☀️", coffee: "☕", four_leaf_clover: "🍀",
};

const TONES = ["", "🏻", "🏼", "🏽", "🏾", "🏿"];
const TONABLE = new Set(["+1", "thumbsup", "-1", "clap", "pray", "raised_hands", "wave", "muscle"]);
const COMMON = [
  "+1", "-1", "clap", "pray", "muscle", "raised_hands", "heart", "tada", "smile", "joy", "eyes",
  "thinking_face", "open_mouth", "cry", "white_check_mark", "x", "fire", "bulb", "100", "rocket",
];

/** The character of `+1` or `+1::skin-tone-3`; undefined if there is none. */
function emojiOf(name) {
  const [base, tone] = name.split("::skin-tone-");
  const plain = EMOJI[base];
  if (!plain || !tone) return plain;
  return plain.replace("\uFE0F", "") + (TONES[Number(tone) - 1] ?? "");
}

let drawable;

/** Whether this machine has a font with emoji: on one without, names are better than boxes. */
function canDraw() {
  if (drawable === undefined) {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const picture = (text) => {
      context.clearRect(0, 0, 40, 40);
      context.font = "24px sans-serif";
      context.fillText(text, 2, 28);
      return context.getImageData(0, 0, 40, 40).data.join();
    };
    drawable = picture("👍") !== picture("\u{10FFFD}");
  }
  return drawable;
}

/** What is shown of an emoji: its picture; without a font a drawn thumb, or its name. */
export function emojiGlyph(name) {
  const found = emojiOf(name);
  if (found && canDraw()) return h("span", { class: "emoji" }, found);
  const [base, tone] = name.split("::skin-tone-");
  if (!/^([+-]1|thumbs(up|down))$/.test(base)) return h("span", { class: "emoji named" }, `:${name}:`);
  const thumb = icon("thumb");
  thumb.classList.add(`tone${tone ?? 0}`);
  if (base === "-1" || base === "thumbsdown") thumb.classList.add("turned");
  return thumb;
}

/** An emoji to look at within a text; unknown ones stay `:name:`. */
export function emojiNode(name) {
  if (!emojiOf(name)) return document.createTextNode(`:${name}:`);
  return h("span", { role: "img", "aria-label": emojiLabel(name), title: `:${name}:` }, emojiGlyph(name));
}

/** What a screen reader says for an emoji. */
export function emojiLabel(name) {
  const [base, tone] = name.split("::skin-tone-");
  const words = base === "+1" || base === "thumbsup" ? t("emoji.thumbsup") : base.replaceAll("_", " ");
  return tone ? `${words}, ${t("emoji.tone", { n: Number(tone) - 1 })}` : words;
}

const toned = (name, tone) => (tone && TONABLE.has(name) ? `${name}::skin-tone-${tone}` : name);

/** Let the person pick; `pick(name)` is called with Slack's name. */
export function openPicker(anchor, pick) {
  const grid = h("div", { class: "emoji-grid", role: "group", "aria-label": t("emoji.pick") });
  const tones = h("div", { class: "emoji-tones", role: "group", "aria-label": t("emoji.tones") });
  const panel = h("div", { class: "emoji-picker" }, grid, tones);
  const popup = openPopup(anchor, panel, { label: t("emoji.pick"), role: "dialog" });
  const draw = (tone) => {
    grid.replaceChildren(...COMMON.map((name) => choice(toned(name, tone))));
    tones.replaceChildren(
      ...[0, 2, 3, 4, 5, 6].map((one) => {
        const chosen = one === tone;
        const label = one ? emojiLabel(`+1::skin-tone-${one}`) : t("emoji.thumbsup");
        const choose = () => {
          remember("tone", one ? String(one) : "");
          draw(one);
          tones.querySelector("[aria-pressed=true]").focus();
        };
        const props = {
          type: "button",
          "aria-pressed": String(chosen),
          "aria-label": `${t("emoji.tones")}: ${label}`,
        };
        return h("button", { ...props, onclick: choose }, emojiGlyph(toned("+1", one)));
      }),
    );
  };
  const choice = (name) => {
    const take = () => {
      popup.close();
      pick(name);
    };
    const label = emojiLabel(name);
    return h(
      "button",
      { type: "button", title: `:${name}:`, "aria-label": label, onclick: take },
      emojiGlyph(name),
    );
  };
  const move = arrows(
    () => [...panel.querySelectorAll("button")],
    { previous: "ArrowLeft", next: "ArrowRight" },
  );
  panel.addEventListener("keydown", move);
  panel.addEventListener("keydown", arrows(() => {
    // A row down or up is seven buttons on.
    const all = [...grid.children];
    const at = all.indexOf(document.activeElement);
    return at < 0 ? [] : all.filter((_, n) => n % 7 === at % 7);
  }));
  draw(Number(recall("tone")));
  grid.firstElementChild.focus();
}
