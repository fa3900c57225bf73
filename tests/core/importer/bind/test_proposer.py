"""What the proposer answers, on cards of our own: words, form, parameters, scope, slogans, and none."""

from __future__ import annotations

from tests.core.importer.bind.making import card, promise, scope, table
from xiangxu.importer.bind import Candidate, Proposal, Proposer, propose
from xiangxu.model.plan import Op, Per, Promise

SHARE = card("indicator", "boat-share", "渡船接送率", ("渡船接送", "乘船上学"))
COUNT = card("registry", "boat-count", "渡船数", ("购置渡船",), uom="个")
DUTY = card(
    "duty",
    "boat-check",
    "渡船检查",
    ("渡船安全检查",),
    params={
        "times": {"meaning": "次数", "default": 1},
        "per": {"meaning": "周期", "choices": ["year", "term", "month", "week"], "default": "year"},
    },
)
HONOUR = card(
    "registry",
    "honours",
    "称号数",
    ("书香校园",),
    uom="个",
    reads=["recognitions"],
    params={"level": {"meaning": "级别", "optional": True}},
    examples=[{"tables": {"recognitions": [{}]}, "gives": 1.0}],
)
SLOGAN = card("milestone", "slogan", "口号式目标")
CARDS = (SHARE, COUNT, DUTY, HONOUR, SLOGAN)
SCOPES = (scope("scope-islands", "海岛学校", "岛上学校"), scope("scope-all", "学校"))
FIELDS = (table("recognitions", 级别=["校级", "县级", "市级", "省级", "国家级"]),)


def one(said: Promise) -> Proposal:
    """The answer for a promise that stands alone."""
    return propose([said], CARDS, SCOPES, FIELDS)[0]


def test_the_form_chooses_among_cards_of_one_word() -> None:
    """渡船 stands on three cards: the unit and the period say which is meant."""
    answers = [
        one(promise("海岛学校渡船接送率达到90%", Op.GE, 90, "%")),
        one(promise("购置渡船4艘", Op.EQ, 4, "个")),
        one(promise("每月开展渡船检查2次", Op.GE, 2, "次", per=Per.MONTH)),
    ]
    assert [answer.best.id if answer.best else None for answer in answers] == ["boat-share", "boat-count", "boat-check"]
    assert [answer.kind for answer in answers] == ["indicator", "registry", "duty"]


def test_the_words_that_decided_are_named_and_two_alternatives_at_most() -> None:
    """A person sees why, and what else it could be."""
    answer = one(promise("海岛学校渡船接送率达到90%", Op.GE, 90, "%"))
    assert answer.best is not None
    assert answer.best.words[0] in ("渡船接送率", "渡船接送")
    assert len(answer.alternatives) <= 2
    assert all(other.score <= answer.best.score and other.id != answer.best.id for other in answer.alternatives)


def test_parameters_come_from_words_and_defaults_are_left_out() -> None:
    """Times and period of a duty, the level of an honour; what holds anyway is not repeated."""
    often = one(promise("每月开展渡船检查2次", Op.GE, 2, "次", per=Per.MONTH)).best
    assert often is not None
    assert often.params == {"times": 2, "per": "month"}
    once = one(promise("每年开展渡船检查1次", Op.EQ, 1, "次", per=Per.YEAR)).best
    assert once is not None
    assert once.params == {}
    honour = one(promise("争创省级书香校园3所", Op.EQ, 3, "所")).best
    assert honour is not None
    assert honour.params == {"level": "省级"}


def test_the_longest_name_is_the_scope() -> None:
    """海岛学校 is more than 学校; without a name in the promise the heading tells; else nobody is named."""
    assert _scope(promise("海岛学校渡船接送率达到90%", Op.GE, 90, "%")) == "scope-islands"
    assert _scope(promise("渡船接送率达到90%", Op.GE, 90, "%", scope="办好岛上学校")) == "scope-islands"
    assert _scope(promise("渡船接送率达到90%", Op.GE, 90, "%")) is None


def _scope(said: Promise) -> str | None:
    answer = one(said)
    assert answer.best is not None
    return answer.best.scope


