"""The cast: one person for each role, with a name that no seed changes, for tests, demo and documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xiangxu.model.unit import Person, Post, Role, Unit
from xiangxu.world.county.areas import MOCHI, TOWNS, YANXI
from xiangxu.world.county.offices import PREFECTURE_BUREAU, code, town_government, town_office

# The place in a county at which a cast member stands → name. Those of 砚溪县, of 墨池县, of the prefecture.
YANXI_CAST = {
    "county-leader": "砚望葵",
    "bureau-leader": "墨疏桐",
    "clerk": "笺听荷",
    "office-basic": "毫映竹",
    "finance-bureau": "帛秋菱",
    "眉纹镇": "篆临蒲",
    "眉纹镇-office": "籀半榆",
    "雀舌乡-village-1": "牍晚荻",
    "眉纹镇-junior": "楮晓枫",
    "system-admin": "绢含萍",
    "audit-admin": "素星藻",
    "security-admin": "翰云葛",
}
MOCHI_CAST = {"other-leader": "册远鸥", "other-clerk": "缃闲鹭", "other-head": "椠沙雁"}
LANZHOU_CAST = {"supervisor": "卷长庚"}

_TOWN = next(town.code(YANXI) for town in TOWNS if town.name == "眉纹镇")
_OFFICE = code(YANXI, "office-basic")


def cast(
    people: Iterable[Person], posts: Iterable[Post], schools: Mapping[str, Unit], others: Mapping[str, Unit]
) -> dict[str, tuple[str, Post]]:
    """Role word → login and post. `schools`, `others`: the schools of the two counties by key."""
    logins = {person.name: person.login for person in people}
    by_post = {(post.person, post.unit, post.role): post for post in posts}
    bureau, other = code(YANXI, "edu-bureau"), code(MOCHI, "edu-bureau")
    named = (YANXI_CAST, MOCHI_CAST, LANZHOU_CAST)
    logins_at = {place: logins[name] for names in named for place, name in names.items()}
    members = {
        "county-leader": ("county-leader", code(YANXI, "government"), Role.LEADER),
        "bureau-leader": ("bureau-leader", bureau, Role.LEADER),
        "clerk": ("clerk", bureau, Role.CLERK),
        "office": ("office-basic", _OFFICE, Role.OFFICE),
        "lead-department": ("finance-bureau", code(YANXI, "finance-bureau"), Role.LEAD_DEPARTMENT),
        "town": ("眉纹镇", town_government(_TOWN), Role.TOWN),
        "education-office": ("眉纹镇-office", town_office(_TOWN), Role.EDUCATION_OFFICE),
        "headteacher": ("雀舌乡-village-1", schools["雀舌乡-village-1"].code, Role.SCHOOL),
        "inspector": ("眉纹镇-junior", code(YANXI, "office-inspection"), Role.INSPECTOR),
        "supervisor": ("supervisor", PREFECTURE_BUREAU, Role.SUPERVISOR),
        "system-admin": ("system-admin", bureau, Role.SYSTEM_ADMIN),
        "audit-admin": ("audit-admin", bureau, Role.AUDIT_ADMIN),
        "security-admin": ("security-admin", bureau, Role.SECURITY_ADMIN),
        "other-leader": ("other-leader", other, Role.LEADER),
        "other-clerk": ("other-clerk", other, Role.CLERK),
        "other-head": ("other-head", others["xibi-village"].code, Role.SCHOOL),
    }
    return {word: (logins_at[place], by_post[logins_at[place], unit, role]) for word, (place, unit, role) in members.items()}
