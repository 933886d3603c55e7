// The header: who one is, what day the bot thinks it is, faults, language.
import { fill, h, icon, iconButton, toast } from "./dom.js";
import { openFaults } from "./faults.js";
import { openPopup } from "./popup.js";
import { call, on, state, tell } from "./state.js";
import { openDrawer } from "./sidebar.js";
import { switcherButton } from "./switcher.js";
import { failure, language, speak, t } from "./texts.js";
import { botNow, dayTime } from "./time.js";

const TICK_MS = 5000;
const top = document.getElementById("top");
let become = () => {};

function clock() {
  if (!state.clock) return null;
  const time = h("time", { class: "bot-time" }, dayTime(botNow()));
  if (!state.clock.movable) {
    return h(
      "span",
      { class: "clock", title: t("clock.about") },
      icon("clock"),
      h("span", { class: "sr-only" }, `${t("clock.label")}: `),
      time,
    );
  }
  const props = { type: "button", class: "clock button", title: t("clock.about"), "aria-haspopup": "dialog" };
  return h(
    "button",
    { ...props, onclick: (event) => openClock(event.currentTarget) },
    icon("clock"),
    h("span", { class: "sr-only" }, `${t("clock.label")}: `),
    time,
  );
}

function openClock(anchor) {
  if (anchor.hasAttribute("aria-busy")) return;
  const move = async (to) => {
    // A second click while the first is under way would move the clock twice.
    popup.close();
    anchor.setAttribute("aria-busy", "true");
    try {
      hear((await call("move", { to })).clock);
      toast(t("clock.moved", { time: dayTime(botNow()) }));
    } catch (error) {
      toast(failure(error), "bad");
    }
    anchor.removeAttribute("aria-busy");
  };
  const button = (to) => h(
    "button",
    { type: "button", class: "button", onclick: () => move(to) },
    t(`clock.${to}`),
  );
  const panel = h(
    "div",
    { class: "clock-panel" },
    h("p", { class: "hint" }, t("clock.about")),
    ["day", "morning", "quarter"].map(button),
  );
  const popup = openPopup(anchor, panel, { label: t("clock.label") });
  panel.querySelector("button").focus();
}

/** The server told the bot's time. */
export function hear(clock) {
  state.clock = clock && { ...clock, heard: performance.now() };
  tell("clock");
}

function tick() {
  const shown = top.querySelector(".bot-time");
  if (shown && state.clock) fill(shown, dayTime(botNow()));
}

function draw() {
  if (!state.ready) return;
  const other = language() === "ko" ? "en" : "ko";
  const turn = () => {
    speak(other, state.me.id);
    tell("language");
    top.querySelector(".language").focus();
  };
  const faulty = state.faults.length ? h("span", { class: "count" }, String(state.faults.length)) : null;
  const fault = { type: "button", class: "button plain", title: t("fault.about"), "aria-haspopup": "dialog" };
  const speaking = {
    type: "button",
    class: "button plain language",
    lang: other,
    "aria-label": t("language.other"),
  };
  fill(
    top,
    iconButton("menu", t("sidebar.open"), openDrawer, { id: "menu-button" }),
    h(
      "span",
      { class: "product" },
      h("span", { class: "logo", "aria-hidden": "true" }, "×"),
      h("span", { class: "product-name" }, state.bot.name),
      h("span", { class: "badge" }, t("product.trial")),
    ),
    h("span", { class: "spacer" }),
    h(
      "span",
      { class: "instruments" },
      clock(),
      h(
        "button",
        { ...fault, onclick: (event) => openFaults(event.currentTarget, recount) },
        icon("fault"),
        t("fault.title"),
        faulty,
      ),
      h("button", { ...speaking, onclick: turn }, t("language.name")),
    ),
    switcherButton((user) => become(user)),
  );
}

/** Only the number of faults changes while their panel is open: its anchor must stay. */
function recount() {
  const button = [...top.querySelectorAll(".instruments > button")].at(-2);
  button.querySelector(".count")?.remove();
  if (state.faults.length) button.append(h("span", { class: "count" }, String(state.faults.length)));
}

/** Draw the header; `switchTo(user)` is called when another person is chosen. */
export function setTop(switchTo) {
  become = switchTo;
  for (const topic of ["start", "people", "bot", "language"]) on(topic, draw);
  on("clock", tick); // only the time changes: the button keeps the focus
  setInterval(tick, TICK_MS);
}
