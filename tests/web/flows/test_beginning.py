"""The first day of an installation."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from xiangxu_web.commands.site_begin import begin_site
from xiangxu_web.flows.beginning import CannotBegin, County, begin
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.areas.models import Area, Unit

COUNTY = County("988123", "试省", "试市", "试验县", "试验县教育局")
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
    ("county", "people", "words"),
    [
        (County("37", "试省", "试市", "试验县", "局"), PEOPLE, "6 位数字"),
        (COUNTY, (PEOPLE[0], PEOPLE[0], PEOPLE[2]), "三个不同的人"),
        (County("990721", "试省", "试市", "试验县", "局"), PEOPLE, "已经在系统里"),
        (COUNTY, (("jian.tinghe", "某"), PEOPLE[1], PEOPLE[2]), "已有人使用"),
    ],
)
def test_what_cannot_be_a_beginning_is_refused(county: County, people: tuple[tuple[str, str], ...], words: str) -> None:
    """A wrong code, one person for two duties, a county or a login that is there: told in words, and nothing is made."""
    before = Area.objects.count(), Person.objects.count()
    with pytest.raises(CannotBegin, match=words):
        begin(county, people)
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
