"""Who sees people and posts, and who gives posts and rights: the three administrators check one another (三权分立).

The system administrator and the bureau's clerk enter people and give ordinary posts. Posts with power over others, and the rights that
are given apart, come from the security administrator alone, who enters nobody. The audit administrator reads the audit and nothing
else. Nobody gives anything to themself.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import NOTHING, right, rule
from xiangxu_web.workspaces.accounts.models import Person, Post, SignedLink
from xiangxu_web.workspaces.accounts.posts import not_ended
from xiangxu_web.workspaces.areas.api import Unit, stand_in

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN})
# Posts with power over others: given by the security administrator alone.
GUARDED = ADMINISTRATORS | {Role.LEADER, Role.CLERK, Role.SUPERVISOR}
ORDINARY = frozenset(Role) - GUARDED
# Within its county a post of these roles knows whom to call.
_WHOLE_COUNTY = (Role.LEADER, Role.CLERK, Role.OFFICE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
_REGISTRARS = (Role.CLERK, Role.SYSTEM_ADMIN)

SEE_PEOPLE = right("person.list", _("查看人员和岗位"), *(role for role in Role if role is not Role.AUDIT_ADMIN))
MAINTAIN_PEOPLE = right("person.maintain", _("登记人员、办理普通岗位、发放登录码"), *_REGISTRARS)
GRANT = right("post.grant", _("授予重要岗位和专项权限"), Role.SECURITY_ADMIN)
IMPORT_PEOPLE = right("person.import", _("从表格导入人员和岗位"), *_REGISTRARS, Role.SECURITY_ADMIN)
MAKE_LINKS = right("link.make", _("发放免登录链接"), Role.CLERK, Role.OFFICE, Role.EDUCATION_OFFICE, Role.TOWN, Role.SUPERVISOR)
SEE_LINKS = right("link.list", _("查看和撤销免登录链接"), *(role for role in Role if role not in ADMINISTRATORS))


def givable(actor: Actor) -> frozenset[Role]:
    """The roles that the actor may give and end."""
    if actor.is_any(*_REGISTRARS):
        return ORDINARY
    return frozenset(GUARDED) if actor.is_any(Role.SECURITY_ADMIN) else frozenset()


def own_ground(actor: Actor, prefix: str = "") -> Q:
    """The units in which the actor's registers are kept: the whole county, and the unit that stands for its bureau in the prefecture's
    own level, where the county says who answers for it; above the counties only units of the own area, so that a prefecture's
    administrators have no hand in a county's people."""
    if actor.county_path:
        here = Q(**{f"{prefix}area__path__startswith": actor.county_path})
        ours = stand_in(actor.county_path, prefix)
        return here | ours if ours is not None else here
    return Q(**{f"{prefix}area_id": actor.area_id})


def _known_units(actor: Actor, prefix: str) -> Q:
    """The units whose people the actor knows."""
    if actor.is_any(Role.AUDIT_ADMIN):
        return NOTHING
    if actor.is_any(Role.SUPERVISOR):
        return Q(**{f"{prefix}id": actor.unit_id})
    if actor.is_any(*_WHOLE_COUNTY):
        return own_ground(actor, prefix)
    return Q(**{f"{prefix}path__startswith": actor.unit_path})


@rule(
    "person.see",
    Person,
    _("看人员：县级岗位看全县；镇街、教管办、学校、部门、督学看本单位及下属；上级督导只看本单位；审计管理员不看"),
)
def people_seen(actor: Actor) -> Q:
    """People with a post, now or once, in a unit whose people the actor knows."""
    return Q(pk__in=Post.objects.filter(_known_units(actor, "unit__")).values("person"))


@rule("post.see", Post, _("看岗位：与看人员相同，只看所管单位里的岗位，不看此人在别处的岗位"))
def posts_seen(actor: Actor) -> Q:
    """Posts in units whose people the actor knows; what the same person does elsewhere is not told."""
    return _known_units(actor, "unit__")


@rule("unit.staff", Unit, _("办理岗位的单位：本县未撤销的单位；县以上为本级单位"))
def units_staffed(actor: Actor) -> Q:
    """The units for which the actor may give posts."""
    if not givable(actor):
        return NOTHING
    return own_ground(actor) & (Q(closed__isnull=True) | Q(closed__gt=clock.today()))


