// What the last 15 minutes were like: one sample for each report, with rates that are made of two reports in a row.

const KEPT_SECONDS = 15 * 60;

export class History {
  /** Oldest first. */
  samples = [];
  #last = null;

  /**
   * Adds a report.
   *
   * @param now milliseconds since the epoch
   * @return its sample
   */
  add(report, now) {
    const last = this.#last;
    const goesOn = last !== null && report.records.accepted >= last.report.records.accepted;
    const seconds = goesOn ? Math.max((now - last.now) / 1000, 0.001) : 1;
    const rateOf = (figure) => (goesOn ? Math.max(0, figure(report) - figure(last.report)) / seconds : null);
    const sinks = {};
    for (const [name, sink] of Object.entries(report.sinks)) {
      const known = goesOn && name in last.report.sinks;
      sinks[name] = {
        depth: sink.depth,
        lagMillis: sink.lagMillis,
        flushedRate: known ? rateOf((of) => of.sinks[name].flushed) : null,
      };
    }
    const sample = {
      time: now / 1000,
      acceptedRate: rateOf((of) => of.records.accepted),
      lostRate: rateOf(lost),
      lostOfRequiredRate: rateOf(lostOfRequired),
      depthBytes: report.buffer.depthBytes,
      heldBytes: report.buffer.heldBytes,
      capacityBytes: report.buffer.capacityBytes,
      sinks,
    };
    this.#last = { report, now };
    this.samples.push(sample);
    while (this.samples[0].time < sample.time - KEPT_SECONDS) {
      this.samples.shift();
    }
    return sample;
  }

  /** When a record was lost last, as far as this page has seen it; null when it has not. In milliseconds since the epoch. */
  lastLoss() {
    return this.#lastOf((sample) => sample.lostRate > 0);
  }

  /** When the buffer or a required sink lost one last. */
  lastLossOfRequired() {
    return this.#lastOf((sample) => sample.lostOfRequiredRate > 0);
  }

  #lastOf(isLosing) {
    const losing = this.samples.findLast(isLosing);
    return losing === undefined ? null : losing.time * 1000;
  }
}

/** How many records a sink was not given, for whatever reason. */
export const notGiven = (sink) => Object.values(sink.dropped).reduce((sum, number) => sum + number, 0);

/** Everything that some sink or the buffer has lost since the start. */
export function lost(report) {
  return lostBy(report, Object.values(report.sinks));
}

function lostOfRequired(report) {
  return lostBy(report, Object.values(report.sinks).filter((sink) => sink.delivery === 'required'));
}

function lostBy(report, sinks) {
  return sinks.reduce((sum, sink) => sum + sink.failed + notGiven(sink), report.records.dropped.overflow);
}
