// The replies of `documents` and `triad`, computed without the lab's code, for a test of parity.
// Each line of standard input is `workload iterations message-in-hex`; each line of output is the
// reply in hex.
import { createInterface } from 'node:readline';

const GAMMA = 0x9e3779b97f4a7c15n;
const u64 = (z) => BigInt.asUintN(64, z);

function mix(z) {
  z = u64((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = u64((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const word = (data, at) => {
  const eight = Buffer.alloc(8);
  data.copy(eight, 0, at, Math.min(at + 8, data.length));
  return eight.readBigUInt64LE();
};

function fingerprint(data) {
  let h = u64(GAMMA * BigInt(data.length + 1));
  for (let at = 0; at < data.length; at += 8) h = mix(h ^ word(data, at));
  return h;
}

function masked(message, seed) {
  const reply = Buffer.alloc(message.length);
  for (let at = 0; at < message.length; at += 8) {
    seed = u64(seed + GAMMA);
    const eight = Buffer.alloc(8);
    eight.writeBigUInt64LE(word(message, at) ^ mix(seed));
    eight.copy(reply, at);
  }
  return reply;
}

const NAMES = ['Ada Lovelace', 'Jürgen Moser', 'Zoë "Zed" Ålund', 'Grace Hopper'];
const CITIES = ['London', 'Zürich', 'Århus', 'Arlington'];
const TEXTS = [
  'bolt M8, zinc-plated',
  'washer\t8.4 mm, pack of 100',
  '3/8" drive socket \\ wrench',
  'Gewindestange M8 × 1 m\n(verzinkt)',
];
const TAGS = ['small', 'metal', 'sale', 'heavy', 'new'];

function draft(seed) {
  const below = (bound) => {
    seed = u64(seed + GAMMA);
    return Number((mix(seed) >> 33n) % BigInt(bound));
  };
  const oneOf = (choices) => choices[below(choices.length)];
  const order = { id: `O-${below(1000000)}`, revision: 0 };
  order.customer = { name: oneOf(NAMES), city: oneOf(CITIES), express: below(2) === 1, note: null };
  order.lines = Array.from({ length: 6 }, () => ({
    sku: `S${below(1000000)}`,
    text: oneOf(TEXTS),
    quantity: 1 + below(9),
    cents: 100 + below(9900),
    tags: [oneOf(TAGS), oneOf(TAGS)],
  }));
  return { ...order, total: 0, earlier: 0 };
}

function revised(order, earlier) {
  const revision = order.revision + 1;
  for (const line of order.lines) {
    const { quantity, cents, text } = line;
    line.text = text.slice(1) + text[0];
    line.quantity = 1 + ((7 * quantity + cents + revision) % 9);
    line.cents = 100 + ((31 * cents + quantity + revision) % 9900);
    line.tags.reverse();
  }
  order.lines.sort((x, y) => x.cents - y.cents || (x.sku < y.sku ? -1 : x.sku > y.sku ? 1 : 0));
  order.revision = revision;
  order.total = order.lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
  order.earlier = earlier;
  return order;
}

function documents(message, iterations) {
  let order = draft(fingerprint(message));
  const totals = [];
  for (let i = 0; i < iterations; i++) {
    order = revised(JSON.parse(JSON.stringify(order)), i >= 32 ? totals[i - 32] : 0);
    totals.push(order.total);
  }
  return masked(message, fingerprint(Buffer.from(JSON.stringify(order))));
}

function triad(message, iterations) {
  let state = fingerprint(message);
  for (let n = 0; n < iterations; n++) {
    const factor = 1 + Number((state >> 1n) % 4096n);
    let sum = 0;
    for (let i = 0; i < 4096; i += 8) sum += ((i * 7) % 1009) + factor * ((i * 13) % 997);
    state = mix(state ^ BigInt(sum));
  }
  return masked(message, state);
}

for await (const request of createInterface({ input: process.stdin })) {
  const [workload, iterations, message = ''] = request.split(' ');
  const reply = { documents, triad }[workload](Buffer.from(message, 'hex'), Number(iterations));
  console.log(reply.toString('hex'));
}
