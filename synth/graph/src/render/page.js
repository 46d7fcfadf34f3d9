'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const picture = document.querySelector('#picture svg');
const places = new Map();
for (const place of picture.querySelectorAll('[data-id]')) places.set(place.dataset.id, place);
const arrows = [...picture.querySelectorAll('[data-from]')];
const panel = document.getElementById('details');
const order = ['error', 'warning', 'suggestion'];
let pinned = null;
let matches = null;

// Texts of documents are only ever set as text.
function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function list(title, items, make) {
  if (!items.length) return [];
  const all = element('ul');
  for (const item of items) all.append(make(item));
  return [element('h3', title), all];
}

function finding(found) {
  const item = element('li');
  item.append(element('b', `${found.severity} ${found.rule}`, found.severity), ` ${found.message}`, element('br'),
    element('i', found.remedy), element('br'), element('code', found.place));
  return item;
}

function name(id) {
  return data.details[id] ? data.details[id].name : id;
}

function arrow(one, id) {
  const out = one.from === id;
  const words = { reaches: ['can reach', 'is reached by'], may: ['may act on', 'is acted on by'],
    trusted: ['may act as', 'trusts'], uses: ['refers to', 'is referred to by'] }[one.meaning];
  const item = element('li', `${words[out ? 0 : 1]} ${name(out ? one.to : one.from)}`);
  if (one.details.length) item.append(...list('', one.details, detail => element('li', detail)).slice(1));
  return item;
}

function show(id) {
  const told = data.details[id];
  if (!told) return;
  panel.replaceChildren(element('h2', told.name), element('p', [told.kind, ...told.notes].join(' · ')),
    ...list('Findings', told.findings, finding),
    ...list('Arrows', data.arrows.filter(one => one.from === id || one.to === id), one => arrow(one, id)),
    ...list('Resources', told.parts, part => element('li', part)));
  panel.dataset.of = id;
}

function mark(id) {
  const near = new Set([id]);
  for (const one of arrows) {
    const touches = id && (one.dataset.from === id || one.dataset.to === id);
    one.classList.toggle('dim', Boolean(id) && !touches);
    if (touches) near.add(one.dataset.from).add(one.dataset.to);
  }
  for (const [other, place] of places) {
    if (!place.classList.contains('node')) continue;
    const away = id && !near.has(other) && ![...near].some(one => places.get(one)?.classList.contains('group'));
    place.classList.toggle('dim', matches ? !matches.has(other) : Boolean(away));
  }
}

for (const [id, place] of places) {
  const enter = () => { if (!pinned) { show(id); mark(place.classList.contains('node') ? id : null); } };
  place.addEventListener('mouseenter', enter);
  place.addEventListener('focus', enter);
  place.addEventListener('mouseleave', () => { if (!pinned) mark(null); });
  place.addEventListener('click', () => { pinned = pinned === id ? null : id; show(id); mark(pinned); });
}

const search = document.getElementById('search');
const count = document.getElementById('count');
search.addEventListener('input', () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const says = told => [told.name, told.kind, ...told.notes, ...told.parts].join(' ').toLowerCase();
  const found = Object.entries(data.details).filter(([, told]) => words.every(word => says(told).includes(word)));
  matches = words.length ? new Set(found.map(([id]) => id)) : null;
  count.textContent = matches ? `${matches.size} of ${Object.keys(data.details).length}` : '';
  for (const [id, place] of places) place.classList.toggle('hit', Boolean(matches) && matches.has(id));
  mark(null);
  const first = found.map(([id]) => places.get(id)).find(place => place && place.classList.contains('node'));
  if (matches && first) { first.scrollIntoView({ block: 'center', inline: 'center' }); show(first.dataset.id); }
});

const choices = document.getElementById('meanings');
for (const [meaning, text] of [['reaches', 'can reach'], ['may', 'may'], ['trusted', 'may act as'], ['uses', 'refers to']]) {
  const choice = element('label');
  const box = element('input');
  box.type = 'checkbox';
  box.checked = true;
  box.value = meaning;
  box.addEventListener('change', () => {
    for (const one of arrows) if (one.classList.contains(meaning)) one.classList.toggle('off', !box.checked);
  });
  choice.append(box, ` ${text}`);
  choices.append(choice);
}

for (const [id, told] of Object.entries(data.details)) {
  const place = places.get(id);
  if (!told.findings.length || !place) continue;
  const frame = place.querySelector('rect');
  const worst = order.find(severity => told.findings.some(found => found.severity === severity));
  const drawn = made => document.createElementNS('http://www.w3.org/2000/svg', made);
  const [badge, disc, text] = [drawn('g'), drawn('circle'), drawn('text')];
  badge.setAttribute('class', `badge ${worst}`);
  const [x, y] = [Number(frame.getAttribute('x')) + Number(frame.getAttribute('width')) - 4, Number(frame.getAttribute('y')) + 4];
  disc.setAttribute('cx', x); disc.setAttribute('cy', y); disc.setAttribute('r', 10);
  text.setAttribute('x', x); text.setAttribute('y', y + 4);
  text.textContent = told.findings.length;
  badge.append(disc, text);
  place.append(badge);
}

const button = document.getElementById('findings');
button.textContent = data.findings === 1 ? '1 finding' : `${data.findings} findings`;
button.disabled = !data.findings;
button.addEventListener('click', () => {
  const all = Object.entries(data.details).filter(([, told]) => told.findings.length);
  const items = all.flatMap(([id, told]) => list(name(id), told.findings, finding));
  panel.replaceChildren(...items, ...list('Elsewhere', data.elsewhere, finding));
});

document.getElementById('rest').append(
  ...list('Could not be decided', data.undecided, text => element('li', text)),
  ...list('Only read, and not drawn', data.lookups, text => element('li', text)));
