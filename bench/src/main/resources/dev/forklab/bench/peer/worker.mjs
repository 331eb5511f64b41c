// A worker of either of Node's pools: one task at a time, in the order in which they came.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { replyFunction } from './replies.mjs';

if (isMainThread) {
  const [workload, iterations, codec] = process.argv.slice(2);
  const compute = replyFunction(workload, Number(iterations));
  const json = codec === 'json';
  process.on('message', ({ id, data }) => {
    const reply = compute(json ? Buffer.from(data, 'base64') : data);
    process.send({ id, data: json ? base64(reply) : reply });
  });
} else {
  const compute = replyFunction(workerData.workload, workerData.iterations);
  parentPort.on('message', ({ id, data }) => {
    const reply = compute(data);
    parentPort.postMessage({ id, data: reply }, [reply.buffer]);
  });
}

function base64(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
