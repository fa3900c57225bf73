"""The first day of an installation."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from xiangxu_web.commands.site_begin import begin_site
from xiangxu_web.flows.beginning import CannotBegin, Place, begin
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.accounts.api import actor_of, give_post, register
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.areas.models import Area, Unit

COUNTY = Place("988123", "试省", "试市", "试验县", "试验县教育局")
PEOPLE = (("sys.a", "甲某"), ("sec.b", "乙某"), ("aud.c", "丙某"))

pytestmark = pytest.mark.django_db


def test_the_first_county_has_a_bureau_and_three_administrators() -> None:
    """Areas down to the county, its bureau, and three different people with the three duties; nobody has a password yet."""
    slips = begin(COUNTY, PEOPLE)
    area = Area.objects.get(code="988123000000")
    assert [a.level for a in Area.objects.filter(path__in=_above(area.path)).order_by("path")] == [
        "nation",
        "province",
        "prefecture",
        "county",
    ]
    posts = Post.objects.filter(unit=Unit.objects.get(area=area)).order_by("pk")
    assert [p.role for p in posts] == ["system-admin", "security-admin", "audit-admin"]
    assert [login for login, _ in slips] == [login for login, _ in PEOPLE]
    assert not any(Person.objects.get(login=login).has_usable_password() for login, _ in PEOPLE)


def _above(path: str) -> list[str]:
    codes = path.split("/")[:-1]
    return ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]


def test_each_comes_in_by_the_printed_code() -> None:
    """The code that was printed opens the first sign-in page and leads to a password of one's own."""
    (login, slip), *_ = begin(COUNTY, PEOPLE)
    client = Client()
    answer = client.post(
        reverse("enter"),
        {
            "code": slip.code,
            "name": slip.person.name,
            "phone_end": "",
            "password1": "yanxi-Kaolin-77",
            "password2": "yanxi-Kaolin-77",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    assert Person.objects.get(login=login).has_usable_password()


@pytest.mark.parametrize(
    ("place", "people", "words"),
    [
        (Place("37", "试省", "试市", "试验县", "局"), PEOPLE, "6 位数字"),
        (COUNTY, (PEOPLE[0], PEOPLE[0], PEOPLE[2]), "三个不同的人"),
        (Place("990721", "试省", "试市", "试验县", "局"), PEOPLE, "已经在系统里"),
        (COUNTY, (("jian.tinghe", "某"), PEOPLE[1], PEOPLE[2]), "已有人使用"),
    ],
)
def test_what_cannot_be_a_beginning_is_refused(place: Place, people: tuple[tuple[str, str], ...], words: str) -> None:
    """A wrong code, one person for two duties, a county or a login that is there: told in words, and nothing is made."""
    before = Area.objects.count(), Person.objects.count()
    with pytest.raises(CannotBegin, match=words):
        begin(place, people)
    assert (Area.objects.count(), Person.objects.count()) == before


def test_the_command_prints_the_codes_once() -> None:
    """`site begin` tells each administrator's code and what to do next."""
    told = CliRunner().invoke(
        begin_site,
        [
            *(
                "--code",
                COUNTY.code,
                "--province",
                "试省",
                "--prefecture",
                "试市",
                "--county",
                "试验县",
                "--bureau",
                "试验县教育局",
            ),
            *("--system", "sys.a", "甲某", "--security", "sec.b", "乙某", "--audit", "aud.c", "丙某"),
        ],
    )
    assert told.exit_code == 0, told.output
    assert all(login in told.output for login, _ in PEOPLE)
    assert "首页“等您授予的重要岗位”" in told.output


PREFECTURE = Place("988100", "试省", "试市", "", "试市教育局")
ABOVE = (("sys.p", "丁某"), ("sec.p", "戊某"), ("aud.p", "己某"))


@pytest.mark.parametrize("first", ["prefecture", "county"])
def test_a_prefecture_before_or_after_its_counties(first: str) -> None:
    """Begun in either order the county lies in the prefecture, each has its own bureau and administrators; the prefecture's let in a
    supervisor, who sees the county's units and nothing may be given to a supervisor inside the county."""
    order = [(PREFECTURE, ABOVE), (COUNTY, PEOPLE)]
    for place, people in order if first == "prefecture" else order[::-1]:
        begin(place, people)
    county, prefecture = Area.objects.get(code=COUNTY.area_code), Area.objects.get(code=PREFECTURE.area_code)
    assert county.parent == prefecture
    assert prefecture.level == Area.Level.PREFECTURE
    bureau = Unit.objects.get(area=prefecture)
    system, security = (actor_of(Post.objects.get(unit=bureau, role=role)) for role in ("system-admin", "security-admin"))
    person = register(
        system, login="su.p", name="庚某", phone="", email="", unit_id=bureau.pk, role="office", title="", starts=None
    )
    give_post(security, person.pk, unit_id=bureau.pk, role="supervisor", title="", starts=None)
    supervisor = actor_of(Post.objects.get(person=person, role="supervisor"))
    assert set(rows("unit.see", supervisor).values_list("area__code", flat=True)) == {COUNTY.area_code, PREFECTURE.area_code}
    with pytest.raises(CannotBegin, match="已经在系统里"):
        begin(PREFECTURE, (("x.a", "甲"), ("x.b", "乙"), ("x.c", "丙")))


def test_the_command_begins_a_prefecture_without_a_county() -> None:
    """`site begin` with a prefecture's code asks for no county and tells how a supervisor comes in."""
    names = ("--code", "988100", "--province", "试省", "--prefecture", "试市", "--bureau", "试市教育局")
    people = ("--system", *ABOVE[0], "--security", *ABOVE[1], "--audit", *ABOVE[2])
    told = CliRunner().invoke(begin_site, [*names, *people])
    assert told.exit_code == 0, told.output
    assert "上级督导" in told.output


def test_the_command_begins_a_prefectures_own_level_beside_its_counties() -> None:
    """`site begin` with a city's code that ends in 01 asks for no county: it makes 市本级 with the bureaus of the counties begun before as
    units, each once, and nothing in them. Where 01 is a real county (自治州) it is begun as one, under its own name."""
    begin(Place("980721", "试省", "试市", "试验县", "试验县教育局"), PEOPLE)
    names = ("--code", "980701", "--province", "试省", "--prefecture", "试市", "--bureau", "试市教育局")
    people = ("--system", *ABOVE[0], "--security", *ABOVE[1], "--audit", *ABOVE[2])
    told = CliRunner().invoke(begin_site, [*names, *people])
    assert told.exit_code == 0, told.output
    assert "列入区县教育局" in told.output
    own = Area.objects.get(code="980701000000")
    assert (own.name, own.level, own.parent) == ("试市本级", Area.Level.COUNTY, Area.objects.get(code="980700000000"))
    assert dict(own.units.values_list("code", "name")) == {"980701-bureau": "试市教育局", "980701-980721": "试验县教育局"}
    assert Unit.objects.filter(area__code="980721000000").count() == 1
    with pytest.raises(CannotBegin, match="请写县"):
        begin(Place("982301", "试省", "试州", "", "局"), (("x.a", "甲"), ("x.b", "乙"), ("x.c", "丙")))
