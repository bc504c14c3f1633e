// The newest records, and which of them to show.

import { byId, make, setText } from './dom.js';
import { clock, records } from './format.js';

const SHOWN = 300;
const ASKED_AT_ONCE = 100;
const TYPING_MILLIS = 300;
const ALL_LEVELS = 'TRACE';

export class Tail {
  #endpoint;
  #list = byId('tail-records');
  #window = byId('tail-window');
  #hold = byId('tail-hold');
  #next = '';
  /** The log that #next is of: sequences may begin anew with the next process. */
  #instance = '';
  #leftOut = 0;
  /** Goes up when the filters change: an answer to older ones is not shown. */
  #question = 0;
  #typing = 0;

  constructor(endpoint) {
    this.#endpoint = endpoint;
    byId('tail').hidden = false;
    for (const id of ['tail-level', 'tail-logger', 'tail-contains']) {
      byId(id).addEventListener('input', () => {
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => this.#startAnew(), TYPING_MILLIS);
      });
    }
  }

  #startAnew() {
    this.#question++;
    this.#next = '';
    this.#instance = '';
    this.#leftOut = 0;
    this.#list.replaceChildren();
    this.#fetch(); // though the list is held: what it held is gone
  }

  /** Fetches what is new and shows it, unless the list is held. */
  async update() {
    if (!this.#hold.checked) {
      await this.#fetch();
    }
  }

  async #fetch() {
    const question = this.#question;
    const after = this.#next;
    try {
      const level = byId('tail-level').value;
      const logger = byId('tail-logger').value;
      const contains = byId('tail-contains').value;
      const answer = await this.#endpoint.tail({ after, instance: this.#instance, level, logger, contains, limit: ASKED_AT_ONCE });
      // Who asks before an earlier answer has come asks for the same records.
      if (question === this.#question && after === this.#next) {
        this.#show(answer, level !== ALL_LEVELS || logger !== '' || contains !== '');
      }
    } catch (failure) {
      setText(byId('tail-left-out'), failure.message);
    }
  }

  #show(answer, filtered) {
    const atEnd = this.#window.scrollHeight - this.#window.scrollTop - this.#window.clientHeight < 20;
    this.#list.append(...answer.records.map(item));
    while (this.#list.childElementCount > SHOWN) {
      this.#list.firstElementChild.remove();
    }
    if (atEnd) {
      this.#window.scrollTop = this.#window.scrollHeight;
    }
    this.#next = answer.next;
    this.#instance = answer.instance ?? '';
    this.#leftOut += answer.leftOut;
    // Of what is left out nobody knows whether the filters would have shown it.
    const which = filtered ? ' of all levels' : '';
    setText(byId('tail-left-out'), this.#leftOut === 0 ? '' : `${records(this.#leftOut)}${which} left out: they came too fast, or are too old`);
  }
}

function item(record) {
  const span = (name, text) => make('span', { class: name }, text);
  const line = make(
    'li',
    { 'data-level': record.level, 'data-sequence': record.sequence },
    span('time', clock(record.time, true)), ' ',
    span('level', record.level.padEnd(5)), ' ',
    span('logger', record.logger), ' ',
    span('message', record.message),
  );
  const more = details(record);
  if (more !== '') {
    line.append(make('details', {}, make('summary', {}, record.exception?.split('\n')[0] ?? 'more'), make('pre', {}, more)));
  }
  return line;
}

function details(record) {
  const pairs = (title, values) => Object.entries(values ?? {}).map(([key, value]) => `${title}${key}=${value}`);
  return [
    `thread ${record.thread}, sequence ${record.sequence}${record.truncated ? ', cut' : ''}`,
    ...(record.marker ? [`marker ${record.marker}`] : []),
    ...pairs('', record.keyValues),
    ...pairs('context ', record.context),
    ...(record.exception ? [record.exception] : []),
  ].join('\n');
}
