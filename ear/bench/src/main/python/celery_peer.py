"""Celery as a peer: W1 to W3 on RabbitMQ, with its results in PostgreSQL.

As durable as the others: durable queue, persistent messages, each confirmed by the broker before the send returns,
acknowledged after the task (acks late), its result committed. Celery sends one message at a time, so W2 is W1 to it.

Started with a folder and a port; the PostgreSQL is in BENCH_RESULTS. Starts the broker and a worker of four processes, sends
from four more, and answers as the peers in Java do: POST /?workload=W1&count=1000.
"""

import multiprocessing
import os
import signal
import struct
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

from celery import Celery

BROKER_PORT = 17672
PROCESSES = 4
RECORD = struct.Struct("<qqd")
FOLDER = os.environ.get("BENCH_FOLDER") or sys.argv[1]
SEEN = os.path.join(FOLDER, "seen.bin")

app = Celery("celery_peer", broker=f"amqp://guest:guest@127.0.0.1:{BROKER_PORT}//", backend=os.environ["BENCH_RESULTS"])
app.conf.update(
    broker_transport_options={"confirm_publish": True},
    task_acks_late=True,
    worker_prefetch_multiplier=16,
    task_default_delivery_mode="persistent",
)
seen = None


@app.task(name="noop")
def noop(number, index, start_at, filler):
    """Says in one write, which no other process can come between, that it was run."""
    global seen
    if seen is None:
        seen = os.open(SEEN, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(seen, RECORD.pack(number, index, time.monotonic() - start_at))


def send(number, indexes):
    """In one of the processes that send."""
    for index in indexes:
        noop.delay(number, index, time.monotonic(), "x" * 70)


class Rounds:
    """Runs rounds, and counts what the handlers have seen."""

    def __init__(self):
        self.senders = ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn"))
        self.number = 0

    def run(self, workload, count):
        self.number += 1
        if workload == "W3":
            app.control.cancel_consumer("celery", reply=True)
        start = time.monotonic()
        parts = [self.senders.submit(send, self.number, range(i, count, PROCESSES)) for i in range(PROCESSES)]
        for part in parts:
            part.result()
        sent = time.monotonic()
        begin = start
        if workload == "W3":
            begin = time.monotonic()
            app.control.add_consumer("celery", reply=True)
        end = self.await_all(count)
        time.sleep(0.5)
        records = self.records()
        delays = sorted(delay * 1000 for _, delay in records)
        times = Counter(index for index, _ in records)
        figures = {f"p{p}": delays[min(len(delays) - 1, len(delays) * p // 100)] for p in (0, 50, 95, 99, 100)}
        figures["doubled"] = sum(1 for n in times.values() if n > 1)
        figures["sent/s"] = count / (sent - start)
        figures["tasks/s"] = count / (end - begin)
        return figures

    def records(self):
        if not os.path.exists(SEEN):
            return []
        with open(SEEN, "rb") as file:
            content = file.read()
        whole = len(content) // RECORD.size * RECORD.size
        return [(index, delay) for number, index, delay in RECORD.iter_unpack(content[:whole]) if number == self.number]

    def await_all(self, count):
        """When each was run."""
        before, since = -1, time.monotonic()
        while True:
            now = time.monotonic()
            ran = len({index for index, _ in self.records()})
            if ran == count:
                return now
            if ran != before:
                before, since = ran, now
            elif now - since > 60:
                raise RuntimeError(f"Lost: only {ran} of {count} were run")
            time.sleep(0.02)


class Peer(BaseHTTPRequestHandler):
    rounds = None

    def do_GET(self):
        self.answer(200, "")

    def do_POST(self):
        query = parse_qs(urlparse(self.path).query)
        try:
            figures = self.rounds.run(query["workload"][0], int(query["count"][0]))
            self.answer(200, "\n".join(f"{name} {value}" for name, value in figures.items()))
        except Exception as e:
            self.answer(500, repr(e))

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        pass


def start_broker():
    """With ports and a folder of its own, so that another on this machine is left alone."""
    environment = dict(
        os.environ,
        HOME=FOLDER,
        RABBITMQ_NODENAME="bench@localhost",
        RABBITMQ_NODE_IP_ADDRESS="127.0.0.1",
        RABBITMQ_NODE_PORT=str(BROKER_PORT),
        RABBITMQ_DIST_PORT=str(BROKER_PORT + 1),
        ERL_EPMD_PORT=str(BROKER_PORT + 2),
        ERL_EPMD_ADDRESS="127.0.0.1",
        RABBITMQ_MNESIA_BASE=os.path.join(FOLDER, "mnesia"),
        RABBITMQ_LOG_BASE=os.path.join(FOLDER, "log"),
        RABBITMQ_ENABLED_PLUGINS_FILE=os.path.join(FOLDER, "plugins"),
        RABBITMQ_CONF_ENV_FILE=os.path.join(FOLDER, "none"),
    )
    broker = subprocess.Popen(["/usr/lib/rabbitmq/bin/rabbitmq-server"], env=environment, start_new_session=True)
    for _ in range(600):
        try:
            app.connection().ensure_connection(max_retries=1, interval_start=0.1)
            return broker, environment
        except Exception:
            time.sleep(0.1)
    raise RuntimeError("The broker does not start")


def main():
    os.environ["BENCH_FOLDER"] = FOLDER
    broker, environment = start_broker()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "celery_peer", "worker", "-c", str(PROCESSES)]
        + ["--without-gossip", "--without-mingle", "--without-heartbeat"],
        cwd=os.path.dirname(os.path.abspath(__file__)),
        start_new_session=True,
    )

    def end(*_):
        for sender in multiprocessing.active_children():
            sender.kill()
        for child in (worker, broker):
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        # the broker's name server, which it has started; it stays as long as it knows a node
        for _ in range(50):
            answer = subprocess.run(["epmd", "-kill"], env=environment, capture_output=True, check=False)
            if b"living nodes" not in answer.stdout + answer.stderr:
                break
            time.sleep(0.1)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    while not app.control.ping(timeout=1):
        if worker.poll() is not None:
            end()
    Peer.rounds = Rounds()
    HTTPServer(("127.0.0.1", int(sys.argv[2])), Peer).serve_forever()


if __name__ == "__main__":
    main()
