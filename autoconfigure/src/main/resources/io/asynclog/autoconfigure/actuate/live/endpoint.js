// Talks to the endpoint `asynclog`, and to nothing else.

const PATIENCE_MILLIS = 5_000;
/** A flush waits for the sinks, within a bound of its own. */
const PATIENCE_TO_ACT_MILLIS = 60_000;

/** What went wrong, in words for whoever looks at the page. */
export class EndpointError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export class Endpoint {
  #url;

  /** @param url where the endpoint is, as seen from the page */
  constructor(url) {
    this.#url = url;
  }

  report() {
    return this.#ask(this.#url, {}, PATIENCE_MILLIS);
  }

  /** @param query after, instance, level, logger, contains and limit; those that are empty count for nothing */
  tail(query) {
    const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
    return this.#ask(`${this.#url}/tail?${parameters}`, {}, PATIENCE_MILLIS);
  }

  flush() {
    return this.#act(this.#url, { action: 'flush' });
  }

  /** @param request the action and what belongs to it */
  act(sink, request) {
    return this.#act(`${this.#url}/${encodeURIComponent(sink)}`, request);
  }

  #act(url, request) {
    const headers = { 'Content-Type': 'application/json' };
    const token = csrfToken();
    if (token !== null) {
      headers['X-XSRF-TOKEN'] = token;
    }
    return this.#ask(url, { method: 'POST', headers, body: JSON.stringify(request) }, PATIENCE_TO_ACT_MILLIS);
  }

  async #ask(url, options, patience) {
    let response;
    try {
      response = await fetch(url, {
        ...options,
        // The last one keeps a browser from asking for a password in the midst of everything.
        headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest', ...options.headers },
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
    } catch (failure) {
      throw new EndpointError(inTime(failure) ? 'The application cannot be reached' : 'No answer in time', 0);
    }
    if (!response.ok) {
      throw new EndpointError(await reason(response, options.method === 'POST'), response.status);
    }
    try {
      return await response.json();
    } catch (failure) { // a page to log in at, for instance
      throw new EndpointError(inTime(failure) ? 'The answer is none of the endpoint' : 'No answer in time', response.status);
    }
  }
}

function inTime(failure) {
  return failure.name !== 'TimeoutError';
}

async function reason(response, acting) {
  if (acting && (response.status === 401 || response.status === 403)) {
    return `Refused (${response.status}): you may not do this, or the application expects a CSRF token that this page was not given`;
  }
  if (response.type === 'opaqueredirect' || response.status === 401) {
    return 'You are not signed in any more: load the page again';
  }
  if (response.status === 403) {
    return 'Refused (403): you may not see the figures';
  }
  if (response.status === 405) {
    return 'Refused (405): the endpoint only reads';
  }
  const body = await response.json().catch(() => ({}));
  return body.reason ?? body.message ?? `The application answered ${response.status}`;
}

/** The token of Spring Security where it keeps it in a cookie that scripts may read, else null. */
function csrfToken() {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith('XSRF-TOKEN='));
  return cookie === undefined ? null : decodeURIComponent(cookie.slice('XSRF-TOKEN='.length));
}
