"""`plan read --bind`: proposals beside the targets, and how many in the summary."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tests.paths import REPOSITORY
from xiangxu.cli.main import main

DOCUMENT = REPOSITORY / "tests" / "plans" / "documents" / "d1.txt"


def test_bind_writes_a_proposal_beside_every_target(tmp_path: Path) -> None:
    """Kind, best card with parameters, score and words, and alternatives; the summary counts them by kind."""
    out = tmp_path / "plan.json"
    result = CliRunner().invoke(main, ["plan", "read", str(DOCUMENT), "--bind", "--json", str(out)])
    assert result.exit_code == 0, result.output
    assert "绑定建议：" in result.output
    assert "没有合适的卡片" in result.output
    targets = json.loads(out.read_text(encoding="utf-8"))["targets"]
    assert targets
    assert all(set(target["proposal"]) == {"kind", "best", "alternatives"} for target in targets)
    bound = [target["proposal"]["best"] for target in targets if target["proposal"]["best"]]
    assert all(set(best) == {"kind", "id", "params", "scope", "score", "words"} for best in bound)
    counted = sum(int(part.rsplit(" ", 1)[1]) for part in result.output.split("绑定建议：")[1].splitlines()[0].split(" · "))
    assert counted == len(targets)


def test_without_the_flag_the_reading_stays_as_it_was(tmp_path: Path) -> None:
    """No proposals, no word of them."""
    out = tmp_path / "plan.json"
    result = CliRunner().invoke(main, ["plan", "read", str(DOCUMENT), "--json", str(out)])
    assert result.exit_code == 0, result.output
    assert "绑定" not in result.output
    assert all("proposal" not in target for target in json.loads(out.read_text(encoding="utf-8"))["targets"])
