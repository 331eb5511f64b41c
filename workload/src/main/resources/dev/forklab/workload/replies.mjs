// The built-in workloads, written for Node with its own libraries: the same bytes as the lab's.
//
// As a module: replyFunction(workload, iterations) is the function from message to reply.
// As a program, for tests of parity: each line of standard input is
// `workload iterations message-in-hex`; each line of output is the reply in hex.
import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// --- seal ------------------------------------------------------------------------------------

const PASSWORD = 'correct horse battery staple';
const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

function seal(message, iterations) {
  const derived = pbkdf2Sync(PASSWORD, SALT, iterations, 48, 'sha256');
  // A counter mode holds nothing back: there is nothing to finish.
  return createCipheriv('aes-256-ctr', derived.subarray(0, 32), derived.subarray(32)).update(message);
}

// --- fingerprints: 64 bits as two halves, since a BigInt a word would be most of the work --------

const GAMMA = [0x9e3779b9, 0x7f4a7c15];

// `high` and `low` are the two halves of what the last call of these functions gave.
let high = 0;
let low = 0;

function set(h, l) {
  high = h >>> 0;
  low = l >>> 0;
}

function add(h, l, [otherHigh, otherLow]) {
  const sum = (l >>> 0) + otherLow;
  set(h + otherHigh + (sum > 0xffffffff ? 1 : 0), sum);
}

// The product modulo 2^64; of the low halves' product all 64 bits, of the crossed ones the low 32.
function multiply(h, l, otherHigh, otherLow) {
  const a = l >>> 16;
  const b = l & 0xffff;
  const c = otherLow >>> 16;
  const d = otherLow & 0xffff;
  const bd = b * d;
  const middle = a * d + (bd >>> 16);
  const rest = b * c + (middle & 0xffff);
  const top = a * c + Math.floor(middle / 0x10000) + Math.floor(rest / 0x10000);
  set(
    top + Math.imul(h, otherLow) + Math.imul(l, otherHigh),
    ((rest & 0xffff) << 16) | (bd & 0xffff),
  );
}

function mix(h, l) {
  multiply(h ^ (h >>> 30), l ^ ((l >>> 30) | (h << 2)), 0xbf58476d, 0x1ce4e5b9);
  multiply(high ^ (high >>> 27), low ^ ((low >>> 27) | (high << 5)), 0x94d049bb, 0x133111eb);
  set(high ^ (high >>> 31), low ^ ((low >>> 31) | (high << 1)));
}

const view = (data) => new DataView(data.buffer, data.byteOffset, data.byteLength);

// The bytes, padded with zeros to whole words.
function padded(data) {
  if (data.length % 8 === 0) return view(data);
  const whole = new Uint8Array(data.length + 8 - (data.length % 8));
  whole.set(data);
  return view(whole);
}

function fingerprint(data) {
  const product = BigInt.asUintN(64, 0x9e3779b97f4a7c15n * BigInt(data.length + 1));
  set(Number(product >> 32n), Number(product & 0xffffffffn));
  const words = padded(data);
  for (let at = 0; at < words.byteLength; at += 8) {
    mix(high ^ words.getUint32(at + 4, true), low ^ words.getUint32(at, true));
  }
  return [high, low];
}

function masked(message, [seedHigh, seedLow]) {
  const words = padded(message);
  const reply = new Uint8Array(words.byteLength);
  const out = view(reply);
  let stateHigh = seedHigh;
  let stateLow = seedLow;
  for (let at = 0; at < words.byteLength; at += 8) {
    add(stateHigh, stateLow, GAMMA);
    stateHigh = high;
    stateLow = low;
    mix(stateHigh, stateLow);
    out.setUint32(at, words.getUint32(at, true) ^ low, true);
    out.setUint32(at + 4, words.getUint32(at + 4, true) ^ high, true);
  }
  return reply.length === message.length ? reply : reply.slice(0, message.length);
}

// --- documents -------------------------------------------------------------------------------

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
  let state = seed;
  const below = (bound) => {
    add(state[0], state[1], GAMMA);
    state = [high, low];
    mix(high, low);
    // (mix >>> 33) % bound, the upper 31 bits
    return (high >>> 1) % bound;
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

const REVISIONS_KEPT = 32;

function documents(message, iterations) {
  let order = draft(fingerprint(message));
  const kept = [];
  for (let i = 0; i < iterations; i++) {
    const earlier = kept[i % REVISIONS_KEPT];
    order = revised(JSON.parse(JSON.stringify(order)), earlier === undefined ? 0 : earlier.total);
    kept[i % REVISIONS_KEPT] = order;
  }
  return masked(message, fingerprint(Buffer.from(JSON.stringify(order))));
}

// --- triad -----------------------------------------------------------------------------------

const ELEMENTS = 4 << 20;
const BLOCK = 4096;
const LINE = 8;

// Three arrays and how far the triad has come in them; made by the first task.
let set3;

function arrays() {
  const b = new Float64Array(ELEMENTS);
  const c = new Float64Array(ELEMENTS);
  for (let i = 0; i < ELEMENTS; i++) {
    b[i] = ((i % BLOCK) * 7) % 1009;
    c[i] = ((i % BLOCK) * 13) % 997;
  }
  return { a: new Float64Array(ELEMENTS), b, c, at: 0 };
}

function block(arraysOfThree, q) {
  const { a, b, c, at } = arraysOfThree;
  const to = at + BLOCK;
  for (let i = at; i < to; i++) a[i] = b[i] + q * c[i];
  let sum = 0;
  for (let i = at; i < to; i += LINE) sum += a[i];
  arraysOfThree.at = to % ELEMENTS;
  return sum;
}

function triad(message, iterations) {
  set3 ??= arrays();
  let [stateHigh, stateLow] = fingerprint(message);
  for (let n = 0; n < iterations; n++) {
    // (state >>> 1) % 4096: the low 13 bits but the last
    const sum = block(set3, 1 + ((stateLow >>> 1) & 4095));
    mix(stateHigh ^ Math.floor(sum / 0x100000000), stateLow ^ (sum % 0x100000000));
    stateHigh = high;
    stateLow = low;
  }
  return masked(message, [stateHigh, stateLow]);
}

// -----------------------------------------------------------------------------------------------

const WORKLOADS = { seal, documents, triad };

export function replyFunction(workload, iterations) {
  const compute = WORKLOADS[workload];
  if (compute === undefined) throw new Error(`expected one of ${Object.keys(WORKLOADS)}, found ${workload}`);
  return (message) => compute(message, iterations);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for await (const request of createInterface({ input: process.stdin })) {
    const [workload, iterations, message = ''] = request.split(' ');
    const reply = replyFunction(workload, Number(iterations))(Buffer.from(message, 'hex'));
    console.log(Buffer.from(reply).toString('hex'));
  }
}
