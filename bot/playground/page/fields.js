// Elements people type into, dates and files.
import { composing, debounce, fill, h, icon, iconButton } from "./dom.js";
import { problem } from "./popup.js";
import { state } from "./state.js";
import { failure, t } from "./texts.js";
import { clockTime, dayOf, fromLocalInput, moment, day, toLocalInput } from "./time.js";

const TYPING_PAUSE_MS = 300;
const PICKING_PAUSE_MS = 600;
const MOST_TEXT = 3000;

const KINDS = {
  plain_text_input: { type: "text" },
  number_input: { type: "text", inputmode: "decimal" },
  email_text_input: { type: "email", inputmode: "email" },
  url_text_input: { type: "url", inputmode: "url" },
};

function typed(spot) {
  const { element, block } = spot;
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const whileTyping = block.dispatch_action && when.includes("on_character_entered");
  const onEnter = block.dispatch_action && when.includes("on_enter_pressed");
  const later = debounce(() => node.isConnected && spot.press(), TYPING_PAUSE_MS);
  const left = h("div", { class: "counter", "aria-hidden": "true" });
  const most = element.max_length ?? MOST_TEXT;
  const count = () => fill(left, node.value.length > most * 0.8 ? `${node.value.length} / ${most}` : []);
  const input = () => {
    spot.set(node.value === "" ? null : node.value);
    count();
    if (whileTyping) later();
  };
  const keydown = (event) => {
    if (event.key !== "Enter" || composing(event)) return;
    if (onEnter && !(element.multiline && event.shiftKey)) {
      event.preventDefault();
      later.cancel();
      spot.press();
    } else if (element.multiline && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      node.form?.requestSubmit();
    }
  };
  const props = {
    ...spot.props,
    class: "field",
    placeholder: element.placeholder?.text,
    autocomplete: "off",
  };
  const handlers = { oninput: input, onkeydown: keydown, value: spot.value ?? "" };
  const node = element.multiline
    ? h("textarea", { ...props, ...handlers, rows: "4" })
    : h("input", { ...props, ...KINDS[element.type], ...handlers });
  spot.flush = (send) => (send ? later.flush() : later.cancel());
  count();
  return h("div", { class: "typed" }, node, left);
}

/** Date, time, or both; the browser's own picker, and beside it the day as officials write it. */
function picked(spot, { type, show, read, words }) {
  const said = h("span", { class: "said", "aria-hidden": "true" });
  const tell = debounce(() => node.isConnected && spot.press(), PICKING_PAUSE_MS);
  const say = () => fill(said, spot.value === null ? [] : words(spot.value));
  const change = async () => {
    const value = node.value ? read(node.value) : null;
    if (value === spot.value) return;
    if (spot.element.confirm && spot.dispatches && !(await spot.sure())) {
      node.value = spot.value === null ? "" : show(spot.value);
      return;
    }
    spot.set(value);
    say();
    if (spot.dispatches) tell();
  };
  // Typing a date fires a change for each digit of the year: the pause waits for the whole.
  const node = h(
    "input",
    { ...spot.props, type, class: "field", onchange: change, onblur: () => tell.flush() },
  );
  node.value = spot.value === null ? "" : show(spot.value);
  spot.flush = (send) => (send ? tell.flush() : tell.cancel());
  say();
  return h("div", { class: "picked" }, node, said);
}

const same = (value) => value;

const datepicker = (spot) => picked(spot, { type: "date", show: same, read: same, words: dayOf });
const timepicker = (spot) => picked(spot, { type: "time", show: same, read: same, words: () => "" });
const datetimepicker = (spot) =>
  picked(spot, {
    type: "datetime-local",
    show: toLocalInput,
    read: fromLocalInput,
    words: (seconds) => `${day(moment(seconds))} ${clockTime(moment(seconds))}`,
  });

function fileInput(spot) {
  const { element } = spot;
  const most = element.max_files ?? 10;
  const list = h("ul", { class: "uploads" });
  const trouble = h("div");
  const draw = () =>
    fill(
      list,
      spot.value.map((file) => {
        const drop = () => {
          spot.set(spot.value.filter((other) => other.id !== file.id));
          draw();
          node.focus();
        };
        return h(
          "li",
          {},
          icon("file"),
          file.name,
          iconButton("close", t("file.remove", { name: file.name }), drop),
        );
      }),
    );
  const upload = async () => {
    const room = most - spot.value.length;
    const chosen = [...node.files].slice(0, Math.max(0, room));
    problem(trouble, node.files.length > room ? t("file.most", { n: most }) : "");
    node.setAttribute("aria-busy", "true");
    for (const file of chosen) {
      try {
        spot.set([...spot.value, await send(file)]);
        draw();
      } catch (error) {
        problem(trouble, failure(error));
      }
    }
    node.removeAttribute("aria-busy");
    node.value = "";
    if (spot.dispatches) spot.press();
  };
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const node = h("input", { ...spot.props, type: "file", accept, multiple: most > 1, onchange: upload });
  draw();
  return h("div", { class: "file-input" }, node, list, trouble);
}

/** Upload one file as the person of this window. */
async function send(file) {
  const form = new FormData();
  form.append("file", file);
  const answer = await fetch(
    `/page/upload?user=${encodeURIComponent(state.me.id)}`,
    { method: "POST", body: form },
  );
  if (!answer.ok) throw Object.assign(new Error("upload_failed"), { code: "upload_failed" });
  return (await answer.json()).file;
}

export const FIELDS = {
  plain_text_input: typed,
  number_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  datepicker,
  timepicker,
  datetimepicker,
  file_input: fileInput,
};
