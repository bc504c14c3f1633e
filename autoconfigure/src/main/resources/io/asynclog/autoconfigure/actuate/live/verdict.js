// Judges a report: is logging healthy, which sink is not, since when, why, and what was lost.

import { bytes, clock, count, duration, records } from './format.js';

const LONG_LAG_MILLIS = 5_000;
const FULL_SHARE = 0.8;
const RECENT_MILLIS = 60_000;
const RANK = { bad: 0, warn: 1, ok: 2 };

/** How a sink does: `ok`, `warn` or `bad`. A sink that nobody waits for is never worse than `warn`. */
export function levelOf(sink) {
  const worst = sink.delivery === 'required' ? 'bad' : 'warn';
  switch (sink.state) {
    case 'stuck':
    case 'retrying':
      return worst;
    case 'running':
      return sink.lagMillis > LONG_LAG_MILLIS ? 'warn' : 'ok';
    default:
      return 'warn';
  }
}

/**
 * @param now milliseconds since the epoch
 * @param history what the page has seen, this report included
 * @return its level, a headline, and points of the form {level, text, sink}, the worst first
 */
export function judge(report, now, history) {
  const points = [...engine(report), ...losses(report, now, history)];
  for (const [name, sink] of Object.entries(report.sinks)) {
    if (levelOf(sink) !== 'ok') {
      points.push({ level: levelOf(sink), text: trouble(sink, now), sink: name });
    }
  }
  points.sort((one, other) => RANK[one.level] - RANK[other.level]);
  const level = points.length === 0 ? 'ok' : points[0].level;
  return { level, headline: headline(level, points), points };
}

function headline(level, points) {
  if (level === 'ok') {
    return points.length === 0 ? 'Healthy: every record reaches every sink' : 'Healthy now';
  }
  const names = points.filter((point) => point.sink !== undefined && point.level === level).map((point) => point.sink);
  const what = level === 'bad' ? 'Logging is in trouble' : 'Logging needs a look';
  return names.length === 0 ? what : `${what}: ${names.join(', ')}`;
}

function trouble(sink, now) {
  const begin = beginOf(sink, now);
  const since = begin === null ? '' : ` since ${clock(begin)} (${duration(now - begin)})`;
  const waiting = sink.depth > 0 ? `; ${records(sink.depth)} ${sink.depth === 1 ? 'waits' : 'wait'}` : '';
  switch (sink.state) {
    case 'stuck':
      return `has been stuck${since}${waiting}; its thread stands at ${firstFrame(sink.stuckAt)}`;
    case 'retrying':
      return `has been failing${since}${waiting}: ${sink.lastFailure?.message ?? 'for an unknown reason'}`;
    case 'running':
      return `has been lagging${since}${waiting}`;
    case 'paused':
      return `has been paused${since}${waiting}`;
    default:
      return `is ${sink.state}${waiting}`;
  }
}

/** Since when a sink is in its state, or has not passed what was logged; null when neither is known. */
function beginOf(sink, now) {
  if (sink.state !== 'running' && sink.since !== undefined) {
    return Math.min(Date.parse(sink.since), now);
  }
  return sink.lagMillis > 0 ? now - sink.lagMillis : null;
}

function firstFrame(stuckAt) {
  return (stuckAt ?? 'an unknown place').split(' < ')[0];
}

function engine(report) {
  const points = [];
  if (report.state !== 'running') {
    points.push({ level: 'warn', text: `The engine is ${report.state}` });
  }
  // What only best-effort sinks have still to pass is given up when the room is needed.
  const { heldBytes, capacityBytes, fullMillis } = report.buffer;
  const share = `${bytes(heldBytes)} of ${bytes(capacityBytes)}`;
  if (fullMillis > 0) {
    points.push({ level: 'bad', text: `The buffer has been full for ${duration(fullMillis)}: ${share}` });
  } else if (heldBytes > FULL_SHARE * capacityBytes) {
    points.push({ level: 'warn', text: `The buffer is nearly full: ${share}` });
  }
  if (report.recovery?.directoryLost) {
    points.push({ level: 'bad', text: 'The directory of the buffer was deleted' });
  }
  if (report.recovery?.damaged > 0) {
    points.push({ level: 'ok', text: `Left by an earlier process and damaged: ${records(report.recovery.damaged)}` });
  }
  return points;
}

function losses(report, now, history) {
  const parts = [];
  const add = (number, what) => {
    if (number > 0) {
      parts.push(`${count(number)} ${what}`);
    }
  };
  add(report.records.dropped.overflow, 'because the buffer was full');
  for (const [name, sink] of Object.entries(report.sinks)) {
    add(sink.failed, `refused by ${name}`);
    add(sink.dropped.lagged, `missed by ${name}, which lagged`);
    add(sink.dropped.skipped, `skipped for ${name} by request`);
    add(sink.dropped.shutdown, `left for ${name} at the shutdown`);
  }
  if (parts.length === 0) {
    return [];
  }
  const isRecent = (loss) => loss !== null && now - loss < RECENT_MILLIS;
  const last = history.lastLoss();
  const level = isRecent(history.lastLossOfRequired()) ? 'bad' : isRecent(last) ? 'warn' : 'ok';
  return [{ level, text: `Lost since the start: ${parts.join(', ')}${isRecent(last) ? `; last at ${clock(last)}` : ''}` }];
}