def test_a_tick_is_asked_of_units_alone() -> None:
    """What every pupil is to get is asked of the schools that the words name beside them, and of nobody where they name none; a figure is
    counted over pupils as ever."""
    scopes = (*SCOPES, scope("scope-pupils", "岛上走读学生", "学生", tier="student"))
    asked = card("coverage", "resettled", "学生分流", ("做好学生分流",))
    for said, units, counted in (
        ("做好学生分流", None, "scope-pupils"),
        ("海岛学校做好学生分流", "scope-islands", "scope-islands"),
        ("学校做好岛上走读学生分流", "scope-all", "scope-pupils"),
    ):
        ticked = propose([promise(said, Op.ALL)], [asked], scopes, FIELDS)[0].best
        assert ticked is not None
        assert ticked.scope == units
        shared = propose([promise(said + "，渡船接送率达到90%", Op.GE, 90, "%")], [SHARE], scopes, FIELDS)[0].best
        assert shared is not None
        assert shared.scope == counted


def test_an_honour_that_no_card_names_is_known_by_its_deed() -> None:
    """Counties invent honours: what is applied for and awarded is a recognition all the same."""
    answer = one(promise("争创市级蓝色海湾示范校5所", Op.EQ, 5, "所"))
    assert answer.best is not None
    assert answer.best.id == "honours"


def test_none_is_said_where_no_card_is_known_and_the_kind_still() -> None:
    """Without a word in common nothing is proposed, and the form says how one would judge it."""
    answer = one(promise("教师心理素养测查合格率达到97%", Op.GE, 97, "%"))
    assert answer.best is None
    assert answer.kind == "indicator"
    answer = one(promise("建立灯塔看守制度", Op.DONE))
    assert answer.best is None
    assert answer.kind == "milestone"
    assert propose([], CARDS, SCOPES, FIELDS) == []


def test_a_few_shared_words_are_no_knowledge() -> None:
    """A promise of which most stands on no card, and little on the likeliest one, is of another matter: none, that card beside it."""
    answer = one(promise("海上牧场网箱安全检查", Op.DONE))
    assert answer.best is None
    assert _candidates(answer)
    assert one(promise("网箱安全检查", Op.DONE)).best is not None


def test_without_any_card_every_answer_is_none() -> None:
    """A place without cards is no fault."""
    assert [answer.best for answer in propose([promise("购置渡船4艘", Op.EQ, 4, "艘")], (), (), ())] == [None]


def test_a_state_without_figure_is_a_slogan_and_a_known_matter_is_not() -> None:
    """What nobody can look at is bound to the one generic milestone, unless a card knows its matter."""
    slogan = one(promise("优质公平的发展格局基本形成", Op.DONE)).best
    assert slogan is not None
    assert slogan.id == "slogan"
    known = one(promise("渡船接送率明显提升", Op.INCREASE)).best
    assert known is not None
    assert known.id == "boat-share"


def test_a_promise_goes_on_from_the_one_before() -> None:
    """其中… names its subject in the clause before; in another place it names none."""
    first = promise("渡船接送率达到90%", Op.GE, 90, "%")
    here = promise("其中低年级达到100%", Op.GE, 100, "%", id="p-002")
    there = promise("其中低年级达到100%", Op.GE, 100, "%", id="p-002", where="body 2")
    assert [c.id for c in _candidates(propose([first, here], CARDS, SCOPES, FIELDS)[1])][:1] == ["boat-share"]
    assert _candidates(propose([first, there], CARDS, SCOPES, FIELDS)[1]) == []


def _candidates(answer: Proposal) -> list[Candidate]:
    """Those that the words speak for; what stands beside them only so that there are two to choose from has no score."""
    return [each for each in (answer.best, *answer.alternatives) if each is not None and each.score]


def test_tellings_of_one_promise_help_each_other() -> None:
    """The row says only 接送全覆盖, the body 渡船接送: both are told to be one promise, and both are known."""
    body = promise("渡船接送全覆盖", Op.ALL, id="p-001")
    row = promise("有需要的都送", Op.ALL, id="p-002", where="list 1")
    told = [_same(body), _same(row)]
    assert [answer.best.id if answer.best else None for answer in propose(told, CARDS, SCOPES, FIELDS)] == ["boat-share"] * 2


def _same(said: Promise) -> Promise:
    return Promise(
        said.quote, said.where, said.metric, said.scope, said.op, said.place, id=said.id, same_as="p-001", level=said.level
    )


def test_the_answer_does_not_hang_on_the_order_of_the_cards() -> None:
    """Rules only: the same question, the same answer."""
    said = [promise("海岛学校渡船接送率达到90%", Op.GE, 90, "%"), promise("购置渡船4艘", Op.EQ, 4, "个", id="p-002")]
    forth = Proposer(CARDS, SCOPES, FIELDS).propose(said)
    back = Proposer(tuple(reversed(CARDS)), tuple(reversed(SCOPES)), FIELDS).propose(said)
    assert forth == back
