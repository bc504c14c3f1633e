// One card for each sink. Cards stay where they are: nobody should press a button that has just moved.

import { byId, make, setProperty, setText } from './dom.js';
import { clock, count, duration, rate } from './format.js';
import { notGiven } from './history.js';
import { levelOf } from './verdict.js';

const FIGURES = [
  ['depth', 'Depth', (sink) => count(sink.depth)],
  ['lag', 'Lag', (sink) => duration(sink.lagMillis)],
  ['rate', 'Flushed', (sink, sample) => rate(sample.flushedRate)],
  ['p50', 'Flush p50', (sink) => duration(sink.flushLatencyMillis.p50)],
  ['p99', 'Flush p99', (sink) => duration(sink.flushLatencyMillis.p99)],
  ['flushed', 'Flushed in all', (sink) => count(sink.flushed)],
  ['failed', 'Refused', (sink) => count(sink.failed)],
  ['dropped', 'Dropped', (sink) => count(notGiven(sink))],
  ['retries', 'Retries', (sink) => count(sink.retries)],
];

export class Sinks {
  #cards = new Map();
  #actions;

  /** @param actions makes and updates the buttons of a card, or null when there are none */
  constructor(actions) {
    this.#actions = actions;
  }

  show(report, sample) {
    for (const [name, sink] of Object.entries(report.sinks)) {
      if (!this.#cards.has(name)) {
        this.#cards.set(name, new Card(name, this.#actions));
      }
      this.#cards.get(name).show(sink, sample.sinks[name]);
    }
    for (const [name, card] of this.#cards) {
      if (!(name in report.sinks)) {
        card.remove();
        this.#cards.delete(name);
      }
    }
  }
}

/** Returns the id of a sink's card, for links. */
export const cardId = (sink) => `sink-${encodeURIComponent(sink)}`;

class Card {
  #state = make('span', { class: 'state', 'data-field': 'state' });
  #delivery = make('small');
  #failure = make('p', { class: 'failure', 'data-field': 'failure', hidden: true });
  #stuck = make('p', { class: 'failure', 'data-field': 'stuck', hidden: true });
  #fields = new Map();
  #card;
  #buttons;

  constructor(name, actions) {
    const list = make('dl');
    for (const [field, title] of FIGURES) {
      const value = make('dd', { 'data-field': field });
      this.#fields.set(field, value);
      list.append(make('div', {}, make('dt', {}, title), value));
    }
    this.#card = make(
      'article',
      { class: 'card', id: cardId(name), 'data-sink': name, 'aria-label': `Sink ${name}` },
      make('div', { class: 'bar' }, make('h3', {}, name), this.#state, this.#delivery),
      list,
      this.#failure,
      this.#stuck,
    );
    this.#buttons = actions?.of(name) ?? null;
    if (this.#buttons !== null) {
      this.#card.append(this.#buttons.element);
    }
    byId('sinks').append(this.#card);
  }

  show(sink, sample) {
    setProperty(this.#card.dataset, 'level', levelOf(sink));
    setText(this.#state, sink.state);
    setText(this.#delivery, sink.level === undefined ? sink.delivery : `${sink.delivery}, from ${sink.level.toUpperCase()}`);
    for (const [field, , text] of FIGURES) {
      setText(this.#fields.get(field), text(sink, sample));
    }
    const failure = sink.lastFailure;
    setProperty(this.#failure, 'hidden', failure == null); // left out or null, as the mapper has it
    setText(this.#failure, failure == null ? '' : `Last failure at ${clock(failure.time)}: ${failure.message}`);
    setProperty(this.#stuck, 'hidden', sink.stuckAt == null);
    setText(this.#stuck, sink.stuckAt == null ? '' : `Its thread stands at ${sink.stuckAt}`);
    this.#buttons?.show(sink);
  }

  remove() {
    this.#card.remove();
  }
}
