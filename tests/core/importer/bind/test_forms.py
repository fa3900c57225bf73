"""The form of a promise, and which ways of judging go with it."""

from __future__ import annotations

import pytest

from tests.core.importer.bind.making import promise
from xiangxu.importer.bind.forms import Form, Sort, fit, form_of, usual_kind
from xiangxu.model.plan import Op, Per, Promise


@pytest.mark.parametrize(
    ("said", "form"),
    [
        (promise("公办园在园幼儿占比达到60%", Op.GE, 60, "%"), Form.SHARE),
        (promise("城乡学历比例之比降至1.05", Op.LE, 1.05), Form.RATIO),
        (promise("新建幼儿园4所", Op.EQ, 4, "所"), Form.COUNT),
        (promise("每年评选优秀教师30名", Op.EQ, 30, "名", per=Per.YEAR), Form.YEARLY_COUNT),
        (promise("至少建成一处实践场所", Op.GE, 1, "处"), Form.EACH_COUNT),
        (promise("每学期督导2次", Op.GE, 2, "次", per=Per.TERM), Form.RECURRING),
        (promise("每月通报进展", Op.DONE, per=Per.MONTH), Form.ROUTINE),
        (promise("所有学校均设宣传栏", Op.ALL), Form.EACH),
        (promise("各校制定实施方案", Op.ALL, metric="实施方案"), Form.EACH_MAKES),
        (promise("失学儿童清零", Op.ZERO, 0), Form.NONE_LEFT),
        (promise("近视率下降", Op.DECREASE), Form.CHANGE),
        (promise("建立联席会议制度", Op.DONE), Form.MADE),
        (promise("争创一批文明校园", Op.DONE), Form.FOUNDED),
    ],
    ids=lambda value: value.quote if isinstance(value, Promise) else "",
)
def test_the_form_follows_operator_unit_and_verbs(said: Promise, form: Form) -> None:
    """A share, a count, a duty, a paper and an honour are told apart without looking at any card."""
    assert form_of(said) is form


def test_each_form_has_a_kind_that_it_asks_for_and_that_fits_best() -> None:
    """Where no card is known the kind is one that the form goes with as well as with any other."""
    for form in Form:
        best = max(fit(form, sort) for sort in Sort)
        assert best == 1.0
        assert max(fit(form, sort) for sort in Sort if sort.kind == usual_kind(form)) >= 0.9
