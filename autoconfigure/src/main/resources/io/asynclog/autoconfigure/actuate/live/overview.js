// The figures of the engine as a whole.

import { byId, make, setProperty, setText } from './dom.js';
import { brief, bytes, count, rate, records } from './format.js';
import { lost } from './history.js';

export class Overview {
  #list = byId('overview');
  #accepted = this.#tile('accepted', 'Accepted');
  #flushed = this.#tile('flushed', 'Flushed by the slowest sink');
  #lost = this.#tile('lost', 'Lost');
  #depth = this.#tile('depth', 'Buffer depth');
  #used = this.#tile('used', 'Buffer used');
  #meter = make('meter', { min: 0, 'aria-label': 'Share of the buffer that required sinks hold' });

  constructor() {
    this.#used.detail.before(make('dd', {}, this.#meter));
  }

  #tile(name, title) {
    const value = make('dd', { 'data-figure': name });
    const detail = make('dd', { class: 'detail' });
    const tile = make('div', {}, make('dt', {}, title), value, detail);
    this.#list.append(tile);
    return { tile, value, detail };
  }

  show(report, sample) {
    const { buffer } = report;
    show(this.#accepted, rate(sample.acceptedRate), `${count(report.records.accepted)} since the start`);
    const rates = Object.values(sample.sinks).map((sink) => sink.flushedRate).filter((value) => value !== null);
    show(this.#flushed, rate(rates.length === 0 ? null : Math.min(...rates)), `${records(buffer.depth)} on the way`);
    show(this.#lost, rate(sample.lostRate), `${count(lost(report))} since the start`);
    setProperty(this.#lost.tile.dataset, 'level', sample.lostOfRequiredRate > 0 ? 'bad' : 'ok');
    show(this.#depth, brief(buffer.depth), `${buffer.depth === 1 ? 'record' : 'records'}, in ${buffer.segments.used} of ${buffer.segments.max} segments`);
    show(this.#used, bytes(buffer.depthBytes), `of ${bytes(buffer.capacityBytes)}; ${bytes(buffer.heldBytes)} held by required sinks; at most so far ${bytes(buffer.highWaterBytes)}`);
    this.#meter.max = buffer.capacityBytes;
    this.#meter.high = 0.8 * buffer.capacityBytes;
    this.#meter.value = buffer.heldBytes;
  }
}

function show({ value, detail }, text, detailText) {
  setText(value, text);
  setText(detail, detailText);
}
