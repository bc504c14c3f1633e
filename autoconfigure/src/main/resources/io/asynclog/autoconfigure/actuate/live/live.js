// Asks the endpoint once a second and has every part of the page show the answer.

import { Actions } from './actions.js';
import { Charts } from './charts.js';
import { byId, make, setProperty, setText } from './dom.js';
import { Endpoint, EndpointError } from './endpoint.js';
import { clock, duration } from './format.js';
import { History } from './history.js';
import { Overview } from './overview.js';
import { Sinks, cardId } from './sinks.js';
import { Tail } from './tail.js';
import { judge } from './verdict.js';

const INTERVAL_MILLIS = 1000;
const MARKS = { ok: '✓', warn: '▲', bad: '✕', lost: '✕' };

const settings = document.body.dataset;
const endpoint = new Endpoint(settings.endpoint);
const history = new History();
const overview = new Overview();
const charts = new Charts();
// Inside another page's frame a click may not be what it seems.
const mayAct = settings.actions === 'true' && window.top === window.self;
const sinks = new Sinks(mayAct ? new Actions(endpoint, () => poll()) : null);
const tail = settings.tail === 'true' ? new Tail(endpoint) : null;

let lastAnswer = null;
let asked = 0;
let polling = false;

byId('readonly').hidden = settings.actions === 'true';
byId('tail-off').hidden = tail !== null;

async function poll() {
  if (polling) {
    return;
  }
  polling = true;
  try {
    const report = await endpoint.report();
    const now = Date.now();
    show(report, now);
    lastAnswer = now;
    if (tail !== null && asked++ % 2 === 0 && !document.hidden) {
      tail.update(); // nobody reads as fast as every second
    }
  } catch (failure) {
    showLost(failure);
  } finally {
    polling = false;
  }
}

function show(report, now) {
  const sample = history.add(report, now);
  const verdict = judge(report, now, history);
  showVerdict(verdict.level, verdict.headline, verdict.points);
  setProperty(document.body.dataset, 'stale', 'false');
  setText(byId('updated'), `As of ${clock(now)}`);
  overview.show(report, sample);
  sinks.show(report, sample);
  charts.show(report, history);
}

function showLost(failure) {
  const age = lastAnswer === null ? '' : ` What is shown below is ${duration(Date.now() - lastAnswer)} old.`;
  const what = failure instanceof EndpointError ? failure.message : 'The answer cannot be shown';
  showVerdict('lost', 'No figures', [{ text: `${what}.${age}` }]);
  setProperty(document.body.dataset, 'stale', 'true');
  if (!(failure instanceof EndpointError)) {
    throw failure; // a mistake of this page, or an answer that is JSON and no report
  }
}

function showVerdict(level, headline, points) {
  setProperty(byId('verdict').dataset, 'level', level);
  setText(byId('verdict').querySelector('.mark'), MARKS[level]);
  setText(byId('headline'), headline);
  const items = points.map((point) => [point.sink, point.text]);
  const list = byId('points');
  while (list.childElementCount > items.length) {
    list.lastElementChild.remove();
  }
  items.forEach(([sink, text], index) => {
    const item = list.children[index] ?? list.appendChild(make('li'));
    if (item.textContent !== (sink === undefined ? text : `${sink} ${text}`)) {
      item.replaceChildren(...(sink === undefined ? [text] : [make('a', { href: `#${cardId(sink)}` }, sink), ` ${text}`]));
    }
  });
  document.title = `${MARKS[level]} ${headline} – ${settings.application}`;
}

if (settings.endpoint === '') {
  showVerdict('lost', 'No figures', [{ text: "The endpoint 'asynclog' is not exposed: add it to management.endpoints.web.exposure.include." }]);
} else {
  poll();
  setInterval(poll, INTERVAL_MILLIS);
}
