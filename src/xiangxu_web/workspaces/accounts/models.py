"""The tables of people, their posts, the ways of signing in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangxu.model.unit import Role as CoreRole
from xiangxu_web.workspaces.areas.models import Unit


class People(BaseUserManager["Person"]):
    """Finds people by their login name."""

    def create_user(self, login: str, name: str = "", password: str | None = None, **more: object) -> Person:
        """A new person; without a password they sign in first by a one-time code."""
        person = self.model(login=login, name=name or login, **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One person. What they may do hangs on their posts, never on the person."""

    login = models.CharField(_("登录名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("手机"), max_length=30, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    made = models.DateTimeField(auto_now_add=True)
    password_changed = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    # The post that was active last: the next sign-in begins with it.
    last_post = models.ForeignKey("Post", null=True, on_delete=models.SET_NULL, related_name="+")

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    objects = People()

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """One role of one person in one unit, from a day to a day. One post is active at a time; rows belong to posts."""

    class Role(models.TextChoices):
        """What a post is for."""

        LEADER = CoreRole.LEADER.value, _("领导")
        CLERK = CoreRole.CLERK.value, _("教育局专干")
        OFFICE = CoreRole.OFFICE.value, _("科室")
        LEAD_DEPARTMENT = CoreRole.LEAD_DEPARTMENT.value, _("部门")
        TOWN = CoreRole.TOWN.value, _("镇街")
        EDUCATION_OFFICE = CoreRole.EDUCATION_OFFICE.value, _("教管办、中心校")
        SCHOOL = CoreRole.SCHOOL.value, _("学校")
        INSPECTOR = CoreRole.INSPECTOR.value, _("责任督学")
        SUPERVISOR = CoreRole.SUPERVISOR.value, _("上级督导")
        SYSTEM_ADMIN = CoreRole.SYSTEM_ADMIN.value, _("系统管理员")
        AUDIT_ADMIN = CoreRole.AUDIT_ADMIN.value, _("审计管理员")
        SECURITY_ADMIN = CoreRole.SECURITY_ADMIN.value, _("安全管理员")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    starts = models.DateField(_("任职起"), null=True, blank=True)
    ends = models.DateField(_("任职止"), null=True, blank=True)
    may_open_child_files = models.BooleanField(_("可查看儿童个案"), default=False)
    may_act_for_others = models.BooleanField(_("可代填代录"), default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "unit", "role", "starts"], name="post_once"),
            # Two posts without a beginning count as different to a database.
            models.UniqueConstraint(fields=["person", "unit", "role"], condition=models.Q(starts=None), name="post_ever_once"),
        ]


class EntryCode(models.Model):
    """A one-time code for the first sign-in, printed on a slip. Only its hash is kept; it works once, until it expires."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entry_codes")
    hashed = models.CharField(max_length=128)
    made = models.DateTimeField()
    made_by_post = models.BigIntegerField(null=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class FormerPassword(models.Model):
    """A password that a person had before the present one, as its hash: so that it is not taken again too soon."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_passwords")
    hashed = models.CharField(max_length=128)
    until = models.DateTimeField()


class SignedLink(models.Model):
    """A door without an account: one unit, one purpose, until a moment. Only the token's hash is kept."""

    hashed = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=60)
    # What the purpose is about: {"task": 12} and the like.
    about = models.JSONField(default=dict)
    made = models.DateTimeField()
    made_by_post = models.BigIntegerField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)


class LinkUse(models.Model):
    """One opening of a signed link. The address of the visitor is kept as a keyed hash."""

    link = models.ForeignKey(SignedLink, on_delete=models.CASCADE, related_name="uses")
    at = models.DateTimeField()
    visitor = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20)
