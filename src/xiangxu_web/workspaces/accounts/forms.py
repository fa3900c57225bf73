"""The forms of people, posts and signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.passwords import SeveralClasses
from xiangxu_web.workspaces.accounts.rules import givable
from xiangxu_web.workspaces.areas.api import Unit


def _password_rules() -> str:
    classes = settings.CONFIGURATION.password_classes
    more = SeveralClasses(classes).get_help_text() if classes > 1 else ""
    return more + _("至少 %(length)s 个字符；不能全是数字，不能与登录名、姓名、手机号相近，不能是常见密码。") % {
        "length": settings.CONFIGURATION.password_length
    }


PASSWORD_RULES = lazy(_password_rules, str)()


def _called(form: forms.Form, **words: Any) -> None:
    """Our words for fields that come from allauth, without the placeholder that repeats the label."""
    for name, label in words.items():
        form.fields[name].label = label
        form.fields[name].help_text = ""
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    """Login name and password."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _called(self, login=_("登录名"), password=_("密码"))


class AskPassword(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _called(self, password=_("密码"))


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The old and the new password."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _called(self, oldpassword=_("当前密码"), password1=_("新密码"), password2=_("再输一遍新密码"))
        self.fields["password1"].help_text = PASSWORD_RULES


class SetPassword(SetPasswordForm):  # type: ignore[misc]
    """A first password, for whoever came in by single sign-on."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _called(self, password1=_("新密码"), password2=_("再输一遍新密码"))
        self.fields["password1"].help_text = PASSWORD_RULES


def _ask_for_digits(form: forms.Form, words: Any) -> None:
    _called(form, code=words)
    form.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code", autofocus=True)


class FactorCode(AuthenticateForm):  # type: ignore[misc]
    """The six digits at sign-in, or a recovery code."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _called(self, code=_("验证码或恢复码"))
        self.fields["code"].widget.attrs["autofocus"] = True


class FactorCodeAgain(FactorForm):  # type: ignore[misc]
    """The six digits once more, before something that matters."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _called(self, code=_("验证码或恢复码"))


class FirstFactorCode(ActivateTOTPForm):  # type: ignore[misc]
    """The six digits that prove that the telephone is set up."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _ask_for_digits(self, _("手机上显示的 6 位数字"))


_LOGIN = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$", gettext_lazy("用字母、数字、点、下划线或短横，2 至 40 个字符，以字母或数字开头。")
)
_PHONE = RegexValidator(r"^[0-9+() -]{5,30}$", gettext_lazy("只用数字、短横和括号，5 至 30 个字符。"))


class PersonData(forms.Form):
    """A person's own data."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("手机"),
        max_length=30,
        required=False,
        validators=[_PHONE],
        help_text=gettext_lazy("首次登录时核对末四位。"),
    )
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"), required=False, help_text=gettext_lazy("只用于统一身份认证时对应到人，可不填。")
    )


def _offered(unit: Unit) -> str:
    """A unit to choose. The one that stands for the county at the prefecture bears the name of the county's own bureau."""
    told = {"unit": unit.name, "code": unit.code}
    return (_("%(unit)s（在市本级，%(code)s）") if unit.kind == Unit.Kind.COUNTY_BUREAU else _("%(unit)s（%(code)s）")) % told


class NewPost(forms.Form):
    """A post for a person. Only the units and roles that the acting post may give are offered."""

    unit = forms.ModelChoiceField(label=gettext_lazy("单位"), queryset=Unit.objects.none(), empty_label="—")
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    title = forms.CharField(label=gettext_lazy("职务"), max_length=40, required=False, help_text=gettext_lazy("如：校长、科长。"))
    starts = forms.DateField(
        label=gettext_lazy("任职日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, actor: Actor, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        units = rows("unit.staff", actor).order_by("kind", "name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = _offered  # type: ignore[attr-defined]
        given = givable(actor)
        self.fields["role"].choices = [(r.value, r.label) for r in Post.Role if r.value in given]  # type: ignore[attr-defined]


class NewPerson(NewPost):
    """A new person with a first post."""

    login = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=40,
        validators=[_LOGIN],
        help_text=gettext_lazy("建议用姓名拼音，如 wang.xiaoming。"),
    )
    name = PersonData.base_fields["name"]
    phone = PersonData.base_fields["phone"]
    email = PersonData.base_fields["email"]
    field_order = ("name", "login", "phone", "email", "unit", "role", "title", "starts")


class EndPost(forms.Form):
    """From which day a post is no more."""

    ends = forms.DateField(
        label=gettext_lazy("自哪天起不再任职"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class Rights(forms.Form):
    """The rights apart from the role."""

    may_open_child_files = forms.BooleanField(label=gettext_lazy("可查看儿童个案"), required=False)
    may_act_for_others = forms.BooleanField(label=gettext_lazy("可代填代录"), required=False)


class FirstSignIn(forms.Form):
    """The code of the slip, who one is, and a password of one's own."""

    code = forms.CharField(label=gettext_lazy("登录码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=gettext_lazy("您的姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone_end = forms.CharField(
        label=gettext_lazy("手机末四位"),
        max_length=4,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("单位登记了您的手机时须填写。"),
    )
    password1 = forms.CharField(
        label=gettext_lazy("设置密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_RULES,
    )
    password2 = forms.CharField(
        label=gettext_lazy("再输一遍密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("password1") and told.get("password2") and told["password1"] != told["password2"]:
            self.add_error("password2", _("两次输入的密码不一样，请重新输入。"))
        return told

    def check_password(self, person: Person) -> bool:
        """Whether the password keeps the rules for this person; what is wrong stands at its field."""
        try:
            validate_password(self.cleaned_data["password1"], person)
        except ValidationError as wrong:
            self.add_error("password1", wrong)
            return False
        return True


class Upload(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("Excel 文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        help_text=gettext_lazy("含“人员”“岗位”两张表；不超过 10 MB，每表不超过 20,000 行。"),
    )
