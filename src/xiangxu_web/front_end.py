"""Lays out the front end's files: from ``node_modules`` (made by ``npm ci``) to ``build/front-end``, as they are, named by package.

Icons are put into one sprite: a page then loads only the few that the site uses.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "echarts/dist/echarts.common.min.js": "echarts/echarts.common.min.js",
}
# The site's icons, by Tabler's names. A further one is added here and used as {% icon "name" %}.
ICONS = (
    "home",
    "file-text",
    "calendar-stats",
    "list-check",
    "database",
    "eye",
    "chart-bar",
    "heart",
    "settings",
    "search",
    "user",
    "logout",
    "language",
    "menu-2",
    "download",
    "upload",
    "plus",
    "pencil",
    "check",
    "x",
    "chevron-down",
    "chevron-right",
    "chevron-left",
    "arrow-up",
    "arrow-down",
    "filter",
    "columns-3",
    "printer",
    "clock",
    "alert-triangle",
    "info-circle",
    "bell",
    "building",
    "school",
    "users",
    "key",
    "link",
    "shield",
    "refresh",
    "paperclip",
    "photo",
    "player-stop",
    "map-pin",
    "history",
    "dots",
    "external-link",
    "trash",
)
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def lay_out(node_modules: Path, target: Path) -> None:
    """Copies the files and writes the sprite; what was there before is replaced."""
    if target.exists():
        shutil.rmtree(target)
    for source, name in FILES.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        # Source maps are not shipped, so the line that names one would only make a failing request.
        text = (node_modules / source).read_text(encoding="utf-8")
        (target / name).write_text(re.sub(r"\n?(//|/\*)# sourceMappingURL=.*", "", text), encoding="utf-8")
    symbols = []
    for name in ICONS:
        svg = (node_modules / f"@tabler/icons/icons/outline/{name}.svg").read_text(encoding="utf-8")
        inside = _INSIDE.search(re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL))
        if inside is None:
            raise ValueError(f"no drawing in the icon {name}")
        drawing = " ".join(inside[1].split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    (target / "icons.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        f'stroke-linejoin="round">{"".join(symbols)}</svg>\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
