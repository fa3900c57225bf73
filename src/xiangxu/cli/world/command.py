"""The command `xiangxu world`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from xiangxu.cli.world.telling import county_lines, plan_lines
from xiangxu.world.adopting import AdoptedPlan, adopt
from xiangxu.world.county import SEED, World, county
from xiangxu.world.county.areas import LANZHOU, MOCHI, YANXI
from xiangxu.world.sheets import exchange, workbook


@click.command()
@click.option("--seed", type=int, default=SEED, show_default=True, help="种子：同一种子总得到同一个县 / same seed, same county")
@click.option("--plan", help="采用一份真实方案：地方的文件夹名、名称或代码 / adopt the plan of a place")
@click.option("--out", type=click.Path(path_type=Path), help="写出 Excel 和 JSON 到这个文件夹 / write workbooks and JSON here")
@click.option("--json", "as_json", is_flag=True, help="全部内容，供程序用 / everything, for programs")
def world(seed: int, plan: str | None, out: Path | None, as_json: bool) -> None:
    """虚构的砚溪县：区划、单位、学校、人员、岗位；可采用一份真实方案的任务和目标 / the invented county."""
    made, adopted = county(seed), None
    if plan:
        try:
            adopted = adopt(made, plan)
        except LookupError as problem:
            raise click.ClickException(str(problem.args[0])) from problem
        made = adopted.world
    form = exchange(made) | ({"plan": _plan_form(adopted)} if adopted else {})
    written = _write(made, form, out) if out else []
    if as_json:
        click.echo(json.dumps(form, ensure_ascii=False, indent=1))
        return
    for line in [*county_lines(made), *(plan_lines(adopted) if adopted else ()), *(f"已写出 {path}" for path in written)]:
        click.echo(line)


def _write(made: World, form: dict[str, Any], out: Path) -> list[Path]:
    """One workbook for each county and the prefecture, and everything as JSON."""
    files = {f"{made.area(area).name}.xlsx": workbook(made, area) for area in (YANXI, MOCHI, LANZHOU)}
    files["world.json"] = (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as problem:
        raise click.ClickException(f"“{out}”写不进去：{problem.strerror}。文件若正开着，请先关上；或换一个文件夹。") from problem
    return [out / name for name in files]


def _plan_form(adopted: AdoptedPlan) -> dict[str, Any]:
    return {
        "place": adopted.place,
        "document": adopted.document.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "tasks": [
            task.entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            | {
                "answerable": task.answerable,
                "co_leads": list(task.co_leads),
                "participants": list(task.participants),
            }
            for task in adopted.tasks
        ],
        "targets": [target.model_dump(mode="json", by_alias=True, exclude_defaults=True) for target in adopted.targets],
        "units": {id: list(codes) for id, codes in adopted.units.items()},
        "added": [unit.code for unit in adopted.added],
        "stand_ins": dict(adopted.stand_ins),
    }