@rule("person.appoint", Person, _("办理岗位的对象：本县人员，本人除外"))
def people_appointed(actor: Actor) -> Q:
    """To whom the actor may give a post: people of the own ground, never oneself."""
    if not givable(actor):
        return NOTHING
    return Q(pk__in=Post.objects.filter(own_ground(actor, "unit__")).values("person")) & ~Q(pk=actor.person_id)


@rule("post.change", Post, _("改、终止岗位：专干和系统管理员办普通岗位，安全管理员办重要岗位；本人的岗位除外"))
def posts_changed(actor: Actor) -> Q:
    """Posts that the actor could have given; nobody touches their own."""
    return own_ground(actor, "unit__") & Q(role__in=givable(actor)) & ~Q(person=actor.person_id)


@rule("post.rights", Post, _("专项权限（查看儿童个案、代填代录）：安全管理员授予本县岗位；管理员岗位和本人除外"))
def posts_granted(actor: Actor) -> Q:
    """Posts to which the security administrator may give a right apart: never an administrator's, never an own one."""
    if not actor.is_any(Role.SECURITY_ADMIN):
        return NOTHING
    return own_ground(actor, "unit__") & ~Q(role__in=ADMINISTRATORS) & ~Q(person=actor.person_id)


@rule(
    "person.change",
    Person,
    _(
        "改人员资料、发登录码：普通岗位人员由专干、系统管理员办；有重要岗位或可看儿童个案的由安全管理员办；本人和兼任外县岗位的除外"
    ),
)
def people_changed(actor: Actor) -> Q:
    """Whose data the actor may change and whom the actor may let in anew.

    A one-time code lets its holder in as that person, and an address of e-mail finds the person at single sign-on. Whoever could do
    this to somebody with more power than their own would have that power: so guarded people belong to the security administrator,
    and a person with a post elsewhere to nobody here.
    """
    registrar = actor.is_any(*_REGISTRARS)
    if not registrar and not actor.is_any(Role.SECURITY_ADMIN):
        return NOTHING
    theirs = Post.objects.filter(not_ended(clock.today()), person=OuterRef("pk"))
    guarded = Q(Exists(theirs.filter(Q(role__in=GUARDED) | Q(may_open_child_files=True))))
    elsewhere = Q(Exists(theirs.exclude(own_ground(actor, "unit__"))))
    return people_appointed(actor) & ~elsewhere & (~guarded if registrar else guarded)


@rule("person.factor", Person, _("解除他人的两步验证（手机遗失时）：安全管理员对本县人员；本人除外"))
def factors_cleared(actor: Actor) -> Q:
    """Whose second factor the security administrator may take away when the telephone is lost."""
    return people_appointed(actor) if actor.is_any(Role.SECURITY_ADMIN) else NOTHING


# What becomes of people's posts, rights and ways in.
_ACTS = (
    "person.add", "person.import", "person.reset", "person.factor_cleared", "post.give", "post.end", "post.drop", "post.rights",
)  # fmt: skip


@rule("person.lately", AuditRow, _("看近期谁得到、失去了什么岗位和权限：系统管理员、安全管理员看本县的，不看别的审计记录"))
def acts_seen(actor: Actor) -> Q:
    """What was done to people and posts of the own ground, so that each of the two sees what the other gave; how and from where stays in
    the audit."""
    if not actor.is_any(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        return NOTHING
    here = Q(area_path__startswith=actor.county_path) if actor.county_path else Q(area_path=actor.area_path)
    return here & Q(verb__in=_ACTS)


@rule("link.see", SignedLink, _("看、撤销免登录链接：专干看本县的；其他岗位看本单位及下属的，和自己发的"))
def links_seen(actor: Actor) -> Q:
    """Links of the own unit and those below, those that the own post gave out; the bureau's clerk those of the county."""
    if actor.is_any(*ADMINISTRATORS):
        return NOTHING
    made = Q(made_by_post=actor.post_id)
    if actor.is_any(Role.CLERK):
        return made | own_ground(actor, "unit__")
    if actor.is_any(Role.SUPERVISOR):
        return made | Q(unit=actor.unit_id)
    return made | Q(unit__path__startswith=actor.unit_path)
