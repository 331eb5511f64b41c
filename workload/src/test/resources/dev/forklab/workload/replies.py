"""The replies of `documents` and `triad`, computed without the lab's code, for a test of parity.

Each line of standard input is `workload iterations message-in-hex`; each line of output is the
reply in hex.
"""

import json
import sys

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def fingerprint(data):
    h = (GAMMA * (len(data) + 1)) & MASK
    for i in range(0, len(data), 8):
        h = mix(h ^ int.from_bytes(data[i : i + 8], "little"))
    return h


def masked(message, seed):
    reply = bytearray()
    for i in range(0, len(message), 8):
        seed = (seed + GAMMA) & MASK
        part = message[i : i + 8]
        reply += bytes(x ^ y for x, y in zip(part, mix(seed).to_bytes(8, "little")))
    return bytes(reply)


NAMES = ["Ada Lovelace", "Jürgen Moser", 'Zoë "Zed" Ålund', "Grace Hopper"]
CITIES = ["London", "Zürich", "Århus", "Arlington"]
TEXTS = [
    "bolt M8, zinc-plated",
    "washer\t8.4 mm, pack of 100",
    '3/8" drive socket \\ wrench',
    "Gewindestange M8 × 1 m\n(verzinkt)",
]
TAGS = ["small", "metal", "sale", "heavy", "new"]


def draft(seed):
    def below(bound):
        nonlocal seed
        seed = (seed + GAMMA) & MASK
        return (mix(seed) >> 33) % bound

    def one_of(choices):
        return choices[below(len(choices))]

    order = {"id": f"O-{below(1000000)}", "revision": 0}
    order["customer"] = {
        "name": one_of(NAMES),
        "city": one_of(CITIES),
        "express": below(2) == 1,
        "note": None,
    }
    order["lines"] = [
        {
            "sku": f"S{below(1000000)}",
            "text": one_of(TEXTS),
            "quantity": 1 + below(9),
            "cents": 100 + below(9900),
            "tags": [one_of(TAGS), one_of(TAGS)],
        }
        for _ in range(6)
    ]
    return order | {"total": 0, "earlier": 0}


def write(order):
    return json.dumps(order, ensure_ascii=False, separators=(",", ":"))


def revised(order, earlier):
    revision = order["revision"] + 1
    for line in order["lines"]:
        quantity, cents = line["quantity"], line["cents"]
        line["text"] = line["text"][1:] + line["text"][0]
        line["quantity"] = 1 + (7 * quantity + cents + revision) % 9
        line["cents"] = 100 + (31 * cents + quantity + revision) % 9900
        line["tags"].reverse()
    order["lines"].sort(key=lambda line: (line["cents"], line["sku"]))
    order["revision"] = revision
    order["total"] = sum(line["quantity"] * line["cents"] for line in order["lines"])
    order["earlier"] = earlier
    return order


def documents(message, iterations):
    order = draft(fingerprint(message))
    totals = []
    for i in range(iterations):
        order = revised(json.loads(write(order)), totals[i - 32] if i >= 32 else 0)
        totals.append(order["total"])
    return masked(message, fingerprint(write(order).encode()))


def triad(message, iterations):
    state = fingerprint(message)
    for _ in range(iterations):
        factor = 1 + (state >> 1) % 4096
        total = sum(i * 7 % 1009 + factor * (i * 13 % 997) for i in range(0, 4096, 8))
        state = mix(state ^ total)
    return masked(message, state)


for request in sys.stdin:
    workload, iterations, *message = request.split()
    compute = {"documents": documents, "triad": triad}[workload]
    print(compute(bytes.fromhex("".join(message)), int(iterations)).hex(), flush=True)
