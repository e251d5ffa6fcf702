// The stream of events, and what to do when it breaks.
//
// The browser's own way to connect again is not used: it gives up for good after an answer such as
// 503, and does not notice a connection that died in silence, as after a sleep. The server says the
// time every 15 seconds, so a longer silence means that nobody is there.
//
// The first events after a snapshot tell who is online, within milliseconds. They are awaited, or
// every dot would flash grey.

const SILENCE_MILLIS = 40_000;
const ANSWER_MILLIS = 10_000;
const SETTLE_MILLIS = 150;
const FIRST_RETRY_MILLIS = 300;
const LAST_RETRY_MILLIS = 15_000;
const WATCH_MILLIS = 1_000;

/** Connects to the events of some users, again and again. */
export class Connection {
  #told;
  #ids = [];
  #source = null;
  #settling = null;
  #retry = null;
  #attempts = 0;
  #heardMillis = 0;
  #patienceMillis = ANSWER_MILLIS;

  /**
   * `told` has methods: `state` ("connecting", "connected", "disconnected"), `snapshot`, `settled`,
   * `online`, `offline` and `time` (of an event's data).
   */
  constructor(told) {
    this.#told = told;
    setInterval(() => this.#watch(), WATCH_MILLIS);
  }

  /** Connects now, and for these ids from now on. */
  open(ids) {
    this.#ids = ids;
    this.#attempts = 0;
    if (this.#source === null) { // else it goes on in a moment, and there is nothing to tell
      this.#told.state("connecting");
    }
    this.#connect();
  }

  /** Hangs up until the next `open`. Each stream takes one of a browser's six connections. */
  close() {
    this.#ids = [];
    this.#drop();
    this.#told.state("disconnected");
  }

  /** Tries at once if it waits for the next attempt. */
  hurry() {
    if (this.#retry !== null) {
      this.#connect();
    }
  }

  #connect() {
    this.#drop();
    if (this.#ids.length === 0) {
      this.#told.state("disconnected");
      return;
    }
    const source = new EventSource(`/events?ids=${this.#ids.join(",")}`);
    this.#source = source;
    this.#heard(ANSWER_MILLIS);
    source.addEventListener("error", () => this.#lost());
    this.#listen("snapshot", (data) => this.#begin(data));
    this.#listen("resync", (data) => this.#begin(data));
    this.#listen("online", (data) => this.#told.online(data));
    this.#listen("offline", (data) => this.#told.offline(data));
    this.#listen("time", (data) => this.#told.time(data));
  }

  #listen(name, action) {
    const source = this.#source;
    source.addEventListener(name, (event) => {
      if (source === this.#source) {
        this.#heard(SILENCE_MILLIS);
        action(JSON.parse(event.data));
      }
    });
  }

  #begin(data) {
    this.#attempts = 0;
    this.#told.snapshot(data);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = null;
      this.#told.settled();
      this.#told.state("connected");
    }, SETTLE_MILLIS);
  }

  #heard(patienceMillis) {
    this.#heardMillis = Date.now();
    this.#patienceMillis = patienceMillis;
  }

  #watch() {
    if (this.#source !== null && Date.now() - this.#heardMillis > this.#patienceMillis) {
      this.#lost();
    }
  }

  #lost() {
    this.#drop();
    this.#attempts++;
    // The first attempt comes at once and may go unnoticed. Chance keeps pages from coming all
    // together when a server has started again.
    this.#told.state(this.#attempts === 1 ? "connecting" : "disconnected");
    const wait = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** (this.#attempts - 1));
    this.#retry = setTimeout(() => this.#connect(), wait * (0.75 + Math.random() / 2));
  }

  #drop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#settling);
    this.#retry = null;
    this.#settling = null;
    this.#source?.close();
    this.#source = null;
  }
}
