// The Node that forks with child_process.fork and measures its children: what ForkDriver is for
// this library. One request a line on standard input, one reply a line on standard output.
'use strict';
const { fork } = require('node:child_process');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const readline = require('node:readline');

const WINDOW = 64;
const BURST = 2000; // one-way messages between two answers of the child
const SETTLED_MILLIS = 300;
const STDIO = ['ignore', 'inherit', 'inherit', 'ipc'];
const PEER = '--peer';

if (!isMainThread || process.argv[2] === PEER) {
  peer();
} else {
  drive();
}

// The child, or the thread: ForkPeer's twin.
function peer() {
  const port = isMainThread ? process : parentPort;
  const send = isMainThread ? (m) => process.send(m) : (m) => parentPort.postMessage(m);
  let total = 0;
  let left = 0;
  let lengthOnly = false;
  port.on('message', (message) => {
    if (left > 0) {
      if (--left === 0) send(total);
    } else if (lengthOnly && Array.isArray(message)) {
      lengthOnly = false;
      send(message.length);
    } else if (typeof message === 'object' && message.count) {
      left = total = message.count;
    } else if (typeof message === 'object' && message.length === true) {
      lengthOnly = true;
    } else {
      send(message);
    }
  });
  send('hello');
}

const now = () => process.hrtime.bigint();

class Link {
  constructor(mode) {
    const begin = now();
    if (mode === 'threads') {
      this.child = new Worker(__filename);
      this.send = (message, written) => {
        this.child.postMessage(message);
        if (written) setImmediate(written);
      };
      this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    } else {
      // An inherited stdin would be set to blocking, for this process too, which reads it.
      this.child = fork(__filename, [PEER], { serialization: mode, stdio: STDIO });
      this.send = (message, written) => this.child.send(message, written);
      // Not 'close': it does not come after a disconnect by the parent.
      this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    }
    this.mode = mode;
    this.hello = new Promise((resolve, reject) => {
      this.receive = () => resolve(Number(now() - begin));
      this.child.once('error', reject);
    });
    this.child.on('message', (message) => this.receive(message));
  }

  echo(message, window, millis) {
    return new Promise((resolve, reject) => {
      const begin = now();
      const deadline = begin + BigInt(millis) * 1000000n;
      let inFlight = window;
      let count = 0;
      this.receive = (reply) => {
        count++;
        const at = now();
        if (at < deadline) {
          this.send(message);
        } else if (--inFlight === 0) {
          if (same(message, reply)) resolve({ count, nanos: Number(at - begin) });
          else reject(new Error('expected the message back, found another'));
        }
      };
      for (let i = 0; i < window; i++) this.send(message);
    });
  }

  burst(message) {
    return new Promise((resolve) => {
      this.receive = () => resolve(now());
      this.send({ count: BURST });
      let sent = 0;
      let waiting = 0;
      const pump = () => {
        while (waiting < WINDOW && sent < BURST) {
          sent++;
          waiting++;
          this.send(message, written);
        }
      };
      const written = () => {
        waiting--;
        pump();
      };
      pump();
    });
  }

  async oneWay(message, millis) {
    const begin = now();
    let count = 0;
    let at;
    do {
      at = await this.burst(message);
      count += BURST;
    } while (at - begin < BigInt(millis) * 1000000n);
    return { count, nanos: Number(at - begin) };
  }

  large(document) {
    return new Promise((resolve, reject) => {
      this.send({ length: true });
      const begin = now();
      this.receive = (length) => {
        const nanos = Number(now() - begin);
        if (length === document.length) resolve({ count: 1, nanos });
        else reject(new Error(`expected ${document.length} items, found ${length}`));
      };
      this.send(document);
    });
  }

  close() {
    if (this.mode === 'threads') this.child.terminate();
    else this.child.disconnect();
    return this.ended;
  }
}

function same(message, reply) {
  return typeof message === 'string' ? message === reply : Buffer.from(message).equals(reply);
}

function text(bytes) {
  return 'x'.repeat(bytes);
}

// A list of records of 1000 bytes each; ForkDriver makes the same.
function makeDocument(bytes) {
  const text = 'some words of the text that this item has; '.repeat(21);
  const items = [];
  for (let i = 0; i < Math.trunc(bytes / 1000); i++) {
    const id = 1000000 + i;
    items.push({
      id,
      name: `the item of the number ${id}`,
      text,
      tags: ['red', 'green', 'blue'],
      ok: i % 2 === 0,
    });
  }
  return items;
}

function remembered(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

function drive() {
  const links = new Map();
  const messages = new Map();
  const documents = new Map();
  let idle = [];

  const releaseAll = async () => {
    for (const link of [...links.values(), ...idle]) await link.close();
    links.clear();
    idle = [];
  };

  const acts = {
    OPEN: async ({ mode }) => {
      const link = new Link(mode);
      await link.hello;
      links.set(mode, link);
    },
    RELEASE: releaseAll,
    START: async ({ mode }) => {
      const link = new Link(mode);
      const nanos = await link.hello;
      await link.close();
      return { count: 1, nanos };
    },
    ROUND_TRIP: (r) => links.get(r.mode).echo(message(r), 1, r.millis),
    ECHO: (r) => links.get(r.mode).echo(message(r), WINDOW, r.millis),
    ONE_WAY: (r) => links.get(r.mode).oneWay(message(r), r.millis),
    LARGE: (r) =>
      links.get(r.mode).large(remembered(documents, r.bytes, () => makeDocument(r.bytes))),
    IDLE: async ({ mode, count }) => {
      for (let i = 0; i < count; i++) {
        const link = new Link(mode);
        await link.hello;
        idle.push(link);
      }
      await new Promise((resolve) => setTimeout(resolve, SETTLED_MILLIS));
      return { count: idle.length, pids: idle.map((link) => link.child.pid) };
    },
  };

  // Text in json, bytes otherwise: what each is made for.
  const message = ({ mode, bytes }) =>
    remembered(messages, mode + bytes, () =>
      mode === 'json' ? text(bytes) : new Uint8Array(Buffer.from(text(bytes))));

  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    const request = JSON.parse(line);
    let reply;
    try {
      reply = (await acts[request.act](request)) ?? {};
    } catch (e) {
      reply = { error: String(e) };
    }
    process.stdout.write(JSON.stringify({ count: 0, nanos: 0, ...reply }) + '\n');
  });
  lines.on('close', () => releaseAll().then(() => process.exit(0)));
}
