'use strict';

// Node's side of the comparison of clusters: what ClusterPrimary and ClusterBenchWorker are for this
// library. Both sides answer the same request with the same bytes, in one write, and parse no more
// of it than its end.

const cluster = require('node:cluster');
const net = require('node:net');
const readline = require('node:readline');

const [policy, workers] = process.argv.slice(2);

function answer(id, stays) {
  return Buffer.from(
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: '
      + (stays ? 'keep-alive' : 'close').padEnd(10)
      + '\r\n\r\nworker ' + String(id % 10000).padStart(4, '0') + '\n',
    'latin1');
}

function primary() {
  cluster.schedulingPolicy = cluster[policy];
  let port = 0;

  // A worker that listens.
  function fork() {
    return new Promise((resolve, reject) => {
      const worker = cluster.fork();
      worker.on('listening', (address) => {
        port = address.port;
        resolve(worker);
      });
      worker.on('exit', (code, signal) => reject(new Error(`a worker ended: ${code || signal}`)));
    });
  }

  // Rolling: a new worker listens, then the old one takes no more connections and ends.
  async function reload() {
    for (const old of Object.values(cluster.workers)) {
      await fork();
      const ended = new Promise((resolve) => old.on('exit', resolve));
      old.send('drain');
      await ended;
    }
  }

  const begun = Promise.all(Array.from({ length: Number(workers) }, fork));
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    try {
      await begun;
      if (line === 'reload') {
        await reload();
      }
      process.stdout.write(`port ${port}\n`);
    } catch (e) {
      process.stdout.write(`error ${e.message}\n`);
    }
  });
  lines.on('close', () => process.exit(0));
}

function worker() {
  const usual = answer(cluster.worker.id, true);
  const last = answer(cluster.worker.id, false);
  const end = Buffer.from('\r\n\r\n');
  let draining = false;
  const server = net.createServer({ noDelay: true }, (socket) => {
    let matched = 0;
    socket.on('data', (data) => {
      for (let i = 0; i < data.length && !socket.writableEnded; i++) {
        matched = data[i] === end[matched] ? matched + 1 : data[i] === end[0] ? 1 : 0;
        if (matched === end.length) {
          matched = 0;
          if (draining) {
            socket.end(last);
          } else {
            socket.write(usual);
          }
        }
      }
    });
    socket.on('error', () => {}); // The client is gone.
  });
  process.on('message', () => {
    draining = true;
    server.close(() => process.disconnect());
  });
  process.on('disconnect', () => process.exit(0));
  server.listen(0, '127.0.0.1');
}

if (cluster.isPrimary) {
  primary();
} else {
  worker();
}
