// A surface holds blocks that people act on: a message, the Home tab or a modal. It knows what
// was entered, as Slack's `state`, and carries presses to the app.
import { call, state } from "./state.js";
import { failure } from "./texts.js";
import { askFirst, problem } from "./popup.js";

/** For each type of element: the name of its value in `state`, and of its initial value. */
const FIELDS = {
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  file_input: ["files", ""],
};

const many = (type) => type === "checkboxes" || type === "file_input" || type.startsWith("multi_");

/** The elements of a block that people act on. */
function elementsOf(block) {
  if (block.type === "section") return block.accessory ? [block.accessory] : [];
  if (block.type === "input") return [block.element];
  return block.type === "actions" ? block.elements : [];
}

const keyOf = (block, element) => `${block.block_id}\n${element.action_id}`;

export class Surface {
  #values = new Map();

  /** `where` is `{view_id}` or `{channel, ts}`. */
  constructor(where, blocks) {
    this.where = where;
    this.adopt(blocks);
  }

  /**
   * Take new blocks. As in Slack, an element with the same block, action and type as before keeps
   * what was entered, whatever initial value it comes with; `forms.carried` has the same rule.
   */
  adopt(blocks) {
    const old = this.#values;
    this.blocks = blocks;
    this.#values = new Map();
    for (const block of blocks) {
      for (const element of elementsOf(block)) {
        const names = FIELDS[element.type];
        if (!names) continue;
        const key = keyOf(block, element);
        const first = { type: element.type, [names[0]]: initial(element, names[1]) };
        this.#values.set(key, old.get(key)?.type === element.type ? old.get(key) : first);
      }
    }
  }

  /** Whether the field is among the blocks, as the same kind of field. */
  has(spot) {
    return this.#values.get(spot.key)?.type === spot.element.type;
  }

  /** What an element holds now. */
  value(block, element) {
    return this.#values.get(keyOf(block, element))?.[FIELDS[element.type][0]];
  }

  set(block, element, value) {
    this.#values.set(keyOf(block, element), { type: element.type, [FIELDS[element.type][0]]: value });
  }

  /** All that was entered, as Slack's `state.values`. */
  values() {
    const found = {};
    for (const [key, value] of this.#values) {
      const [block, action] = key.split("\n");
      (found[block] ??= {})[action] = value;
    }
    return found;
  }

  /** Send a press; says under the block what went wrong. `extra` is what a button carries. */
  async press(spot, extra) {
    const { block, element, slot } = spot;
    const value = FIELDS[element.type] && { [FIELDS[element.type][0]]: this.value(block, element) };
    const action = {
      type: element.type,
      action_id: element.action_id,
      block_id: block.block_id,
      ...value,
      ...extra,
    };
    try {
      await call("press", { where: this.where, action, state: this.values() });
      problem(slot, "");
    } catch (error) {
      problem(slot, failure(error));
    }
  }
}

function initial(element, name) {
  if (name === "initial_conversation" && element.default_to_current_conversation) {
    return element[name] ?? state.route.channel;
  }
  return element[name] ?? (many(element.type) ? [] : null);
}

/** One element in its place: what drawing it needs. */
export class Spot {
  constructor(surface, block, element, slot) {
    Object.assign(this, { surface, block, element, slot });
    this.key = keyOf(block, element);
    this.labelledby = undefined;
    this.describedby = undefined;
    this.label = element.accessibility_label ?? element.placeholder?.text;
    this.flush = () => {}; // sends at once what waits for a pause in typing
  }

  /** Whether a change of this element is told to the app. */
  get dispatches() {
    return this.block.type !== "input" || this.block.dispatch_action === true;
  }

  get value() {
    return this.surface.value(this.block, this.element);
  }

  get required() {
    return this.block.type === "input" && !this.block.optional;
  }

  /** What a control needs to be named and found again. */
  get props() {
    return {
      "data-key": this.key,
      "aria-labelledby": this.labelledby,
      "aria-label": this.labelledby ? undefined : this.label,
      "aria-describedby": this.describedby,
      "aria-required": this.required ? "true" : undefined,
    };
  }

  set(value) {
    this.surface.set(this.block, this.element, value);
  }

  press(extra) {
    return this.surface.press(this, extra);
  }

  /** Whether the person means it; true at once where nothing asks. */
  async sure() {
    return !this.element.confirm || askFirst(confirmTexts(this.element.confirm));
  }

  /** A choice was made: false if the person took it back when asked. */
  async choose(value) {
    if (this.dispatches && !(await this.sure())) return false;
    this.set(value);
    if (this.dispatches) this.press();
    return true;
  }
}

let drawText = (object) => object.text;

/** How confirm dialogs draw their text; set once by blocks.js, which knows mrkdwn. */
export function drawTextsWith(draw) {
  drawText = draw;
}

const confirmTexts = (confirm) => ({ ...confirm, body: confirm.text ? drawText(confirm.text) : [] });
