"""What the head and the foot of an official document say of the document itself.

A plan reaches the office behind a notice that forwards it (关于印发《…》的通知): the notice carries the issuer, the number, the
signature and the date, the plan its title. Both are read off the first paragraphs, by the form that such papers have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiangxu.importer.layout.marks import ATTACHMENT
from xiangxu.importer.numerals import HAN_DIGIT, in_figures, ordinal_value
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Paragraph, Table
from xiangxu.model.plan import DocumentFacts

# The kinds of paper that carry tasks or promises; a title ends with one of them, perhaps with years or （试行） behind it.
_KIND = "方案|规划|计划|意见|办法|纲要|要点|清单|举措|措施|行动|工程|工作部署|细则|规程|条例|规定|规则|决定|通告|台账|任务书|指南|制度|总结|报告"
_TITLE_TAIL = r"(?:[（(][^（()）]{1,20}[）)])*"
_TITLE_END = re.compile(rf"(?:{_KIND}){_TITLE_TAIL}$")
_QUOTED_TITLE = re.compile(rf"《([^《》]*(?:〈[^〉]*〉[^《》]*)*(?:{_KIND}){_TITLE_TAIL})》")
_NOTICE = re.compile(r"(?P<issuer>.*?)(?:关于)?(?:转发|印发|发布|下发)(?P<what>.+?)的通\s*知$")
# The notice's own sentence: 现将《…》印发给你们, 《…》已经…同意, 制定了《…》, where its title says nothing of it.
_FORWARDED = re.compile(
    rf"(?:现将|制定了?|^){_QUOTED_TITLE.pattern}(?=，?(?:现?[印予]|已经|已|经))".replace("《(", "《(?P<title>", 1)
)
_NOTICE_TITLE = re.compile(r"关于.{2,120}的(?:通\s*知|通告|决定|公告|函|复函|批复|报告|请示)$")

# 鲁政办字〔2022〕168号, with the brackets that typists use instead of 〔〕.
DOC_NUMBER = re.compile(
    r"(?P<who>[一-鿿]{1,12}?[字发函办通规委组联督]{0,4})\s*[〔\[［(（【]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］)）】]\s*(?P<no>\d{1,4})\s*号"
)
_OWN_NUMBER = re.compile(rf"^[（(]?{DOC_NUMBER.pattern}(?:\s*(?:19|20)\d{{2}}年?)?[）)]?(?:签发人.*)?$")
# Words of the sentence that stand before a number cited without brackets.
_LEADING_WORDS = re.compile(r"^.*(?:根据|按照|依据|落实|贯彻|通知|要求|文件|以及|[和及与等])")
_PUBLIC = re.compile(r"此件(?:主动)?公开|公开(?:方式|属性|类别)[:：]?主动公开|公开发布）")

_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d{{2}}|{HAN_DIGIT}{{4}})年(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)

# Ends of the names of bodies that sign; needed to tell a signature from a sentence.
_BODY_END = re.compile(
    r"(?:人民政府|政府|办公室|办公厅|委员会|领导小组|指挥部|工委|党委|组织部|宣传部|教育部|部|委|厅|局|中心|管委会|国务院|部门|单位|联合会|学校)$"
)
_RECIPIENTS = re.compile(r"^(?:各|本|有关|市直|县直|区直|局|省).{2,}[:：]$")

_LEVELS = (("省", "province"), ("自治区", "province"), ("自治州", "city"), ("盟", "city"), ("自治县", "county"), ("旗", "county"), ("县", "county"), ("区", "county"), ("镇", "town"), ("乡", "town"), ("街道", "town"), ("市", "city"))  # fmt: skip
_PLACE = re.compile(
    r"^(?:中共|共青团)?(?P<place>[一-鿿]{1,8}?(?:自治区|自治州|自治县|省|市|县|旗|盟|镇|乡|街道|(?<!学)区))(?!域|直|级|区)"
)
_NATIONAL = re.compile(r"^(?:教育部|国务院|中共中央|中央|财政部|国家|全国|农业农村部|人力资源)")


@dataclass(frozen=True, slots=True)
class Head:
    """The facts, and where the plan itself begins: the index of the first block behind its title."""

    facts: DocumentFacts
    body_from: int
    title: Passage | None


def parse_date(text: str) -> date | None:
    """The first full date of a text, in Arabic or Han figures.

    >>> parse_date("二〇二三年十二月七日"), parse_date("2023年2月30日")
    (datetime.date(2023, 12, 7), None)
    """
    match = _DATE.search(text)
    if not match:
        return None
    year, month, day = (_number(match[k]) for k in "ymd")
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    return ordinal_value(text) if "十" in text else int(in_figures(text))


def read_head(blocks: Sequence[Paragraph | Table], key: str) -> Head:
    """The facts of the document, from the paragraphs before its first chapter."""
    head = [(i, b.text.squeezed()) for i, b in enumerate(blocks[:80]) if isinstance(b, Paragraph)]
    first = next((k for k, (_, t) in enumerate(head) if re.match(r"(?:一、|第一[章部])", t.text)), len(head))
    head = head[: max(first, 1)]
    texts = [_signers_apart(blocks[i], t.text) for i, t in head]

    issuer, named = _notice(texts)
    title_at = _title_paragraphs(texts, named)
    title: Passage | None = None
    if title_at is not None:
        title = Passage.join(t for _, t in head[title_at[0] : title_at[1]])
    body_from = head[title_at[1] - 1][0] + 1 if title_at else 0
    printed = title.text if title else named

    everything = ["".join(b.text.text.split()) for b in blocks if isinstance(b, Paragraph)]
    signer, issued_on = _signature(texts) or _signature(everything) or (None, None)
    if issuer is None or not _BODY_END.search(issuer):
        issuer = signer or _letterhead(texts) or _named_in(printed)
    number = next((_bare_number(t) for t in texts if _OWN_NUMBER.match(t)), None)
    region, level = _region(printed, issuer, texts)
    cited = [m for t in everything[body_from:] for m in DOC_NUMBER.finditer(t)]
    basis = tuple(dict.fromkeys(n for m in cited if (n := _number_of(m)) != number))
    return Head(
        DocumentFacts(
            key=key,
            title=printed,
            doc_number=number,
            issuer=issuer,
            issued_on=issued_on,
            region=region,
            region_level=level,
            basis=basis,
            public=any(_PUBLIC.search(t) for t in everything),
        ),
        body_from,
        title,
    )


def _signers_apart(block: Paragraph | Table, squeezed: str) -> str:
    """A line of several bodies side by side keeps them apart: 县委办公室　县政府办公室."""
    names = block.text.text.split() if isinstance(block, Paragraph) else []
    several = len(names) > 1 and all(len(n) > 3 and _BODY_END.search(n) for n in names)
    return "、".join(names) if several else squeezed


def _notice(texts: Sequence[str]) -> tuple[str | None, str | None]:
    """Issuer and plan's title as the forwarding notice gives them in its own title (which may be broken over lines)."""
    for width in (1, 2, 3, 4):
        for k in range(len(texts) - width + 1):
            joined = "".join(texts[k : k + width])
            if len(joined) > 160 or joined[-1:] not in "知":
                continue
            match = _NOTICE.match(joined)
            if not match:
                continue
            what = match["what"].strip("《》")
            quoted = _QUOTED_TITLE.search(match["what"])
            issuer = match["issuer"]
            above = texts[k - 1] if k else ""
            if not issuer and _BODY_END.search(above) and len(above) <= 40 and not re.search("[。，；：]", above):
                issuer = above
            return issuer or None, quoted[1] if quoted else what
    forwarded = next((m for t in texts for m in [_FORWARDED.search(t)] if m), None)
    return None, forwarded["title"] if forwarded else None


