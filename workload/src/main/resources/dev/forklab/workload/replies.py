"""The built-in workloads, written for Python with its own libraries: the same bytes as the lab's.

As a module: reply_function(workload, iterations) is the function from message to reply; SEALS says whether
this Python has a cipher (the package `cryptography`; the standard library has none).
As a program, for tests of parity: each line of standard input is
`workload iterations message-in-hex`; each line of output is the reply in hex.
"""

import collections
import functools
import hashlib
import json
import sys

try:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    SEALS = True
except ImportError:
    SEALS = False

PASSWORD = b"correct horse battery staple"
SALT = bytes(range(16))


def seal(message, iterations):
    derived = hashlib.pbkdf2_hmac("sha256", PASSWORD, SALT, iterations, 48)
    cipher = Cipher(algorithms.AES(derived[:32]), modes.CTR(derived[32:]))
    return cipher.encryptor().update(message)


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
    mask = bytearray()
    for _ in range(0, len(message), 8):
        seed = (seed + GAMMA) & MASK
        mask += mix(seed).to_bytes(8, "little")
    whole = int.from_bytes(message, "little") ^ int.from_bytes(mask[: len(message)], "little")
    return whole.to_bytes(len(message), "little")


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
    kept = collections.deque()
    for _ in range(iterations):
        earlier = kept.popleft()["total"] if len(kept) == 32 else 0
        order = revised(json.loads(write(order)), earlier)
        kept.append(order)
    return masked(message, fingerprint(write(order).encode()))


def triad(message, iterations):
    """The same numbers without the arrays: for parity only, it moves no memory."""
    state = fingerprint(message)
    for _ in range(iterations):
        factor = 1 + (state >> 1) % 4096
        total = sum(i * 7 % 1009 + factor * (i * 13 % 997) for i in range(0, 4096, 8))
        state = mix(state ^ total)
    return masked(message, state)


def reply_function(workload, iterations):
    compute = {"seal": seal, "documents": documents, "triad": triad}[workload]
    return functools.partial(compute, iterations=iterations)


if __name__ == "__main__":
    for request in sys.stdin:
        name, count, *hexadecimal = request.split()
        reply = reply_function(name, int(count))(bytes.fromhex("".join(hexadecimal)))
        print(reply.hex(), flush=True)
