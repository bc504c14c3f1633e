// Figures as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const rough = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

export const count = (number) => whole.format(number);

export const records = (number) => `${count(number)} ${number === 1 ? 'record' : 'records'}`;

/** A number in few characters. */
export const brief = (number) => (number < 100 ? rough : number < 100_000 ? whole : short).format(number);

export const rate = (perSecond) => (perSecond === null ? '–' : `${brief(perSecond)}/s`);

export function bytes(number) {
  let value = number;
  let unit = 0;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${exact.format(value)} ${units[unit]}`;
}

export function duration(millis) {
  if (millis === 0 || (millis >= 1 && millis < 1000)) {
    return `${exact.format(millis)} ms`;
  }
  if (millis < 1) {
    return `${rough.format(millis * 1000)} µs`;
  }
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) {
    return `${exact.format(millis / 1000)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** The time of day, here where the page is looked at. */
export function clock(time, fraction = false) {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
  if (fraction) {
    options.fractionalSecondDigits = 3;
  }
  return new Date(time).toLocaleTimeString('en-GB', options);
}
