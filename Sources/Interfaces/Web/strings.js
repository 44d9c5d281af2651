// Everything the page says. Each language is a file with the same keys; only the one that is spoken is fetched.

import { date, decimal, number, time, tongue } from "./tongue.js";

const files = { en: () => import("./strings-en.js"), de: () => import("./strings-de.js") };
const words = await files[tongue]();

export const say = words.say;

export const format = {
  number,
  share: (part, whole) => `${decimal(whole ? Math.floor((part / whole) * 1000) / 10 : 100)}\u00a0%`,
  rate: decimal,
  time,
  date,
  age(then, now = new Date()) {
    const seconds = Math.max(0, (now - then) / 1000);
    if (seconds < 5) return say.justNow;
    if (seconds < 60) return say.secondsAgo(Math.floor(seconds));
    if (seconds < 3600) return say.minutesAgo(Math.floor(seconds / 60));
    if (seconds < 86400) return say.hoursAgo(Math.floor(seconds / 3600));
    return say.daysAgo(Math.floor(seconds / 86400));
  },
};

// The daemon speaks English. What it says from its tables is said in the page's language; the rest stays as it came.
export function told(text) {
  if (!text) return text;
  if (Object.hasOwn(words.told, text)) return words.told[text];
  for (const [form, make] of words.forms) {
    const found = form.exec(text);
    if (found) return make(...found.slice(1).map((part) => part ?? ""));
  }
  return text;
}
