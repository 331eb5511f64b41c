// Node's two ways to use more than one CPU, each as a pool with a queue: every worker is given its
// next task before it has finished the last.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const WORKER = fileURLToPath(new URL('./worker.mjs', import.meta.url));

class Pool {
  constructor(settings) {
    this.prefetch = settings.prefetch;
    this.queue = [];
    this.head = 0;
    this.waiting = new Map();
    this.next = 0;
    this.workers = [];
  }

  submit(message, done) {
    const worker = this.least();
    if (worker.held < this.prefetch) this.give(worker, message, done);
    else this.queue.push([message, done]);
  }

  least() {
    let found = this.workers[0];
    for (const worker of this.workers) if (worker.held < found.held) found = worker;
    return found;
  }

  give(worker, message, done) {
    const id = this.next++;
    worker.held++;
    this.waiting.set(id, done);
    worker.send(id, message);
  }

  replied(worker, id, reply) {
    worker.held--;
    if (this.head < this.queue.length) {
      const [message, done] = this.queue[this.head++];
      if (this.head === this.queue.length) {
        this.queue = [];
        this.head = 0;
      }
      this.give(worker, message, done);
    }
    const done = this.waiting.get(id);
    this.waiting.delete(id);
    done(reply);
  }
}

// child_process.fork. `json`: bytes travel as base64 text; `advanced`: as bytes (structured clone).
export class ForkPool extends Pool {
  constructor(settings, fail) {
    super(settings);
    const json = settings.codec === 'json';
    for (let i = 0; i < settings.workers; i++) {
      const child = fork(WORKER, [settings.workload, String(settings.iterations), settings.codec], {
        serialization: json ? 'json' : 'advanced',
        execArgv: [`--max-old-space-size=${settings.heapMiB}`],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const worker = {
        held: 0,
        send: json
          ? (id, message) => child.send({ id, data: Buffer.from(message.buffer).toString('base64') })
          : (id, message) => child.send({ id, data: message }),
      };
      child.on('message', ({ id, data }) => {
        this.replied(worker, id, json ? Buffer.from(data, 'base64') : data);
      });
      child.on('error', (error) => fail(`a child of Node failed: ${error.message}`));
      child.on('exit', (code, signal) => {
        fail(`a child of Node ended (${signal ?? `exit code ${code}`})`);
      });
      this.workers.push(worker);
    }
  }
}

// worker_threads. Bytes are copied to the worker (structured clone); a reply changes its owner.
export class ThreadPool extends Pool {
  constructor(settings, fail) {
    super(settings);
    for (let i = 0; i < settings.workers; i++) {
      const thread = new Worker(WORKER, {
        workerData: { workload: settings.workload, iterations: settings.iterations },
        resourceLimits: { maxOldGenerationSizeMb: settings.heapMiB },
      });
      const worker = { held: 0, send: (id, data) => thread.postMessage({ id, data }) };
      thread.on('message', ({ id, data }) => this.replied(worker, id, data));
      thread.on('error', (error) => fail(`a worker thread of Node failed: ${error.message}`));
      thread.on('exit', (code) => fail(`a worker thread of Node ended (exit code ${code})`));
      this.workers.push(worker);
    }
  }
}
