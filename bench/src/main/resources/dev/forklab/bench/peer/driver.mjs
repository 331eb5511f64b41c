// One of Node's ways to run the work on many CPUs, driven by the lab: `node driver.mjs fork|threads`.
//
// Standard input: a line of JSON (the settings), the messages one after the other as plain bytes,
// then commands, one a line. Standard output: one line for each answer.
//
//   batch I N      computes N tasks of I iterations here, on this thread -> cpu NANOS
//   open           starts the workers, gives each a task                 -> opened FIRST ALL (nanos)
//   fill W         keeps W tasks in flight from now on                   -> ready, after W are done
//   slice NANOS    counts what is done, from one task's end to another's -> ran TASKS NANOS
//   clients N T    N clients, each with one task at a time, for T nanos  -> ran TASKS NANOS LATENCY…
//   drain          lets what is in flight finish                         -> drained TASK:SHA256 …
//   (end of input) ends, and with it the workers
//
// Anything that goes wrong is a last line `failed WORDS`.
import { createHash } from 'node:crypto';
import { replyFunction } from './replies.mjs';
import { ForkPool, ThreadPool } from './pools.mjs';

const REPLIES_KEPT = 64;
const REPLY_BYTES_KEPT = 16 << 20;

const now = () => Number(process.hrtime.bigint());
const say = (...words) => process.stdout.write(`${words.join(' ')}\n`);

function fail(reason) {
  process.stdout.write(`failed ${String(reason).replaceAll('\n', ' ')}\n`, () => process.exit(1));
}

let settings;
let messages = [];
let pool;

// The last replies, to be looked at when no clock runs.
const kept = [];
let received = 0;

let submitted = 0;
let inFlight = 0;

function submit(done) {
  const task = submitted++;
  inFlight++;
  pool.submit(messages[task % messages.length], (reply) => {
    inFlight--;
    kept[received++ % settings.repliesKept] = [task, reply];
    done();
  });
}

function digests() {
  const words = kept.map(([task, reply]) => `${task}:${createHash('sha256').update(reply).digest('hex')}`);
  kept.length = 0;
  received = 0;
  return words;
}

// --- commands --------------------------------------------------------------------------------

function batch(iterations, tasks) {
  const compute = replyFunction(settings.workload, iterations);
  let sum = 0;
  const before = process.cpuUsage();
  for (let i = 0; i < tasks; i++) sum += compute(messages[0]).length;
  const { user, system } = process.cpuUsage(before);
  say('cpu', (user + system) * 1000, sum);
}

function open() {
  const start = now();
  let first = 0;
  let left = settings.workers;
  pool = settings.mode === 'fork' ? new ForkPool(settings, fail) : new ThreadPool(settings, fail);
  for (let i = 0; i < settings.workers; i++) {
    submit(() => {
      first ||= now() - start;
      if (--left === 0) say('opened', first, now() - start);
    });
  }
}

let flowing = false;
let ready = 0;
let clock;
let drained;

function fill(window) {
  flowing = true;
  ready = window;
  for (let i = 0; i < window; i++) submit(flow);
}

function flow() {
  if (flowing) submit(flow);
  else if (inFlight === 0 && drained) finish();
  if (ready > 0 && --ready === 0) say('ready');
  if (clock !== undefined) tick();
}

function tick() {
  const time = now();
  if (clock.start === 0) {
    clock.start = time;
    return;
  }
  clock.tasks++;
  if (time - clock.start >= clock.nanos) {
    say('ran', clock.tasks, time - clock.start);
    clock = undefined;
  }
}

function slice(nanos) {
  clock = { nanos, start: 0, tasks: 0 };
}

function clients(count, nanos) {
  const latencies = [];
  const start = now();
  let left = count;
  const ask = () => {
    const asked = now();
    submit(() => {
      const answered = now();
      latencies.push(answered - asked);
      if (answered - start < nanos) ask();
      else if (--left === 0) say('ran', latencies.length, answered - start, ...latencies);
    });
  };
  for (let i = 0; i < count; i++) ask();
}

function drain() {
  flowing = false;
  drained = true;
  if (inFlight === 0) finish();
}

function finish() {
  drained = false;
  say('drained', ...digests());
}

const COMMANDS = { batch, open, fill, slice, clients, drain };

// --- standard input ----------------------------------------------------------------------------

let unread = Buffer.alloc(0);

function line() {
  const end = unread.indexOf(10);
  if (end < 0) return undefined;
  const text = unread.toString('utf8', 0, end);
  unread = unread.subarray(end + 1);
  return text;
}

function settle(text) {
  settings = JSON.parse(text);
  settings.mode = process.argv[2];
  settings.repliesKept = Math.max(
    1,
    Math.min(REPLIES_KEPT, Math.floor(REPLY_BYTES_KEPT / settings.messageBytes)),
  );
}

function takeMessages() {
  const all = settings.messages * settings.messageBytes;
  if (unread.length < all) return false;
  for (let i = 0; i < settings.messages; i++) {
    const from = i * settings.messageBytes;
    // A copy of its own: a thread is sent the whole buffer behind a view.
    messages.push(new Uint8Array(unread.subarray(from, from + settings.messageBytes)));
  }
  unread = unread.subarray(all);
  return true;
}

let chunks = [];
let buffered = 0;

process.stdin.on('data', (chunk) => {
  // Many megabytes come in many chunks: joined once there is enough of them.
  chunks.push(chunk);
  buffered += chunk.length;
  if (settings && messages.length === 0
      && unread.length + buffered < settings.messages * settings.messageBytes) return;
  unread = Buffer.concat([unread, ...chunks]);
  chunks = [];
  buffered = 0;
  try {
    if (!settings) {
      const text = line();
      if (text === undefined) return;
      settle(text);
    }
    if (messages.length === 0 && !takeMessages()) return;
    for (let text = line(); text !== undefined; text = line()) {
      const [command, ...numbers] = text.split(' ');
      COMMANDS[command](...numbers.map(Number));
    }
  } catch (error) {
    fail(error);
  }
});
process.stdin.on('end', () => process.exit(0));
process.stdout.on('error', () => process.exit(1));
