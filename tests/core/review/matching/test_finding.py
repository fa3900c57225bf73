"""Which shipped pack a document is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.review.matching.invented import CARD, TITLE, facts
from xiangxu.review.matching.finding import speaks_for

ENOUGH = 2


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"title": "云溪县 乡村教育提升方案 (2024-2027年)"},
        {"title": "《云溪县乡村教育提升方案（2024—2027年）》"},
        {"title": "云溪县人民政府办公室关于印发《云溪县乡村教育提升方案（2024—2027年）》的通知"},
        {"title": "云溪县人民政府办公室关于印发云溪县乡村教育提升方案（2024—2027年）的通知"},
        {"issuer": "云溪县人民政府"},
        {"issuer": "云溪县人民政府 办公室"},
        {"issuer": None, "issued_on": None, "doc_number": None, "region": None},
        {"issued_on": date(2024, 5, 20)},
        {"title": "云溪县乡村教育提升方茉（2024—2027年）"},
    ],
)
def test_one_document_however_it_is_printed(other: dict[str, Any]) -> None:
    """Blanks, brackets, the notice around it, the signing office, the printing date and a misread letter make no other plan."""
    assert speaks_for(facts(**other), CARD) >= ENOUGH


@pytest.mark.parametrize(
    "other",
    [
        {"title": None},
        {"title": "云溪县教育事业发展规划"},
        {"title": TITLE.replace("云溪", "云岭"), "region": "云岭县", "issuer": "云岭县人民政府", "doc_number": None},
        {"issued_on": date(2025, 5, 6), "doc_number": "云政办发〔2025〕3号"},
        {"issuer": "云岭县教育局", "issued_on": None, "doc_number": None},
        {"title": "云溪县乡村教育提升方茉（2024—2027年）", "issuer": None, "issued_on": None, "doc_number": None},
    ],
)
def test_another_document(other: dict[str, Any]) -> None:
    """Another title, another county, another year's version or issuer; a garbled title alone proves nothing."""
    assert speaks_for(facts(**other), CARD) < ENOUGH
