"""``site begin``: the first county and the people who let everybody else in."""

from __future__ import annotations

import click

from xiangxu_web.flows.beginning import CannotBegin, County, begin


@click.command("begin")
@click.option("--code", prompt="县级行政区划代码（6 位）", help="县级行政区划代码，6 位。")
@click.option("--province", prompt="省（自治区、直辖市）名称", help="省名。")
@click.option("--prefecture", prompt="市（地、州）名称", help="市名；直辖市写“市辖区”。")
@click.option("--county", prompt="县（市、区）名称", help="县名。")
@click.option("--bureau", prompt="教育行政部门全称", help="例如“某某县教育和体育局”。")
@click.option("--system", nargs=2, prompt="系统管理员：登录名 姓名", help="系统管理员的登录名和姓名。")
@click.option("--security", nargs=2, prompt="安全管理员：登录名 姓名", help="安全管理员的登录名和姓名。")
@click.option("--audit", nargs=2, prompt="审计管理员：登录名 姓名", help="审计管理员的登录名和姓名。")
def begin_site(
    code: str,
    province: str,
    prefecture: str,
    county: str,
    bureau: str,
    system: tuple[str, str],
    security: tuple[str, str],
    audit: tuple[str, str],
) -> None:
    """建第一个县：区划、教育局和三位管理员，打印他们的一次性登录码。同一系统里再建一个县也用它。"""
    try:
        slips = begin(County(code, province, prefecture, county, bureau), (system, security, audit))
    except CannotBegin as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("已建好。登录码只显示这一次，请分别交给本人，在登录页选“用登录码首次登录”：")
    for login, slip in slips:
        click.echo(f"  {slip.person.name}（{login}）  {slip.code}")
    click.echo("下一步：系统管理员登录后，在“单位”页导入单位和学校，在“人员”页导入人员。")
