"""Figures of the benches written in Python or made of several programs, in the form of Sources/Figures/Figure.swift."""
import json, os, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def figure(benchmark, measured, unit, least=None, most=None, peer=None, **also):
    """One line of the table; the goal is of the ratio where there is a peer (name and value). Names in `also` have _ for spaces."""
    line = {"benchmark": benchmark, "unit": unit, "measured": measured,
            "also": {name.replace("_", " "): value for name, value in also.items()}}
    if least is not None or most is not None:
        line["goal"] = {"least": least} if least is not None else {"most": most}
    if peer is not None:
        line["peer"] = {"name": peer[0], "value": peer[1]}
    reference = peer[1] if peer else least if least is not None else most
    if reference:
        line["ratio"] = measured / reference
    return line


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def add(path, figures):
    """Adds the figures to those of a file, in the place of such as have the same name; without a path nothing is done."""
    if path is None:
        return
    names = {line["benchmark"] for line in figures}
    figures = [line for line in read(path) if line["benchmark"] not in names] + figures
    with open(path, "w", encoding="utf-8") as file:
        json.dump(figures, file, ensure_ascii=False, indent=2, sort_keys=True)
        file.write("\n")


def is_met(line):
    """Whether the goal is; None where there is none."""
    goal = line.get("goal")
    if goal is None:
        return None
    value = line.get("ratio") if "peer" in line else line["measured"]
    if value is None:
        return None
    return value >= goal["least"] if "least" in goal else value <= goal["most"]


def number(value):
    """Three digits that count, thousands as such."""
    if value >= 100_000:
        return f"{value / 1000:.0f} k"
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def table(figures):
    """Lines of text: name, goal, measured value, what it is compared with, ratio, and a word where the goal is missed."""
    rows = [("", "goal", "measured", "compared with", "ratio", "")]
    for line in figures:
        goal, peer = line.get("goal"), line.get("peer")
        wanted = ""
        if goal:
            wanted = f"≥ {number(goal['least'])}" if "least" in goal else f"≤ {number(goal['most'])}"
            wanted += " times" if peer else ""
        rows.append((line["benchmark"], wanted, f"{number(line['measured'])} {line['unit']}",
                     f"{peer['name']}: {number(peer['value'])}" if peer else "",
                     f"{line['ratio']:.2f}" if "ratio" in line else "", "MISSED" if is_met(line) is False else ""))
    widths = [max(len(row[place]) for row in rows) for place in range(6)]
    return ["  ".join(cell.ljust(width) if place == 0 else cell.rjust(width)
                      for place, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in rows]


def with_swift():
    """Puts a Swift toolchain on PATH; ends with its hint where there is none."""
    found = subprocess.run([f"{ROOT}/Scripts/find-swift"], stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        sys.exit(found.returncode)
    os.environ["PATH"] = f"{found.stdout.strip()}:{os.environ['PATH']}"


def built(package, product):
    """The path of a program, built in release mode."""
    build = ["swift", "build", "--package-path", os.path.join(ROOT, package), "--configuration", "release"]
    subprocess.run([*build, "--product", product], check=True, stdout=sys.stderr)
    shown = subprocess.run([*build, "--show-bin-path"], check=True, stdout=subprocess.PIPE, text=True)
    return os.path.join(shown.stdout.strip(), product)
