// Building and renewing elements. Text goes in as text only: titles and tags come from outside.

export const $ = (id) => document.getElementById(id);

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// Keeps the elements of things that stay where they are, so that focus and reading position stay too, and a list that is read out as
// it changes tells what is new and not everything anew: an element that is taken out and put back has lost its focus.
export function renew(parent, things, key, make) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = things.map((thing) => {
    const id = String(key(thing));
    const look = JSON.stringify(thing);
    const kept = old.get(id);
    if (kept && kept.dataset.look === look) return kept;
    // A form that moves from the old element into the new one loses the focus on its way.
    const held = kept?.contains(document.activeElement) ? document.activeElement : null;
    const element = make(thing);
    element.dataset.key = id;
    element.dataset.look = look;
    if (held) {
      const name = held.dataset.name;
      queueMicrotask(() => (element.contains(held) ? held : name && element.querySelector(`[data-name="${name}"]`))?.focus());
    }
    return element;
  });
  const focused = document.activeElement;
  const stays = new Set(wanted);
  for (const child of [...parent.children]) if (!stays.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}
