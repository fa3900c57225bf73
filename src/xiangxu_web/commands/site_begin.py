"""``site begin``: a county, the prefecture above it or its own level, and the people who let everybody else in."""

from __future__ import annotations

from dataclasses import replace

import click

from xiangxu_web.flows.beginning import CannotBegin, Place, begin

_FIRST = """接下来：
  1. 三人各自打开网站，在登录页点“用登录码首次登录”，填登录码和姓名，设自己的密码；管理员还要按页面提示在手机上设两步验证"""
_NEXT = f"""{_FIRST}
  2. 系统管理员：首页“下一步”——先在“单位”页导入单位和学校，再在“人员”页导入人员和岗位
  3. 安全管理员：首页“等您授予的重要岗位”——给专干、领导授予岗位，并在此人的页面发登录码
  4. 系统管理员：“人员”→“发放登录码”，为其余人员打印登录码
  5. 专干登录后，在“方案”页导入方案"""
_NEXT_ABOVE = f"""{_FIRST}
  2. 系统管理员：在“人员”页登记督导人员，先设普通岗位（科室）
  3. 安全管理员：在此人的页面授予“上级督导”岗位并发登录码；督导登录后看得到所辖各县已发布的方案和已接收的进展
  4. 所辖各县各自运行一次 site begin；先建市后建县、先建县后建市都可以
  5. 市里自己印发的方案也要在这里办：再运行一次 site begin，代码末两位写 01（市本级）"""
_NEXT_OWN = f"""{_FIRST}
  2. 系统管理员：“单位”页“列入区县教育局”把本系统里的区县列成单位，其余区县和市直单位用表格导入；再在“人员”页导入人员
  3. 安全管理员：首页“等您授予的重要岗位”——给专干、领导授予岗位，并在此人的页面发登录码
  4. 专干登录后，在“方案”页导入市里的方案
  5. 各区县的系统管理员：在本县人员的页面“设岗位”，单位选本县教育局在市本级的那一个，角色选“部门”"""


@click.command("begin")
@click.option(
    "--code",
    prompt="行政区划代码（6 位；市级末两位是 00，市本级是 01）",
    help="行政区划代码，6 位：县级，末两位是 00 的市级，或末两位是 01 的市本级。",
)
@click.option("--province", prompt="省（自治区、直辖市）名称", help="省名。")
@click.option("--prefecture", prompt="市（地、州）名称", help="市名；直辖市写“市辖区”。")
@click.option("--county", default="", help="县名；建市、市本级时不写。")
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
    """建第一个县：区划、教育局和三位管理员，打印他们的一次性登录码。再建县、上面的市（代码末两位 00）、市本级（末两位 01）也用它。"""
    place = Place(code, province, prefecture, county, bureau)
    if not (place.above_counties or place.called):
        place = replace(place, county=click.prompt("县（市、区）名称"))
    try:
        slips = begin(place, (system, security, audit))
    except CannotBegin as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("已建好。登录码只显示这一次，14 天内有效，请分别交给本人：")
    for login, slip in slips:
        click.echo(f"  {slip.person.name}（{login}）  {slip.code}")
    click.echo(_NEXT_ABOVE if place.above_counties else _NEXT_OWN if place.own_level else _NEXT)