def _title_paragraphs(texts: Sequence[str], named: str | None) -> tuple[int, int] | None:
    """The paragraphs, from–to, that print the plan's title."""
    if named:
        wanted = _bare(named)
        for width in (1, 2, 3, 4):
            for k in range(len(texts) - width, -1, -1):
                if _bare("".join(texts[k : k + width])) == wanted:
                    return _with_years(texts, k, k + width)
    found = None
    for k, text in enumerate(texts):
        if (
            len(text) <= 60
            and _TITLE_END.search(text)
            and not re.search(r"[。；，：《]|印发|通知", text)
            and not ATTACHMENT.match(text)
        ):
            start = k
            while (
                start
                and _title_piece(texts[start - 1])
                and not _TITLE_END.search(texts[start - 1])
                and len("".join(texts[start - 1 : k + 1])) <= 60
            ):
                start -= 1
            found = _with_years(texts, start, k + 1)
            if not named:
                break
    if found or named:
        return found
    for width in (1, 2, 3):
        for k in range(len(texts) - width + 1):
            joined = "".join(texts[k : k + width])
            if len(joined) <= 120 and _NOTICE_TITLE.search(joined) and not re.search("[。；]", joined):
                return (k, k + width)
    return None


def _with_years(texts: Sequence[str], start: int, stop: int) -> tuple[int, int]:
    """A line of years or （试行） under the title belongs to it."""
    if stop < len(texts) and re.fullmatch(r"[（(][^（()）]{2,20}[）)]", texts[stop]) and not _PUBLIC.search(texts[stop]):
        return start, stop + 1
    return start, stop


