// The bot's Home tab.
import { Board } from "./board.js";
import { fill, h } from "./dom.js";
import { problem } from "./popup.js";
import { call, state } from "./state.js";
import { failure, t } from "./texts.js";

export class Home {
  constructor() {
    this.board = null;
    this.id = "";
    this.empty = h("p", { class: "empty" }, t("home.empty"));
    this.trouble = h("div", { class: "slot" });
    this.inside = h("div", { class: "home-inside" }, this.empty);
    this.node = h(
      "div",
      { class: "home", role: "tabpanel", "aria-label": t("home.tab"), tabindex: "-1" },
      this.trouble,
      this.inside,
    );
  }

  /** Tell the app that Home was entered, and show what it published. */
  async load() {
    try {
      const { view } = await call("home", { tab: "home" });
      problem(this.trouble, "");
      // What the app published on hearing of it may have come first, and is newer.
      if (view && (!this.board || this.hash === undefined)) this.show(view);
    } catch (error) {
      problem(this.trouble, failure(error));
    }
    if (!state.bot.online) problem(this.trouble, t("bot.away"));
  }

  show(view) {
    if (!view) return;
    this.hash = view.hash;
    if (this.board && this.id === view.id) this.board.update(view.blocks);
    else {
      this.id = view.id;
      this.board = new Board({ view_id: view.id }, view.blocks);
      fill(this.inside, this.board.node);
    }
  }
}
