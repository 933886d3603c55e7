// What a messenger's own form refuses before anything is sent.
import { t } from "./texts.js";

const MOST_TEXT = 3000;

/** The mistake in an input block's value, in words; "" if there is none. */
export function mistake(block, value) {
  const { element } = block;
  const empty = value === null || value === undefined || value.length === 0;
  if (empty) return block.optional ? "" : t(typed(element) ? "error.required" : "error.choose");
  if (!typed(element)) return "";
  const { min_length: least = 0, max_length: most = MOST_TEXT } = element;
  if (value.length < least) return t("error.short", { n: least });
  if (value.length > most) return t("error.long", { n: most, now: value.length });
  if (element.type === "number_input") return number(element, value);
  if (element.type === "email_text_input" && !/^[^@\s]+@[^@\s]+$/.test(value)) return t("error.email");
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/.test(value)) return t("error.url");
  return "";
}

const typed = (element) => element.type.endsWith("_input") && element.type !== "file_input";

function number(element, value) {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) return t(element.is_decimal_allowed ? "error.number" : "error.integer");
  if (Number(value) < Number(element.min_value ?? -Infinity)) return t(
    "error.least",
    { n: element.min_value },
  );
  if (Number(value) > Number(element.max_value ?? Infinity)) return t("error.most", { n: element.max_value });
  return "";
}
