// Makes and changes elements. Texts are always set as texts, never as markup.

/** Makes an element with properties (`class` and names with a dash are attributes) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class' || name.includes('-')) {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children);
  return element;
}

/** Sets a text only where it changes, so that a selection or a screen reader is not disturbed every second. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets a property, or a data attribute, only where it changes. */
export function setProperty(target, name, value) {
  if (target[name] !== value) {
    target[name] = value;
  }
}

export const byId = (id) => document.getElementById(id);
