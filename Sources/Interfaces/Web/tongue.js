// The language in which this browser is spoken to, and how numbers and times are written in it. What a person chose stays in
// this browser; without a choice the browser's own languages decide.

export const tongues = { en: "English", de: "Deutsch" };

const place = "pressmark-language";

function chosen() {
  try {
    return localStorage.getItem(place);
  } catch {
    // A browser that keeps nothing.
    return null;
  }
}

export const tongue = [chosen(), ...(navigator.languages ?? [navigator.language])]
  .map((wish) => wish?.slice(0, 2).toLowerCase())
  .find((wish) => Object.hasOwn(tongues, wish)) ?? "en";

// Everything is said anew: the page is loaded again.
export function choose(wish) {
  try {
    localStorage.setItem(place, wish);
  } catch {
    return;
  }
  location.reload();
}

const numbers = new Intl.NumberFormat(tongue);
const decimals = new Intl.NumberFormat(tongue, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(tongue, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(tongue, { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat(tongue, { day: "numeric", month: "short", year: "numeric" });

export const number = (value) => numbers.format(value);
export const decimal = (value) => decimals.format(value);
export const length = (centimetres) => (centimetres < 200 ? `${centimetres} cm` : `${decimals.format(centimetres / 100)} m`);
export const count = (value, one, many) => `${numbers.format(value)} ${value === 1 ? one : many}`;
export const time = (date) => (new Date().toDateString() === date.toDateString() ? "" : `${day.format(date)}, `) + clock.format(date);
export const date = (value) => longDay.format(value);
