#!/usr/bin/env python3
"""Checks the ledger of a kept demo run with none of Ockham's code.

    ./ockham demo --json --keep /tmp/run
    python3 examples/verify-demo.py /tmp/run

Reads which request carried which question (receipts.jsonl), the recorded answers and the list
prices the demo ships with, and computes in whole picodollars what every request must have cost:
ceil(characters / 4) tokens x price. Then reads the run's database with SQLite and compares every
request, its token counts, the number of calls and the total. Exits with 1 if anything differs.
Needs Python 3.8 or newer, nothing else.
"""
import gzip
import json
import pathlib
import sqlite3
import sys
import uuid
from decimal import Decimal

PICOS_PER_DOLLAR = 10**12
RESOURCES = pathlib.Path(__file__).resolve().parent.parent / "src/main/resources/dev/ockham/demo"


def tokens(text):
    units = len(text.encode("utf-16-le")) // 2
    return -(-units // 4)


def read_lines(file):
    return [json.loads(line) for line in file if line.strip()]


def prices():
    """Picodollars per token of input and output, by model."""
    listed = json.loads((RESOURCES / "prices.json").read_text(), parse_float=Decimal, parse_int=Decimal)
    return {model: (int(p["input"] * 10**6), int(p["output"] * 10**6)) for model, p in listed.items()}


def expected(run):
    """What every request must have used and cost: id -> (model, input, output, picodollars)."""
    with gzip.open(RESOURCES / "held-out.jsonl.gz", "rt", encoding="utf-8") as file:
        questions = {row["id"]: row for row in read_lines(file)}
    price = prices()
    result = {}
    with open(run / "receipts.jsonl", encoding="utf-8") as file:
        for receipt in read_lines(file):
            question = questions[receipt["question_id"]]
            model = receipt["model"]
            used_in = tokens(question["prompt"])
            used_out = tokens(question["outcomes"][model]["answer"])
            cost = used_in * price[model][0] + used_out * price[model][1]
            result[uuid.UUID(receipt["request_id"]).bytes] = (model, used_in, used_out, cost)
    return result


def booked(database):
    """What the ledger booked, one row an attempt."""
    link = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return link.execute(
            "SELECT a.request, o.model, a.input, a.output,"
            " a.posted_nanos * 1000 + a.rounding_picos"
            " FROM attempt a JOIN offer o ON o.id = a.offer"
        ).fetchall()
    finally:
        link.close()


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: verify-demo.py FOLDER   (the folder given to ./ockham demo --keep)")
    run = pathlib.Path(sys.argv[1])
    databases = sorted((run / "data").glob("*.db"))
    if not (run / "receipts.jsonl").is_file() or len(databases) != 1:
        sys.exit(f"{run} is no kept run of the demo (expected: receipts.jsonl and one database in data/)")
    must = expected(run)
    problems = []
    seen = set()
    total = 0
    for request, *row in booked(databases[0]):
        name = str(uuid.UUID(bytes=request))
        if request in seen:
            problems.append(f"request {name} is booked twice")
        seen.add(request)
        total += row[3] or 0
        if request not in must:
            problems.append(f"request {name} is booked and was never asked")
        elif tuple(row) != must[request]:
            problems.append(f"request {name}: booked {tuple(row)}, must be {must[request]}")
    problems += [f"request {uuid.UUID(bytes=r)} is not booked" for r in must.keys() - seen]
    want = sum(cost for *_, cost in must.values())
    print(f"requests  {len(seen)} booked, {len(must)} asked")
    print(f"booked    ${Decimal(total) / PICOS_PER_DOLLAR:f}")
    print(f"must be   ${Decimal(want) / PICOS_PER_DOLLAR:f}")
    for problem in problems[:20]:
        print(problem)
    if problems or total != want:
        sys.exit(f"{max(1, len(problems))} differences")
    print("equal to the last digit, request by request")


if __name__ == "__main__":
    main()
