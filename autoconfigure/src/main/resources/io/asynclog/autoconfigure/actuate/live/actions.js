// The buttons. What was done, or why it was refused, is said in one line.

import { byId, make, setProperty } from './dom.js';
import { count, records } from './format.js';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

export class Actions {
  #endpoint;
  #afterwards;

  /** @param afterwards called when something was done, to look at once at what became of it */
  constructor(endpoint, afterwards) {
    this.#endpoint = endpoint;
    this.#afterwards = afterwards;
    const flush = byId('flush');
    flush.hidden = false;
    flush.addEventListener('click', () => this.#flush(flush));
  }

  /** Returns the buttons of a sink, as an element and what to call with each report. */
  of(name) {
    let depth = 0;
    let paused = false;
    const pause = this.#button('Pause', () => this.#act(name, { action: paused ? 'resume' : 'pause' }, paused ? 'resumed' : 'paused'));
    const retry = this.#button('Retry now', () => this.#act(name, { action: 'retry' }, 'is tried again'));
    const skip = this.#button('Skip…', () => this.#skip(name, depth));
    skip.className = 'danger';
    const level = make('select', {}, ...LEVELS.map((word) => make('option', {}, word)));
    level.addEventListener('change', () =>
      this.#act(name, { action: 'level', level: level.value }, `takes records from ${level.value} on`));
    const element = make('div', { class: 'bar', role: 'group', 'aria-label': `Actions for ${name}` }, pause, retry, skip, make('label', {}, 'Level ', level));
    return {
      element,
      show: (sink) => {
        depth = sink.depth;
        paused = sink.state === 'paused';
        pause.textContent = paused ? 'Resume' : 'Pause';
        setProperty(retry, 'disabled', sink.state !== 'retrying');
        setProperty(skip, 'disabled', depth === 0);
        if (document.activeElement !== level && sink.level !== undefined) {
          setProperty(level, 'value', sink.level.toUpperCase());
        }
      },
    };
  }

  #button(text, action) {
    const button = make('button', { type: 'button' }, text);
    button.addEventListener('click', action);
    return button;
  }

  async #flush(button) {
    button.disabled = true;
    say('Flushing…');
    await this.#try('Flush', async () => {
      const answer = await this.#endpoint.flush();
      const open = Object.entries(answer.sinks).filter(([, sink]) => sink.outcome !== 'flushed');
      return open.length === 0
        ? 'Everything is flushed'
        : `Not flushed in time: ${open.map(([name, sink]) => `${name} (${sink.outcome}, ${records(sink.depth)})`).join(', ')}`;
    });
    button.disabled = false;
  }

  #act(name, request, done) {
    return this.#try(`${name}: ${request.action}`, async () => {
      const answer = await this.#endpoint.act(name, request);
      // What there is none of is left out, or null where the application's own mapper writes the answer.
      return answer.dropped == null ? `${name} ${done}` : `${name}: ${records(answer.dropped)} dropped`;
    });
  }

  async #skip(name, depth) {
    const question = `Drop ${depth === 1 ? 'the one record' : `exactly ${records(depth)}`} that ${name} has not flushed? They are lost for this sink.`;
    if (await confirmed(question, `Drop ${count(depth)}`)) {
      await this.#act(name, { action: 'skip', records: depth }, 'skipped');
    }
  }

  async #try(what, action) {
    try {
      say(await action());
    } catch (failure) {
      say(`${what} failed. ${failure.message}`);
    }
    this.#afterwards();
  }
}

function say(text) {
  byId('outcome').textContent = text;
}

/** Asks in a dialog, and takes anything but a yes for a no. */
function confirmed(question, yes) {
  const dialog = byId('confirm');
  byId('confirm-text').textContent = question;
  byId('confirm-yes').textContent = yes;
  byId('confirm-yes').onclick = () => dialog.close('yes');
  byId('confirm-no').onclick = () => dialog.close('no');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
