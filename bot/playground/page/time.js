// Times as officials write them, always in Asia/Seoul, whatever the browser's zone.
import { state } from "./state.js";
import { language, t } from "./texts.js";

const ZONE = "Asia/Seoul";
const SEOUL_OFFSET = "+09:00";

const parts = (date) => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: ZONE,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    weekday: "short",
  });
  return Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
};

const words = (date, options) =>
  new Intl.DateTimeFormat(language(), { timeZone: ZONE, ...options }).format(date);

/** The bot's time now: what the server said, plus what has passed since. */
export const botNow = () =>
  state.clock ? new Date(Date.parse(state.clock.now) + performance.now() - state.clock.heard) : new Date();

/** The moment of a message's ts, or of seconds since 1970. */
export const moment = (seconds) => new Date(Number(seconds) * 1000);

/** `14:00` */
export function clockTime(date) {
  const { hour, minute } = parts(date);
  return `${hour}:${minute}`;
}

/** The day with its weekday: in Korean as officials write it, in English `Wed, 1 Jul 2026`. */
export function day(date) {
  if (language() !== "ko") {
    const { weekday, day: number, year } = parts(date);
    return `${weekday}, ${number} ${words(date, { month: "short" })} ${year}`;
  }
  const { year, month, day: number } = parts(date);
  return `${year}. ${month}. ${number}.(${words(date, { weekday: "short" })})`;
}

/** The day, and the time after it. */
export const dayTime = (date) => `${day(date)} ${clockTime(date)}`;

/** A day's key, to see whether two moments fall on one day. */
export function dayKey(date) {
  const { year, month, day: number } = parts(date);
  return `${year}-${month.padStart(2, "0")}-${number.padStart(2, "0")}`;
}

/** What a datetime-local input shows for seconds since 1970. */
export function toLocalInput(seconds) {
  const date = moment(seconds);
  return `${dayKey(date)}T${clockTime(date)}`;
}

/** Seconds since 1970 of what a datetime-local input holds. */
export const fromLocalInput = (text) => Math.floor(Date.parse(`${text}:00${SEOUL_OFFSET}`) / 1000);

/** The day of `2026-07-01`, in words. */
export const dayOf = (text) => day(new Date(`${text}T00:00:00${SEOUL_OFFSET}`));

function relativeDay(date) {
  const apart = Math.round((Date.parse(dayKey(date)) - Date.parse(dayKey(botNow()))) / 86400000);
  const known = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[apart];
  return known ? t(known) : day(date);
}

function ago(date) {
  const seconds = (date - botNow()) / 1000;
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? steps.at(-1);
  return format.format(Math.round(seconds / size), unit);
}

const seconds = (date) => parts(date).second;

const TOKENS = {
  date_num: dayKey,
  date_slash: (date) => dayKey(date).replaceAll("-", "/"),
  date: day,
  date_short: day,
  date_long: day,
  date_pretty: relativeDay,
  date_short_pretty: relativeDay,
  date_long_pretty: relativeDay,
  day_divider_pretty: relativeDay,
  time: clockTime,
  time_secs: (date) => `${clockTime(date)}:${seconds(date)}`,
  ago,
};

/** Fill `{date_num} {time}` and the like of a `<!date^…>`; an unknown token stays as it is. */
export function dateTokens(ts, format) {
  const date = moment(ts);
  return format.replace(/\{(\w+)\}/g, (all, token) => TOKENS[token]?.(date) ?? all);
}
