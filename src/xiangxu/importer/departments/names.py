"""Where one name ends and the next begins: in a bracket's text and in the cells of lists.

Offices part names by marks of enumeration, by line ends, by columns of blanks; and the same line ends and blanks stand inside
a name where a narrow column wrapped it or a short name was spread (妇  联). What parts and what only wraps is decided by what
the pieces are: the cheapest reading of all pieces together, where a known body costs nothing and half a name costs much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xiangxu.importer.departments.wording import Sort, Wording, group_at, plain, read_wording
from xiangxu.importer.passage import Passage

# A mark behind or inside a name that says its part, not another name: 县教体局（牵头）.
ROLE_MARK = re.compile(
    r"[（(]\s*(?:共同|联合|总)?(?:(?P<lead>牵头|主责|主办)|(?P<part>配合|参与|协办|协助)|负责|责任)(?:单位|部门)?\s*[)）]"
)
_SEPARATORS = "、，,；;/／|。"
# A cell that says that there is nobody: a dash, a stroke, 无.
_NOBODY = re.compile(r"[—－–―\-/／\\…·*]*|无|暂无|略|同上")
# 等 and what it stands for: the document names the others nowhere.
ETC = re.compile(
    r"等(?:\d+个)?(?:各)?(?:有关|相关)?(?:职能|成员|责任|市直|县直|区直)?(?:部门|单位|机构)?(?:[和及、]?(?:单位|部门))?$"
)
_FOOTNOTE = re.compile(r"(?:[①-⑳*＊※]|\[\d{1,2}\]|［\d{1,2}］|〔\d{1,2}〕|注\d?){1,6}$")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑳]|由|[—－\-·•])")
_AND = re.compile(r"以及|和|及|与")
# Words by which names of units end, known to the vocabulary or not.
_ENDING = re.compile(
    r"(?:局|委|部|办|厅|署|会|院|中心|政府|镇|乡|街道|街|区|县|市|省|旗|盟|州|站|所|处|室|科|股|组|团|队|校|园|馆|公司|集团|行|企业|"
    r"单位|部门|机构|联|协|社|台|机关|海关|班|联盟|基地|高校|中学|小学|初中|高中|中职|专班|教办|苏木)(?:[（〔][^（）〔〕]*[）〕])?$"
)
# Words of sentences, which no name of a unit holds.
_SENTENCE = re.compile(r"[的由将是把被须]|进行|加强|推动|建立|提高|确保|做好|通过|根据|开展|要求|可以|应当|[。！？：:]")
_LONGEST = 40
# A complete name and then the prefix of the next: two names whose separator got lost.
_RUN_ON = re.compile(r"(?:局|委|部|办|联|中心|公司|集团|[支大]队)(?=(?:市|县|区|省|团)[一-鿿]{2})")


def names_in(text: Passage) -> tuple[Passage, ...]:
    """The names in a run of text, in order, as printed without white space.

    >>> [n.text for n in names_in(Passage.of("市委宣传\\n部、市教体\\n局、各镇、街、区"))]
    ['市委宣传部', '市教体局', '各镇、街、区']
    >>> [n.text for n in names_in(Passage.of("团县委\\n妇  联\\n自然资源和规划\\n局"))]
    ['团县委', '妇联', '自然资源和规划局']
    """
    pieces, enumerated = _pieces(text)
    found: list[Passage] = []
    for atoms in pieces:
        for name in _cheapest(atoms, enumerated):
            found.extend(part for whole in _at_and(name) if (part := _cleaned(whole)))
    return tuple(found)


def is_known(name: str) -> bool:
    """Whether the vocabulary or its form makes the name that of a certain unit or group, so that it is none by accident."""
    wording = read_wording(name)
    if wording is None or _SENTENCE.search(name) or len(name) > _LONGEST:
        return False
    if wording.sort is Sort.BODY:
        return bool(wording.area) or not (wording.bare or _only_government(wording))
    return wording.sort is not Sort.SECTION or name.startswith(("局", "厅", "委"))


def may_be_name(name: str) -> bool:
    """Whether it can be the name of a unit, by its ending or as a body without the word for its organ (科技, 财政)."""
    if not 1 < len(name) <= _LONGEST or _SENTENCE.search(plain(name)):
        return False
    return bool(_ENDING.search(plain(name))) or read_wording(name) is not None


def _only_government(wording: Wording) -> bool:
    return wording.body is not None and not wording.body.under and wording.title in ("委员会", "人民政府")


def _pieces(text: Passage) -> tuple[list[list[Passage]], bool]:
    """What stands between separators, each as the atoms that white space makes of it; and whether there are separators."""
    pieces: list[list[Passage]] = [[]]
    atom: list[int] = []
    enumerated = False
    raw = text.text
    kept = [i for i, c in enumerate(raw) if not c.isspace()]
    squeezed = "".join(raw[i] for i in kept)
    rank = {index: k for k, index in enumerate(kept)}

    def end_atom() -> None:
        if atom:
            pieces[-1].append(text.keep(atom))
            atom.clear()

    i = 0
    while i < len(raw):
        mark = ROLE_MARK.match(raw, i) if raw[i] in "（(" else None
        if raw[i].isspace():
            end_atom()
        elif mark or raw[i] in _SEPARATORS:
            end_atom()
            pieces.append([])
            enumerated = enumerated or not mark
            i = mark.end() - 1 if mark else i
        else:
            end = _unbroken(raw, i, bool(atom), squeezed, rank, kept)
            atom.extend(k for k in range(i, end) if not raw[k].isspace())
            i = end - 1
        i += 1
    end_atom()
    return [piece for piece in pieces if piece], enumerated


def _unbroken(raw: str, i: int, inside: bool, squeezed: str, rank: dict[int, int], kept: Sequence[int]) -> int:
    """Where what begins at `i` ends at the earliest: a group of areas or a bracket is not parted by the marks inside it."""
    if raw[i] in "（(〔":
        close = min((k for c in "）)〕" if (k := raw.find(c, i, i + _LONGEST)) > 0), default=i)
        return close + 1
    if inside:
        return i + 1
    as_printed = group_at(raw, i)
    # A narrow column wrapped the group itself: 各镇、 街、区.
    whole = group_at(squeezed, rank[i])
    wrapped = kept[whole - 1] + 1 if whole > rank[i] else i
    return max(as_printed, wrapped, i + 1)


# What a reading of pieces costs: see the module's text. Where white space parts names, a merge of two pieces costs; where marks
# part them, a cut does. A single character is never a name, so that merging it costs next to nothing (妇  联).
_KNOWN, _BY_ENDING, _GOVERNMENT, _HALF, _STUMP, _RUNS_ON = 0.0, 0.4, 1.2, 3.0, 9.0, 2.0
_MERGE, _MERGE_STUMP, _CUT = 0.7, 0.2, 0.3
_MOST_ATOMS = 12
# What names of groups begin with.
_OF_MANY = "各有相其全所"


def _cost(name: str) -> float:
    wording = read_wording(name)
    cost = _HALF if len(name) > 1 else _STUMP
    if wording is not None and wording.sort is Sort.BODY:
        cost = _GOVERNMENT if _only_government(wording) else _BY_ENDING if wording.bare else _KNOWN
    elif wording is not None and wording.sort is not Sort.SECTION:
        # 县乡 may be two areas, or the first characters of 县乡村振兴局; 各乡镇中 is cut off in the middle of 中心校.
        if wording.sort is Sort.GROUP and not _ENDING.search(name) and name[-1] not in "）〕":
            return _HALF
        cost = _GOVERNMENT if wording.sort is Sort.GROUP and wording.title == name and name[0] not in _OF_MANY else _KNOWN
    elif len(name) > 2 and _ENDING.search(name) and name[0] not in "和与及":
        # 和规划局 is the rest of a name that the column wrapped.
        cost = _BY_ENDING
    return cost + _RUNS_ON * len(_RUN_ON.findall(name))


def _cheapest(atoms: Sequence[Passage], enumerated: bool) -> list[Passage]:
    """The reading of the atoms of one piece as names that costs least; of equal ones that with more names."""
    if len(atoms) == 1:
        return list(atoms)
    cut = _CUT if enumerated else 0.0
    # merges[k]: what it costs to merge the first k+1 atoms.
    merges = [0.0]
    for left, right in pairwise(atoms):
        stump = min(len(left), len(right)) == 1
        merges.append(merges[-1] + (0.0 if enumerated else _MERGE_STUMP if stump else _MERGE))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(atoms) + 1):
        choices = []
        for start in range(max(0, end - _MOST_ATOMS), end):
            name = "".join(atom.text for atom in atoms[start:end])
            step = merges[end - 1] - merges[start] + (cut if start else 0.0)
            choices.append((best[start][0] + _cost(name) + step, -start))
        cost, start = min(choices)
        best.append((cost, -start))
    names: list[Passage] = []
    end = len(atoms)
    while end:
        start = best[end][1]
        names.append(Passage.join(atoms[start:end]))
        end = start
    return names[::-1]


def _at_and(name: Passage) -> list[Passage]:
    """Parts two names that 和 joins; 自然资源和规划局 is one."""
    if not _AND.search(name.text) or _is_body(ETC.sub("", name.text)):
        return [name]
    for match in _AND.finditer(name.text):
        left, right = name[: match.start()], name[match.end() :]
        before, behind = ETC.sub("", left.text), ETC.sub("", right.text)
        if len(behind) < 3 and not behind.startswith("各"):
            continue
        # 县财政和县人社 are two; 县卫生和计划生育局 is one.
        complete = before != left.text or _is_body(before) or (is_known(before) and is_known(behind))
        if complete and may_be_name(behind):
            return [left, *_at_and(right)]
    return [name]


def _is_body(name: str) -> bool:
    """Whether the vocabulary knows the name as that of a body, its organ included."""
    wording = read_wording(name)
    return wording is not None and wording.sort is Sort.BODY and not wording.bare


def _cleaned(name: Passage) -> Passage | None:
    """The name without 等, footnote marks and numbers; None where it says that there is nobody."""
    before = -1
    while len(name) != before:
        before = len(name)
        for pattern in (_FOOTNOTE, ETC):
            if match := pattern.search(name.text):
                name = name[: match.start()]
        if match := _NUMBERED.match(name.text):
            name = name[match.end() :]
    return None if _NOBODY.fullmatch(name.text) else name