def _title_piece(text: str) -> bool:
    """Whether a line may be an upper part of a title."""
    return (
        4 <= len(text) <= 30
        and not re.search(r"[。；：:，]|文件$", text)
        and not _OWN_NUMBER.match(text)
        and not _DATE.search(text)
        and not _PUBLIC.search(text)
        and not ATTACHMENT.match(text)
        and not _BODY_END.search(text)
    )


def _bare(text: str) -> str:
    return re.sub(r"[《》〈〉<>“”\"（）()\s]", "", text)


def _bare_number(text: str) -> str | None:
    match = DOC_NUMBER.search(text)
    return _number_of(match) if match else None


def _number_of(match: re.Match[str]) -> str:
    who = _LEADING_WORDS.sub("", match["who"])
    return f"{who}〔{match['year']}〕{match['no']}号"


def _signature(texts: Sequence[str]) -> tuple[str | None, date] | None:
    """The first line that is a date alone, and the body named above it or on it."""
    for k, text in enumerate(texts):
        day = parse_date(text)
        rest = _DATE.sub("", text)
        if day is None or re.search("印发|会议|通过|[。，；]", text) or (rest and not _BODY_END.search(rest)):
            continue
        if rest:
            return rest, day
        signers = [t for t in texts[max(0, k - 3) : k] if _BODY_END.search(t) and not re.search("[。，；：:]", t) and len(t) < 60]
        return ("、".join(signers) or None), day
    return None


def _letterhead(texts: Sequence[str]) -> str | None:
    """The body at the very top of the paper."""
    for text in texts[:3]:
        bare = re.sub("文件$", "", text)
        if _BODY_END.search(bare) and len(bare) <= 30 and not re.search("[。，；：]", bare):
            return bare
    return None


def _named_in(title: str | None) -> str | None:
    """The body that a title begins with: XX县人民政府关于…的意见."""
    name = (title or "").partition("关于")[0]
    return name if _BODY_END.search(name) else None


def _region(title: str | None, issuer: str | None, texts: Sequence[str]) -> tuple[str | None, str | None]:
    """The place whose plan it is, and its level. A 市 is a prefecture where the paper addresses counties or districts."""
    for text in (issuer, title):
        if text and _NATIONAL.match(text):
            return "全国", "country"
    for text in (title, issuer):
        match = _PLACE.match(text) if text else None
        if match:
            place = match["place"]
            level = next(level for suffix, level in _LEVELS if place.endswith(suffix))
            if level == "city":
                addressed = "".join(t for t in texts if _RECIPIENTS.match(t))
                if re.search(r"各(?:镇|乡|街)|街道|镇[政人党]", addressed) and not re.search(r"各(?:县|区)", addressed):
                    level = "county"
            return place, level
    return None, None
