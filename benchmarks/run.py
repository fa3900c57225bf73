"""Prints every figure of speed that the README names, beside named peers, in one run.

script/bench [reading|site] [--quick]
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import reading, site

PARTS = {"reading": ("Reading a plan", reading.run), "site": ("The site", site.run)}


def main() -> int:
    """Prints the parts asked for, else all; 1 where a figure is over its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="only this part")
    parser.add_argument("--quick", action="store_true", help="shorter runs, without the PDF of 300 pages")
    asked = parser.parse_args()
    over = []
    for name, (title, run) in PARTS.items():
        if asked.part in (None, name):
            print(f"{title}\n")
            over += run(asked.quick)
            print()
    for line in over:
        print(f"over its bar: {line}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
