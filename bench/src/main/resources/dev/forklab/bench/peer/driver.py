"""Python's ProcessPoolExecutor, driven by the lab; the commands are those of driver.mjs.

The executor is used as its documentation suggests: with its own queue (as many tasks as workers and
one more lie in it) and pickle between the processes.
"""

import collections
import ctypes
import hashlib
import json
import os
import queue
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

import replies

REPLIES_KEPT = 64
REPLY_BYTES_KEPT = 16 << 20
PR_SET_PDEATHSIG = 1

compute = None


def prepare(workload, iterations, parent):
    """In each worker: builds the function, and makes sure that the worker ends with its parent."""
    global compute
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1 != parent:
            os._exit(1)
    compute = replies.reply_function(workload, iterations)


def work(message):
    return compute(message)


def say(*words):
    print(*words, flush=True)


class Driver:
    def __init__(self, settings, messages, commands):
        self.settings = settings
        self.messages = messages
        self.commands = commands
        self.submitted = 0
        size = max(1, min(REPLIES_KEPT, REPLY_BYTES_KEPT // settings["messageBytes"]))
        self.kept = collections.deque(maxlen=size)
        self.executor = None

    def submit(self):
        task = self.submitted
        self.submitted += 1
        return task, self.executor.submit(work, self.messages[task % len(self.messages)])

    def receive(self, entry):
        task, future = entry
        self.kept.append((task, future.result()))

    def batch(self, iterations, tasks):
        reply_function = replies.reply_function(self.settings["workload"], iterations)
        message = self.messages[0]
        start = time.process_time_ns()
        for _ in range(tasks):
            reply_function(message)
        say("cpu", time.process_time_ns() - start)

    def open(self):
        start = time.perf_counter_ns()
        workers = self.settings["workers"]
        self.executor = ProcessPoolExecutor(
            workers,
            initializer=prepare,
            initargs=(self.settings["workload"], self.settings["iterations"], os.getpid()),
        )
        entries = [self.submit() for _ in range(workers)]
        first = []
        for _, future in entries:
            future.add_done_callback(lambda _: first.append(time.perf_counter_ns()))
        for entry in entries:
            self.receive(entry)
        done = time.perf_counter_ns()
        # Workers are started as tasks come: a fast first one may have spared another its start.
        while len(self.executor._processes) < workers:
            for entry in [self.submit() for _ in range(4 * workers)]:
                self.receive(entry)
        say("opened", min(first + [done]) - start, done - start)

    def fill(self, window):
        """Keeps the window full until `drain`, counting when asked to."""
        in_flight = collections.deque(self.submit() for _ in range(window))

        def step():
            self.receive(in_flight.popleft())
            in_flight.append(self.submit())

        for _ in range(window):
            step()
        say("ready")
        start = tasks = nanos = 0
        while True:
            step()
            if nanos:
                tasks += 1
                now = time.perf_counter_ns()
                if now - start >= nanos:
                    say("ran", tasks, now - start)
                    nanos = 0
            elif not self.commands.empty():
                command, *numbers = self.commands.get()
                if command == "drain":
                    break
                nanos, tasks, start = numbers[0], 0, time.perf_counter_ns()
        while in_flight:
            self.receive(in_flight.popleft())
        self.drain()

    def clients(self, count, nanos):
        latencies = [[] for _ in range(count)]
        failures = []
        start = time.perf_counter_ns()

        def client(mine):
            try:
                answered = start
                while answered - start < nanos:
                    asked = time.perf_counter_ns()
                    self.receive(self.submit())
                    answered = time.perf_counter_ns()
                    mine.append(answered - asked)
            except Exception as failure:
                failures.append(failure)

        threads = [threading.Thread(target=client, args=(mine,)) for mine in latencies]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.perf_counter_ns() - start
        if failures:
            raise failures[0]
        every = [latency for mine in latencies for latency in mine]
        say("ran", len(every), took, *every)

    def drain(self):
        say("drained", *(f"{task}:{hashlib.sha256(reply).hexdigest()}" for task, reply in self.kept))
        self.kept.clear()

    def run(self):
        while True:
            command, *numbers = self.commands.get()
            getattr(self, command)(*numbers)


def listen(source, commands, driver):
    """Reads commands until the lab closes the pipe; then ends everything at once."""
    for line in source:
        command, *numbers = line.decode().split()
        commands.put((command, *map(int, numbers)))
    end(driver, 0)


def end(driver, code):
    processes = getattr(driver.executor, "_processes", None) or {}
    for process in list(processes.values()):
        process.kill()
    os._exit(code)


def main():
    # A stream of its own: a worker that is forked while a thread reads standard input, and so holds
    # its lock, would wait for that lock for good.
    source = os.fdopen(os.dup(0), "rb")
    sys.stdin = open(os.devnull)
    settings = json.loads(source.readline())
    messages = [source.read(settings["messageBytes"]) for _ in range(settings["messages"])]
    commands = queue.SimpleQueue()
    driver = Driver(settings, messages, commands)
    threading.Thread(target=listen, args=(source, commands, driver), daemon=True).start()
    try:
        driver.run()
    except BaseException as failure:
        say("failed", f"{type(failure).__name__}: {failure}".replace("\n", " "))
        end(driver, 1)


if __name__ == "__main__":
    main()
