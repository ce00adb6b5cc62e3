#!/usr/bin/env python3
"""Draws the README's picture: accuracy and early-stop step against weights remaining, from a run's summary.json.

    docs/images/plot.py tombola-runs/lenet-mnist-HASH/summary.json > docs/images/lenet-mnist.svg
"""
import json
import math
import sys

WIDTH, HEIGHT, LEFT, TOP, GAP = 430, 300, 62, 46, 76
COLORS = {"winning-ticket": "#0072b2", "random-reinit": "#d55e00"}
NAMES = {"winning-ticket": "winning ticket", "random-reinit": "random reinitialisation"}


def panel(levels, key, title, x0, write, scale):
    densities = sorted({level["density"] for level in levels}, reverse=True)
    values = [level[key][end] for level in levels if level.get(key) for end in ("min", "max")]
    low, high = min(values), max(values)
    low, high = low - 0.05 * (high - low), high + 0.05 * (high - low)
    lowest, highest = math.log(densities[-1]), math.log(densities[0])

    def x(density):
        return x0 + (highest - math.log(density)) / (highest - lowest) * WIDTH

    def y(value):
        return TOP + (high - value) / (high - low) * HEIGHT

    out = [f'<text x="{x0}" y="{TOP - 14}" class="title">{title}</text>']
    for i in range(6):
        value = low + (high - low) * i / 5
        out.append(f'<line x1="{x0}" x2="{x0 + WIDTH}" y1="{y(value):.1f}" y2="{y(value):.1f}" class="grid"/>')
        out.append(f'<text x="{x0 - 6}" y="{y(value) + 4:.1f}" class="end">{write(value * scale)}</text>')
    for density in densities[::3]:
        out.append(f'<text x="{x(density):.1f}" y="{TOP + HEIGHT + 18}" class="middle">{100 * density:.1f}</text>')
    out.append(f'<text x="{x0 + WIDTH / 2}" y="{TOP + HEIGHT + 38}" class="middle">% of weights remaining</text>')
    dense = next(level for level in levels if level["level"] == 0)
    for branch, color in COLORS.items():
        points = [dense] + [level for level in levels if level["branch"] == branch and level["level"] > 0]
        points = [point for point in points if point.get(key)]
        line = " ".join(f'{x(point["density"]):.1f},{y(point[key]["mean"]):.1f}' for point in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
        for point in points:
            at, bar = x(point["density"]), point[key]
            out.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{y(bar["min"]):.1f}" y2="{y(bar["max"]):.1f}" '
                       f'stroke="{color}" stroke-width="1.5"/>')
            out.append(f'<circle cx="{at:.1f}" cy="{y(bar["mean"]):.1f}" r="3" fill="{color}"/>')
    return out


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        levels = json.load(file)["levels"]
    total_width = 2 * (LEFT + WIDTH) + GAP + 20
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total_width} {TOP + HEIGHT + 72}" '
           'font-family="sans-serif" font-size="12">',
           "<style>.title{font-size:14px;font-weight:bold}.end{text-anchor:end}.middle{text-anchor:middle}"
           ".grid{stroke:#ddd}</style>", f'<rect width="100%" height="100%" fill="white"/>']
    out += panel(levels, "early_stop_test_accuracy", "Test accuracy at early stop (%)", LEFT,
                 lambda value: f"{value:.2f}", 100)
    out += panel(levels, "early_stop_step", "Early-stop step", 2 * LEFT + WIDTH + GAP - 10,
                 lambda value: f"{value:,.0f}", 1)
    for i, (branch, color) in enumerate(COLORS.items()):
        at = LEFT + 260 * i
        out.append(f'<circle cx="{at}" cy="{TOP + HEIGHT + 58}" r="4" fill="{color}"/>')
        out.append(f'<text x="{at + 10}" y="{TOP + HEIGHT + 62}">{NAMES[branch]} (mean, min–max)</text>')
    print("\n".join(out + ["</svg>"]))


if __name__ == "__main__":
    main()
