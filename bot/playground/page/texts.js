// The page's language: the person's, unless they chose the other one.
import { recall, remember } from "./state.js";
import { en } from "./words.en.js";
import { ko } from "./words.ko.js";

const WORDS = { ko, en };

let spoken = navigator.language?.startsWith("ko") === false ? "en" : "ko";

/** `ko` or `en`. */
export const language = () => spoken;

/** A text in the page's language, with `{name}` filled in. */
export const t = (key, params = {}) =>
  WORDS[spoken][key].replace(/\{(\w+)\}/g, (all, name) => params[name] ?? all);

/** What went wrong, for people. */
export function failure(error) {
  const code = error.code ?? "unknown";
  const known = WORDS[spoken][`fail.${code}`];
  return known ?? t("fail.other", { code: error.body?.message || code });
}

/** Speak this language to this person from now on. */
export function speak(chosen, user) {
  remember(`language:${user}`, chosen);
  spoken = chosen;
  document.documentElement.lang = chosen;
}

/** Speak the person's language. */
export function speakAs(person) {
  const own = person.locale?.startsWith("ko") === false ? "en" : "ko";
  spoken = recall(`language:${person.id}`) || own;
  document.documentElement.lang = spoken;
}
