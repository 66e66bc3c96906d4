'use strict';
// What all parts of the page use: the data, elements, numbers in words.

const report = JSON.parse(document.getElementById('report-data').textContent);

/** The layer that is shown, of several the one that the page's address names. */
const layers = report.layers, shownLayer = Math.min(layers.length - 1, Math.max(0, Number(new URLSearchParams(location.search).get('layer')) || 0)), layer = layers[shownLayer];

/** An element; text is never read as HTML. */
function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter(child => child != null));
  return made;
}

/** An element of SVG. */
function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes))
    if (value != null) made.setAttribute(name, value);
  made.append(...children.flat());
  return made;
}

const byId = id => document.getElementById(id);
const count = (value, digits = 0) => Number(value).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;

/** How sure an answer is: never all of it, since what is left beside 99.97 % is a chance of being wrong. */
const sure = (share, digits = 1) => {
  const step = 10 ** -digits;
  return 100 * share > 100 - step / 2 ? `> ${(100 - step).toFixed(digits)} %` : percent(share, digits);
};
const className = index => index == null ? 'unknown' : report.classes[index];
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A number that may be infinite, which JSON has no word for. */
const number = value => value == null ? Infinity : Number(value);

function bytes(base64) {
  const text = atob(base64), made = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
}

/** Buttons of which one is pressed. */
function choices(parent, names, choose, content = name => [name]) {
  const buttons = names.map((name, i) => node('button', { type: 'button', 'aria-pressed': 'false', onclick: () => pick(i) }, ...content(name, i)));
  function pick(chosen) {
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(i === chosen)));
    choose(chosen);
  }
  parent.append(...buttons);
  return pick;
}

/** A drawing that must be made again when its width changes. */
function redrawn(parent, draw) {
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(parent.clientWidth - width) < 2) return;
    width = parent.clientWidth;
    draw();
  }).observe(parent);
}
