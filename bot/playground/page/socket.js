// The line to the workspace: numbered questions and answers, pushes, and a patient reconnect.

const ANSWER_MS = 20_000;
const WAITS_MS = [300, 700, 1500, 3000, 5000];

/** An answer that was no: `code` is the server's word, `body` all it said. */
class Refusal extends Error {
  constructor(code, body = {}) {
    super(body.message || code);
    this.code = code;
    this.body = body;
  }
}

/** One person's connection. `onopen`, `onpush(frame)` and `ondown(attempts)` are set by the owner. */
export class Line {
  #socket = null;
  #number = 0;
  #waiting = new Map();
  #attempts = 0;
  #timer = 0;
  #ended = false;

  constructor(user) {
    this.user = user;
    this.onopen = () => {};
    this.onpush = () => {};
    this.ondown = () => {};
    addEventListener("online", this.#hurry);
  }

  open() {
    const query = this.user ? `?user=${encodeURIComponent(this.user)}` : "";
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/page/ws${query}`);
    this.#socket = socket;
    socket.onopen = () => this.onopen();
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  /** Say that the line works, so that the next loss is retried at once. */
  settled() {
    this.#attempts = 0;
  }

  /** Hang up for good. */
  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#hurry);
    this.#socket?.close();
    this.#refuseAll("ended");
  }

  /** Ask; resolves to the answer, rejects with a Refusal. */
  call(op, args = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Refusal("offline"));
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id, { ok: false, error: "no_answer" }), ANSWER_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, do: op, ...args }));
    });
  }

  #receive(frame) {
    if ("re" in frame) this.#settle(frame.re, frame);
    else if (frame.push) this.onpush(frame);
  }

  #settle(id, frame) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (frame.ok) waiting.resolve(frame);
    else waiting.reject(new Refusal(frame.error ?? "unknown", frame));
  }

  #refuseAll(code) {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { ok: false, error: code });
  }

  #lost() {
    this.#refuseAll("offline");
    if (this.#ended) return;
    this.ondown(this.#attempts + 1);
    if (this.#ended) return;
    const wait = WAITS_MS[Math.min(this.#attempts, WAITS_MS.length - 1)];
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.open(), wait * (0.8 + Math.random() * 0.4));
  }

  #hurry = () => {
    if (this.#ended || this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#timer);
    this.open();
  };
}
