"""Who belongs to a cluster (学区、教育集团) from which day on, and which school leads it. What was stays: a change ends one row and
begins another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.components.figures import day as in_words
from xiangxu_web.workspaces.areas.existence import existed
from xiangxu_web.workspaces.areas.keeping import locked
from xiangxu_web.workspaces.areas.models import ClusterMember, Unit
from xiangxu_web.workspaces.areas.rules import SCHOOL_KINDS


def join(actor: Actor, cluster_key: int, school_keys: Iterable[int], day: date) -> int:
    """Schools belong to the cluster from a day on; gives how many.

    Refused: a cluster or school that does not exist on the day, a school that is in a cluster on that day or later: one school is in one
    cluster at a time, and has to leave the one before it joins another.
    """
    keys = list(dict.fromkeys(school_keys))
    if not keys:
        raise ValidationError({"schools": _("请选择加入的学校。")})
    with action(actor, "cluster.join") as record:
        held = locked(actor, [cluster_key, *keys])
        cluster = _cluster(held[cluster_key], day)
        taken = {
            each.school_id: each for each in _from(day).filter(school__in=keys).select_related("cluster").order_by("-starts")
        }
        for key in keys:
            school = held[key]
            if school.kind not in SCHOOL_KINDS or not existed(school, day):
                raise ValidationError({"schools": _("“%(school)s”在这一天不是现有的学校。") % {"school": school.name}})
            if (other := taken.get(key)) is not None:
                raise ValidationError(
                    {
                        "schools": _("“%(school)s”在这一天或以后已属于“%(cluster)s”。请先在那里办理退出，再加入。")
                        % {"school": school.name, "cluster": other.cluster.name}
                    }
                )
            record.made(ClusterMember.objects.create(cluster=cluster, school=school, starts=day))
    return len(keys)


def leave(actor: Actor, cluster_key: int, member_key: int, day: date) -> ClusterMember:
    """A school belongs to the cluster no more from a day on. Refused: a day on which it did not belong to it yet."""
    with action(actor, "cluster.leave") as record:
        member = _member(actor, cluster_key, member_key)
        if member.starts is not None and day <= member.starts:
            raise ValidationError(
                {
                    "day": _("“%(school)s”%(starts)s 才加入，退出日期应晚于这一天。")
                    % {"school": member.school.name, "starts": in_words(member.starts)}
                }
            )
        before = values(member)
        member.ends = day
        member.save()
        record.changed(member, before)
    return member


def lead(actor: Actor, cluster_key: int, member_key: int, day: date) -> ClusterMember:
    """A school leads its cluster from a day on; whichever led it then is a member like others. Refused: a day on which the school does
    not belong to the cluster, a school that leads it already, a change of a later day, which would be lost."""
    with action(actor, "cluster.lead") as record:
        member = _member(actor, cluster_key, member_key)
        if member.leads:
            raise ValidationError(_("“%(school)s”已经是牵头校。") % {"school": member.school.name})
        if (member.starts is not None and member.starts > day) or (member.ends is not None and member.ends <= day):
            raise ValidationError({"day": _("“%(school)s”在这一天不属于本学区。") % {"school": member.school.name}})
        leading = list(_from(day).filter(cluster=cluster_key, leads=True).select_related("school").order_by("pk"))
        if any(each.starts is not None and each.starts > day for each in leading):
            raise ValidationError({"day": _("这一天以后已登记过别的牵头校，请把日期改到那以后。")})
        for each in leading:
            _turned(record, each, day)
        return _turned(record, member, day)


def history(cluster: Unit) -> QuerySet[ClusterMember]:
    """All rows of a cluster with their schools, the present ones first, then the latest to end."""
    return (
        ClusterMember.objects.filter(cluster=cluster)
        .select_related("school__area__parent")
        .order_by("-leads", "school__path", "starts")
    )


def free_schools(seen: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """The schools of these units that are in no cluster on the day or later."""
    taken = _from(day).values("school")
    return seen.filter(kind__in=SCHOOL_KINDS, closed__isnull=True).exclude(pk__in=taken).order_by("area__path", "path")


def _from(day: date) -> QuerySet[ClusterMember]:
    """Rows that hold on the day or on a later one."""
    return ClusterMember.objects.filter(Q(ends__isnull=True) | Q(ends__gt=day))


def _cluster(unit: Unit, day: date) -> Unit:
    if unit.kind != Unit.Kind.CLUSTER:
        raise Http404(_("没有找到，或不在您的岗位可见范围内。"))
    if not existed(unit, day):
        raise ValidationError({"day": _("“%(cluster)s”在这一天不存在。") % {"cluster": unit.name}})
    return unit


def _member(actor: Actor, cluster_key: int, member_key: int) -> ClusterMember:
    """A row of this cluster that has not ended, under the lock of the cluster."""
    locked(actor, [cluster_key])
    found = ClusterMember.objects.select_related("school").filter(pk=member_key, cluster=cluster_key, ends__isnull=True).first()
    if found is None:
        raise Http404(_("没有找到，或不在您的岗位可见范围内。"))
    return found


def _turned(record: Recorder, member: ClusterMember, day: date) -> ClusterMember:
    """Leads from the day on where it did not, or no more; until the day it stays as it was."""
    before = values(member)
    if member.starts == day:
        member.leads = not member.leads
        member.save()
        record.changed(member, before)
        return member
    ends, member.ends = member.ends, day
    member.save()
    record.changed(member, before)
    made = ClusterMember.objects.create(
        cluster_id=member.cluster_id, school_id=member.school_id, leads=not member.leads, starts=day, ends=ends
    )
    record.made(made)
    return made
