#!/usr/bin/env python3
"""Reckons the figures of `ockham eval --out DIR` again from DIR/decisions.jsonl alone.

    python3 examples/recompute-eval.py DIR

Prints every figure beside the one in metrics.json; exits 1 if one differs by more than 0.0005
(percentages: 0.05). Needs nothing but Python 3.
"""
import json
import sys
from collections import defaultdict
from pathlib import Path


def mean(values):
    return sum(values) / len(values)


def recovered_curve(rows, weak, strong):
    """Share of the quality gap recovered at 101 strong shares; equals are mixed at random."""
    groups = defaultdict(list)
    for row in rows:
        m = row["models"]
        groups[m[strong]["predicted_quality"] - m[weak]["predicted_quality"]].append(
            m[strong]["quality"] - m[weak]["quality"])
    total = sum(sum(g) for g in groups.values())
    points, gained, seen = [(0.0, 0.0)], 0.0, 0
    for gap in sorted(groups, reverse=True):
        gained, seen = gained + sum(groups[gap]), seen + len(groups[gap])
        points.append((seen / len(rows), gained / total))
    curve, i = [], 0
    for step in range(101):
        share = step / 100
        while i + 1 < len(points) - 1 and points[i + 1][0] < share:
            i += 1
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        curve.append(y0 + (y1 - y0) * (share - x0) / (x1 - x0))
    return curve


def apgr(curve):
    return (sum(curve) - (curve[0] + curve[-1]) / 2) / 100


def cpt(curve, recovery):
    for i, height in enumerate(curve):
        if height >= recovery:
            return (i - 1 + (recovery - curve[i - 1]) / (height - curve[i - 1])) / 100
    return float("nan")


def hull(points):
    """Non-decreasing and concave, from the cheapest point upwards."""
    result = []
    for cost, quality in sorted(points, key=lambda p: (p[0], -p[1])):
        if result and quality <= result[-1][1]:
            continue
        while len(result) > 1:
            (c0, q0), (c1, q1) = result[-2:]
            if (q1 - q0) * (cost - c0) > (quality - q0) * (c1 - c0):
                break
            result.pop()
        result.append((cost, quality))
    return result


def height(points, cost):
    if cost <= points[0][0]:
        return points[0][1]
    for (c0, q0), (c1, q1) in zip(points, points[1:]):
        if cost <= c1:
            return q0 + (q1 - q0) * (cost - c0) / (c1 - c0)
    return points[-1][1]


def mean_height(points, low, high):
    knots = [low] + [c for c, _ in points if low < c < high] + [high]
    area = sum((b - a) * (height(points, a) + height(points, b)) / 2 for a, b in zip(knots, knots[1:]))
    return area / (high - low)


def mean_hull_aiq(rows, models):
    singles = [mean([r["models"][m]["cost_usd"] for r in rows]) for m in models]
    low, high = min(singles), max(singles)
    values = [0.0] + [high * 1e-3 * 1e7 ** (i / 148) for i in range(149)]
    points = []
    for value in values:
        cost = quality = 0.0
        for row in rows:
            chosen = max(row["models"].values(),
                         key=lambda m: value * m["predicted_quality"] - m["predicted_cost_usd"])
            cost, quality = cost + chosen["cost_usd"], quality + chosen["quality"]
        points.append((cost / len(rows), quality / len(rows)))
    return mean_height(hull(points), low, high)


def calibration(rows, models):
    predicted, happened, squares = [0.0] * 15, [0.0] * 15, 0.0
    for row in rows:
        for m in models:
            p, q = row["models"][m]["predicted_quality"], row["models"][m]["quality"]
            b = min(14, int(p * 15))
            predicted[b], happened[b], squares = predicted[b] + p, happened[b] + q, squares + (p - q) ** 2
    count = len(rows) * len(models)
    return sum(abs(p - h) for p, h in zip(predicted, happened)) / count, squares / count


def saved_and_points(rows):
    cost = sum(r["models"][r["chosen"]]["cost_usd"] for r in rows)
    reference = sum(r["models"][r["reference"]]["cost_usd"] for r in rows)
    points = mean([r["models"][r["chosen"]]["quality"] - r["models"][r["reference"]]["quality"] for r in rows])
    return 100 * (reference - cost) / reference, 100 * points


def main(folder):
    metrics = json.loads((folder / "metrics.json").read_text())
    seeds = defaultdict(lambda: defaultdict(list))
    with open(folder / "decisions.jsonl", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            seeds[row["file"]][row["seed"]].append(row)
    wrong = 0

    def compare(name, figures, told, tolerance=0.0005):
        nonlocal wrong
        mine, theirs = mean(figures), told["mean"]
        same = abs(mine - theirs) <= tolerance
        wrong += not same
        print(f"  {name:28} {mine:12.5f} {theirs:12.5f}  {'same' if same else 'DIFFERENT'}")

    for study in metrics["data"]:
        print(f"{study['file']}: {'':24} recomputed  metrics.json")
        parts = list(seeds[study["file"]].values())
        two = study["two_models"]
        router = two["approaches"]["router"]
        curves = [recovered_curve(rows, two["weak"], two["strong"]) for rows in parts]
        compare("APGR", [apgr(c) for c in curves], router["apgr"])
        compare("CPT50", [cpt(c, 0.5) for c in curves], router["cpt50"])
        compare("CPT80", [cpt(c, 0.8) for c in curves], router["cpt80"])
        both = [calibration(rows, study["models"]) for rows in parts]
        compare("ECE", [b[0] for b in both], study["calibration"]["ece"])
        compare("Brier", [b[1] for b in both], study["calibration"]["brier"])
        if "pool" in study:
            pool = study["pool"]
            compare("mean-hull AIQ", [mean_hull_aiq(rows, study["models"]) for rows in parts],
                    pool["approaches"]["router"]["aiq"])
            both = [saved_and_points(rows) for rows in parts]
            point = pool["operating_point"]["router"]
            compare("saved percent", [b[0] for b in both], point["saved_percent"], 0.05)
            compare("points", [b[1] for b in both], point["points"], 0.05)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
