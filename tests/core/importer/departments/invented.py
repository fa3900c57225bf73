"""Names of units for the tests: kinds from the vocabulary, at levels of an invented place."""

from __future__ import annotations

from hypothesis import strategies as st

from xiangxu.importer.departments.vocabulary import vocabulary
from xiangxu.importer.passage import Passage

LEVELS = ("县", "市", "区")
GROUPS = ("各镇、街、区", "各镇街区", "各县（市、区）人民政府", "各乡镇（街道）", "各区、市政府", "各有关部门", "各乡镇人民政府")
TOWNS = ("青石镇", "柳泉乡", "河东街道")

# Names with the word for their organ; 委 and 政府 alone are governments, not departments.
_DEPARTMENTS = sorted(
    form for form, body in vocabulary().forms.items() if len(form) > 2 and not form.startswith(("委", "政", "直", "人"))
)


def departments() -> st.SearchStrategy[str]:
    """A department as a county's document prints it."""
    return st.builds(str.__add__, st.sampled_from(LEVELS), st.sampled_from(_DEPARTMENTS))


def units(least: int = 1) -> st.SearchStrategy[list[str]]:
    """Some units: departments, and at the end now and then a town or a group."""
    some = st.lists(departments(), min_size=least, max_size=6, unique=True)
    last = st.one_of(st.just([]), st.sampled_from(GROUPS).map(lambda g: [g]), st.sampled_from(TOWNS).map(lambda t: [t]))
    return st.builds(list.__add__, some, last)


def texts(passages: tuple[Passage, ...]) -> list[str]:
    """The texts of passages."""
    return [p.text for p in passages]
