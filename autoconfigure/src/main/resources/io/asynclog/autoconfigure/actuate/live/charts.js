// Time charts of the history, by uPlot. Without it the page does without charts.

import { byId, make, setText } from './dom.js';
import { brief, bytes, duration } from './format.js';

const HEIGHT = 170;
const COLORS = 6;
/** The eye needs more than a colour to tell lines apart. */
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [3, 6]];

/** Steps of an axis that counts bytes. */
const POWERS_OF_TWO = Array.from({ length: 45 }, (_, power) => 2 ** power);

const bySink = (figure) => (sample, name) => sample.sinks[name]?.[figure] ?? null;

const CHARTS = [
  {
    title: 'Records per second',
    format: brief,
    lines: (sinks) => [
      ['accepted', (sample) => sample.acceptedRate],
      ...sinks.map((name) => [`flushed by ${name}`, (sample) => bySink('flushedRate')(sample, name)]),
      ['lost', (sample) => sample.lostRate],
    ],
  },
  { title: 'Depth by sink, in records', format: brief, lines: (sinks) => sinks.map((name) => [name, (sample) => bySink('depth')(sample, name)]) },
  { title: 'Lag by sink', format: duration, lines: (sinks) => sinks.map((name) => [name, (sample) => bySink('lagMillis')(sample, name)]) },
  {
    title: 'Buffer',
    format: bytes,
    steps: POWERS_OF_TWO,
    lines: () => [
      ['used', (sample) => sample.depthBytes],
      ['held by required sinks', (sample) => sample.heldBytes],
      ['capacity', (sample) => sample.capacityBytes],
    ],
  },
];

export class Charts {
  #sinks = [];
  #charts = [];
  #history = null;

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#rebuild());
    new ResizeObserver(() => this.#charts.forEach((chart) => chart.fit())).observe(byId('charts'));
  }

  show(report, history) {
    this.#history = history;
    const sinks = Object.keys(report.sinks);
    if (this.#charts.length === 0 || sinks.join() !== this.#sinks.join()) {
      this.#sinks = sinks;
      this.#rebuild();
    }
    this.#charts.forEach((chart) => chart.show(history.samples));
  }

  #rebuild() {
    if (this.#history === null) {
      return;
    }
    if (window.uPlot === undefined) {
      setText(byId('charts'), 'No charts: the library org.webjars.npm:uplot is not on the class path.');
      return;
    }
    byId('charts').replaceChildren();
    this.#charts = CHARTS.map((chart) => new Chart(chart, chart.lines(this.#sinks)));
    this.#charts.forEach((chart) => chart.show(this.#history.samples));
  }
}

class Chart {
  #lines;
  #format;
  #title;
  #steps;
  #frame;
  #canvas;
  #plot;

  constructor({ title, format, steps }, lines) {
    this.#title = title;
    this.#format = format;
    this.#steps = steps;
    this.#lines = lines;
    const canvas = make('div', { role: 'img' });
    this.#frame = make('div', { class: 'chart' }, make('h3', {}, title), canvas, legend(lines));
    byId('charts').append(this.#frame);
    this.#canvas = canvas;
    this.#plot = new window.uPlot(this.#options(), [[], ...lines.map(() => [])], canvas);
  }

  #options() {
    const style = getComputedStyle(document.documentElement);
    const axis = { stroke: style.getPropertyValue('--faint'), grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { show: false } };
    return {
      width: this.#width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (plot, min, max) => [0, Math.max(max ?? 0, 1) * 1.05] } },
      axes: [
        { ...axis, size: 26, values: [[60, '{HH}:{mm}', null, null, null, null, null, null, 1], [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1]] },
        { ...axis, size: 64, ...(this.#steps && { incrs: this.#steps }), values: (plot, ticks) => ticks.map(this.#format) },
      ],
      series: [
        {},
        ...this.#lines.map(([label], index) => ({
          label,
          stroke: style.getPropertyValue(`--series-${(index % COLORS) + 1}`),
          dash: DASHES[index % DASHES.length],
          width: 2,
          points: { show: false },
        })),
      ],
    };
  }

  show(samples) {
    this.#plot.setData([samples.map((sample) => sample.time), ...this.#lines.map(([, value]) => samples.map(value))]);
    const latest = samples[samples.length - 1];
    const figures = this.#lines.map(([label, value]) => `${label} ${value(latest) === null ? 'unknown' : this.#format(value(latest))}`);
    this.#canvas.setAttribute('aria-label', `${this.#title}, now: ${figures.join(', ')}`);
  }

  fit() {
    const width = this.#width();
    if (width !== this.#plot.width) {
      this.#plot.setSize({ width, height: HEIGHT });
    }
  }

  #width() {
    const style = getComputedStyle(this.#frame);
    return Math.max(200, Math.floor(this.#frame.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)));
  }
}

function legend(lines) {
  return make('ul', { class: 'legend' }, ...lines.map(([label], index) => make('li', {}, swatch(index), ` ${label}`)));
}

function swatch(index) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  const attributes = { x1: 0, x2: 22, y1: 5, y2: 5, class: `series-${(index % COLORS) + 1}`, 'stroke-dasharray': DASHES[index % DASHES.length].join(' ') };
  Object.entries(attributes).forEach(([name, value]) => line.setAttribute(name, value));
  svg.setAttribute('aria-hidden', 'true');
  svg.append(line);
  return svg;
}
