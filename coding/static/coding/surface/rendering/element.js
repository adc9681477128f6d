/**
 * An element from its parts; text is always text, never markup.
 * @param props class, text, data: {}, on: {event: listener}; anything else is an attribute,
 *   with false and null left out and true written as an empty value
 */
export function element(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

let serial = 0;

/** An id for aria references that no other element has. */
export function uniqueId(prefix) {
  return `${prefix}-${++serial}`;
}
