// The panel of faults: ask the workspace to behave badly, to see how the bot copes.
import { fill, h, iconButton, toast, uid } from "./dom.js";
import { openPopup } from "./popup.js";
import { call, state } from "./state.js";
import { failure, t } from "./texts.js";

const METHODS = [
  "chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.update", "views.push",
  "views.publish", "conversations.history", "reactions.get", "reactions.add", "users.info", "*",
];
const KINDS = ["429", "500", "reset", "delay"];
const TIMED = new Set(["429", "delay"]);

function labelled(text, control) {
  control.id = uid("fault");
  return h("div", { class: "fault-field" }, h("label", { for: control.id }, text), control);
}

/** Open the panel beside its button. */
export function openFaults(anchor, changed) {
  const option = (value, text = value) => h("option", { value }, text);
  const method = h(
    "select",
    { class: "field" },
    METHODS.map((name) => option(name, name === "*" ? t("fault.any") : name)),
  );
  const kind = h("select", { class: "field" }, KINDS.map((name) => option(name, t(`fault.${name}`))));
  const times = h("input", { class: "field", type: "number", min: "1", max: "99", value: "1" });
  const seconds = h("input", { class: "field", type: "number", min: "0", max: "60", value: "3" });
  const timed = labelled(t("fault.seconds"), seconds);
  const list = h("ul", { class: "fault-list" });

  async function ask(args) {
    try {
      state.faults = (await call("fault", args)).faults;
      draw();
      changed();
    } catch (error) {
      toast(failure(error), "bad");
    }
  }

  function draw() {
    const row = (one) => {
      const words = t(
        "fault.row",
        {
          method: one.method === "*" ? t("fault.any") : one.method,
          kind: t(`fault.${one.kind}`),
          n: one.times,
        },
      );
      return h(
        "li",
        {},
        words,
        iconButton(
          "close",
          t("fault.clear", { method: one.method }),
          () => ask({ method: one.method, kind: null, times: 0 }),
        ),
      );
    };
    fill(list, state.faults.length ? state.faults.map(row) : h("li", { class: "none" }, t("fault.none")));
  }

  const submit = (event) => {
    event.preventDefault();
    const more = TIMED.has(kind.value) ? { seconds: Number(seconds.value) } : {};
    ask({ method: method.value, kind: kind.value, times: Number(times.value) || 1, ...more });
  };
  const swap = () => (timed.hidden = !TIMED.has(kind.value));
  kind.addEventListener("change", swap);
  const form = h(
    "form",
    { class: "faults", onsubmit: submit },
    h("p", { class: "hint" }, t("fault.about")),
    labelled(t("fault.method"), method),
    labelled(t("fault.kind"), kind),
    h("div", { class: "fault-pair" }, labelled(t("fault.times"), times), timed),
    h("button", { type: "submit", class: "button primary" }, t("fault.ask")),
    h("h3", {}, t("fault.waiting")),
    list,
  );
  draw();
  swap();
  openPopup(anchor, form, { label: t("fault.title") });
  method.focus();
}
