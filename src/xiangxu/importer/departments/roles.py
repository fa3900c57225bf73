"""Who leads and who takes part, as brackets, lines and cells say it: by labels (牵头单位：…) or by verbs (…牵头，…配合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from xiangxu.importer.departments.names import ROLE_MARK, is_known, may_be_name, names_in
from xiangxu.importer.passage import Passage


class Role(Enum):
    """The part that a label or verb gives. ANSWERS (责任, 负责) leads where nobody else is named to lead, else takes part."""

    LEADS = "leads"
    ANSWERS = "answers"
    TAKES_PART = "takes part"
    PERSON = "person"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Share:
    """The names to which one label or verb gives a role."""

    role: Role
    names: tuple[Passage, ...]


# The words for the parts, as labels use them. What stands first in a label decides: 牵头责任单位 leads, 配合责任单位 takes part.
_LEADING = "牵头|主责|主办|主导|领办|总负责|首要责任|第一责任"
_ANSWERING = "责任|负责|承办|承担|实施|落实|执行|主管|完成"
_PARTAKING = "配合|参与|参加|协办|协助|协同|协作|协管|支持|指导|支撑|辅助|联办|共建"
_BODIES = "单位|部门|主体|科室|处室|股室|机构|地区|方"
# Persons answer too (责任领导, 分管领导, 责任人), but are no units.
_PERSONS = (
    r"(?:责任|牵头|分管|包保|挂钩|联系|主管|市级|县级|区级|主要|第一){0,3}"
    r"(?:领导|负责人|责任人|联系人|负责同志|联络员|承办人|经办人|联系电话)"
)
_ASIDE = r"(?:完成|整改|办理|工作|实施|责任|推进)?(?:时限|时间|期限|时间节点|节点|时间安排|进度安排|年限)(?:要求)?"
LABEL = re.compile(
    rf"(?:(?P<person>{_PERSONS})|(?P<aside>{_ASIDE})|"
    rf"(?:主要|具体|共同|总)?(?P<word>{_LEADING}|{_ANSWERING}|{_PARTAKING})(?:{_LEADING}|{_ANSWERING}|{_PARTAKING}|考核|督导|组织|及){{0,3}}"
    rf"(?:(?P<bodies>{_BODIES})(?:（(?:{_BODIES}|人|牵头|责任|共同)+）|[及和、/](?:{_BODIES}))?)?)[ \t　]*[:：]"
)
# Labels without the word for a unit that are clear all the same.
_CLEAR_ALONE = re.compile("牵头|配合|主责|主办|协办|参与|负责")

_SHARED = (
    r"(?:(?:按照?|根据|依据|依照|依)(?:各自)?(?:的)?(?:职责|职能|工作职责|任务|工作)(?:权限|范围)?(?:分工)?|按分工|"
    r"共同|分别|分工|具体|各自|联合|积极|密切|协同|全力|统筹){0,4}"
)
VERB = re.compile(
    rf"(?:{_SHARED}(?:(?P<lead>总?牵头(?:负责|组织实施|组织落实|组织|实施|落实|推进|抓总|完成|抓好落实)?|主责|主办|主抓|负总责)"
    r"|(?P<part>(?:配合|参与|参加|协助|协办|协同|支持|指导|支撑)(?:做好|落实|实施|完成|推进|配合)?)"
    r"|(?P<answer>负责(?:落实|实施|组织实施|推进|组织落实|完成|抓好落实|组织|指导)?|承办|组织实施|抓好落实|落实|实施|承担))"
    r"|(?:按照?|根据)(?:各自)?职责(?:分工)?)(?=\s*(?:[，,；;。、]|$))"
)
# 排在第一位的为牵头单位: said once in a bracket, it divides departments that are enumerated without division.
_FIRST_LEADS = re.compile(r"(?:列|排|居)(?:在)?(?:第一|首)位?(?:者|的)?(?:部门|单位)?(?:为|是|即为|系)(?:牵头|主责|主办)")
_REMARK = re.compile(r"下同|以下同|同前|(?:列|排|居)(?:在)?(?:第一|首).*")
# A date or how long: what a bracket says beside its departments (2025年底前完成, 长期坚持).
_DATE = re.compile(
    r"(?:到|在|于)?(?:\d{2,4}年|\d{1,2}月|每[年月季]|今年|明年|年底|“十.五”|长期|持续|常年|全年|常态化?|按进度|按计划|立即|近期)[^：:]{0,24}"
)
_TOGETHER = re.compile("会同|会商")
_COMMA = re.compile("[，,；;]")
_STOPS = "，,；;。、 \t　\n"
# What may stand before the first label: a date or how far things are to be (6月底完成，持续推进，), no longer than this.
_LONGEST_PREFIX = 40


def labelled(text: Passage) -> tuple[Share, ...] | None:
    """The shares of a text whose names stand behind labels; None where it has none, or holds what is no name.

    >>> [(s.role.value, [n.text for n in s.names]) for s in labelled(Passage.of("6月底完成，牵头单位：市教体局；配合单位：编办"))]
    [('leads', ['市教体局']), ('takes part', ['编办'])]
    """
    text = _undated(text)
    labels = list(_labels(text.text))
    if not labels or not _may_precede(text.text[: labels[0].start()]):
        return None
    shares = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        role = _role_of(label)
        part = _trimmed(text[label.end() : following.start() if following else len(text)])
        if role is Role.ASIDE:
            continue
        if role is Role.PERSON:
            shares.append(Share(role, tuple(p.squeezed() for p in part.split(re.compile(r"[、，,；;\s]+")) if p)))
            continue
        names = names_in(part)
        if "。" in part.text or not all(may_be_name(name.text) for name in names):
            return None
        shares.extend(_by_marks(part, role, names))
    return tuple(shares) if any(s.names and s.role is not Role.PERSON for s in shares) else None


def labelled_though_wrapped(text: Passage) -> tuple[Share, ...] | None:
    """As `labelled`; where a line end cut a label in two, the text without its white space says more."""
    as_printed, squeezed = labelled(text), labelled(text.squeezed())
    return squeezed if len(squeezed or ()) > len(as_printed or ()) else as_printed


def by_verbs(text: Passage) -> tuple[Share, ...] | None:
    """The shares of a text that says with verbs who leads, answers and takes part, and nothing else; else None.

    >>> [(s.role.value, [n.text for n in s.names]) for s in by_verbs(Passage.of("教育部牵头，中央编办、财政部按职责分工负责"))]
    [('leads', ['教育部']), ('answers', ['中央编办', '财政部'])]
    """
    sentence, _, remark = text.text.partition("。")
    if remark and not _REMARK.fullmatch(remark.strip(_STOPS)):
        return None
    text = _undated(text[: len(sentence)])
    shares: list[Share] = []
    start = 0
    for verb in VERB.finditer(text.text):
        role = Role.LEADS if verb["lead"] else Role.TAKES_PART if verb["part"] else Role.ANSWERS
        part = _trimmed(text[start : verb.start()])
        together = _TOGETHER.search(part.text)
        before, beside = (part[: together.start()], part[together.end() :]) if together else (part, part[:0])
        if together and role is Role.ANSWERS:
            role = Role.LEADS
        for share_role, passage in ((role, before), (Role.TAKES_PART, beside)):
            names = names_in(passage)
            if not all(may_be_name(name.text) for name in names):
                return None
            if names:
                shares.append(Share(share_role, names))
        start = verb.end()
    if not shares or text.text[start:].strip(_STOPS):
        return None
    return tuple(shares)


def enumerated(text: Passage) -> tuple[Share, ...] | None:
    """The share of a text that is nothing but names of known bodies, without label or verb."""
    names = names_in(text)
    if not names or not all(is_known(name.text) for name in names):
        return None
    return (Share(Role.ANSWERS, names),)


def of_cell(text: Passage) -> tuple[Share, ...]:
    """The shares of a cell of a list: by labels, by verbs, by marks behind the names, else undivided names."""
    said = labelled_though_wrapped(text) or by_verbs(text.squeezed())
    return said or tuple(_by_marks(text, Role.ANSWERS, names_in(text)))


def all_known(shares: Sequence[Share]) -> bool:
    """Whether every name of the shares is that of a certain unit, and somebody leads or answers."""
    return all(is_known(name.text) for share in shares for name in share.names) and somebody_answers(shares)


def somebody_answers(shares: Sequence[Share]) -> bool:
    """Whether the shares name anybody who leads or answers."""
    return any(share.role in (Role.LEADS, Role.ANSWERS) for share in shares)


def says_first_leads(text: str) -> bool:
    """Whether the text rules that of departments enumerated together the first one leads (排在第一位的为牵头单位).

    Said once with 下同, it holds for the whole document: then the caller passes `first_leads` to what finds owners.

    >>> says_first_leads("（工业和信息化部、农业农村部等负责。列第一位者为牵头单位，下同）")
    True
    """
    return _FIRST_LEADS.search(text) is not None


def _labels(text: str) -> Iterator[re.Match[str]]:
    for match in LABEL.finditer(text):
        if match["person"] or match["aside"] or match["bodies"] or _CLEAR_ALONE.search(match.group()):
            yield match


def first_label(text: str) -> re.Match[str] | None:
    """The first label of a text."""
    return next(_labels(text), None)


def _role_of(label: re.Match[str]) -> Role:
    if label["person"]:
        return Role.PERSON
    if label["aside"]:
        return Role.ASIDE
    if re.search(_LEADING, label.group()):
        return Role.LEADS
    return Role.TAKES_PART if re.search(_PARTAKING, label.group()) else Role.ANSWERS


def _may_precede(prefix: str) -> bool:
    bare = prefix.strip()
    return not bare or (len(bare) <= _LONGEST_PREFIX and bare[-1] in "，,；;、" and "。" not in bare)


def _by_marks(part: Passage, role: Role, names: tuple[Passage, ...]) -> list[Share]:
    """Shares by the marks behind names (县教体局（牵头）、县财政局): whoever has none takes part where another leads."""
    marks = list(ROLE_MARK.finditer(part.text))
    leading = [m for m in marks if m["lead"]]
    if not leading and not any(m["part"] for m in marks):
        return [Share(role, names)]
    shares = []
    for name in names:
        after = next((m for m in marks if part.at[m.start()] > name.at[-1]), None)
        own = after and not part.text[_index(part, name) + 1 : after.start()].strip()
        if own and after:
            marked = Role.LEADS if after["lead"] else Role.TAKES_PART if after["part"] else role
        else:
            marked = Role.TAKES_PART if leading else role
        shares.append(Share(marked, (name,)))
    return shares


def _index(part: Passage, name: Passage) -> int:
    return part.at.index(name.at[-1])


def _undated(text: Passage) -> Passage:
    """Without the parts between commas that only say when."""
    parts = text.split(_COMMA)
    kept = [part for part in parts if not _DATE.fullmatch(part.text.strip())]
    return text if len(kept) == len(parts) else Passage.join(kept, "，")


def _trimmed(part: Passage) -> Passage:
    left = len(part.text) - len(part.text.lstrip(_STOPS))
    return part[left : max(left, len(part.text.rstrip(_STOPS)))]
