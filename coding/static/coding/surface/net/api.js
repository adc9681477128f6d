/** Requests to the API: same origin, CSRF token from the cookie, problem documents as plain objects. */

const TIMEOUT_MS = 20_000;

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export class Api {
  /** @param person whose page this is: the session may become somebody else's while it is open */
  constructor(root, person) {
    this.root = root.replace(/\/$/, "");
    this.person = person;
  }

  /**
   * @returns {status, body, retryAfter}; status 0 when no answer came. Never throws: to the queue
   * a lost network is an answer like any other.
   */
  async send({ method, path, body, headers = {} }) {
    const options = {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: { Accept: "application/json", "X-Person": this.person, ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    if (method !== "GET") options.headers["X-CSRFToken"] = cookie("csrftoken");
    if (body !== undefined) {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    try {
      const response = await fetch(`${this.root}/${path}`, options);
      const text = await response.text();
      return {
        status: response.status,
        body: parsed(text),
        retryAfter: Number(response.headers.get("Retry-After")) || 0,
      };
    } catch {
      return { status: 0, body: null, retryAfter: 0 };
    }
  }

  get(path) {
    return this.send({ method: "GET", path });
  }
}

/** Somebody else has signed in since the page was opened: nothing of it may be sent as theirs. */
export function isAnothers({ status, body }) {
  return status === 401 && body?.code === "another_person";
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    // A proxy's HTML page instead of a problem document: the status says enough.
    return null;
  }
}
