"""Cards of several layers: what a lower layer may say, what it may not, and who is told to have said it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.core.cards.invented import COUNTY, PASS_SHARE, THEME, changed, written
from xiangxu.cards import FaultyCards, Packs
from xiangxu.cards.kinds import Indicator, PlanCard

OVERRIDE = "kind: indicator\nid: pass-share\n"
PREFECTURE_CARD = "minghai/plans/linzhou/pass-share.yaml"
COUNTY_CARD = f"{COUNTY}/pass-share.yaml"


def faults(packs: Packs) -> list[str]:
    """The faults as lines, with the file's name."""
    return [f"{fault.file.name} {fault}" for fault in packs.faults]


def indicator(packs: Packs, place: str, on: date | None = None) -> Indicator:
    """The invented indicator as it holds at a place."""
    card = packs.at(place, on).get("pass-share")
    assert isinstance(card, Indicator)
    return card


def test_sound_packs_have_no_faults(tmp_path: Path) -> None:
    """The invented packs are sound as they stand."""
    assert faults(Packs.load([written(tmp_path)])) == []


def test_a_county_is_under_its_prefecture_its_province_and_the_nation(tmp_path: Path) -> None:
    """The chain follows from the region codes, and a place is found by folder, code or name."""
    packs = Packs.load([written(tmp_path)])
    assert [layer.name for layer in packs.at("yanxi").layers] == ["national", "minghai", "linzhou", "yanxi"]
    assert packs.layer("990123") == packs.layer("砚溪县") == packs.layer("yanxi")
    with pytest.raises(LookupError, match="是不是“yanxi”"):
        packs.layer("yanxy")


def test_a_county_elsewhere_is_not_under_this_prefecture(tmp_path: Path) -> None:
    """A neighbour's prefecture does not count, whatever folder it stands in."""
    packs = Packs.load([written(tmp_path, changed(f"{COUNTY}/document.yaml", "990123", "990223"))])
    assert [layer.name for layer in packs.at("yanxi").layers] == ["national", "minghai", "yanxi"]


def test_mappings_merge_and_lists_are_replaced_whole(tmp_path: Path) -> None:
    """A county that renames and brings its own words keeps the English title and loses the nation's aliases."""
    packs = Packs.load([written(tmp_path, {COUNTY_CARD: OVERRIDE + "title: {zh: 达标率}\naliases: [达标]\n"})])
    card = indicator(packs, "yanxi")
    assert (card.title.zh, card.title.en, card.aliases) == ("达标率", "Share that passes", ("达标",))
    assert indicator(packs, "linzhou").title.zh == "合格率"
    assert faults(packs) == []


def test_the_lowest_layer_has_the_last_word(tmp_path: Path) -> None:
    """Thresholds may be overridden in each layer; the county's count before the prefecture's."""
    bar = "thresholds:\n  - {{name: standing, op: ge, value: {}, source: {{title: 某办法, checked: false}}}}\n"
    more = {PREFECTURE_CARD: OVERRIDE + bar.format(92), COUNTY_CARD: OVERRIDE + bar.format(97)}
    packs = Packs.load([written(tmp_path, more)])
    values = [indicator(packs, place).thresholds[0].value for place in ("national", "minghai", "linzhou", "yanxi")]
    assert values == [90, 90, 92, 97]


@pytest.mark.parametrize(
    ("line", "field"),
    [("formula: 100 * sum(合格)", "formula"), ("uom: 个", "uom"), ("levels: [town]", "levels"), ("reads: [other]", "reads")],
)
def test_what_fixes_the_meaning_of_a_figure_is_not_overridden(tmp_path: Path, line: str, field: str) -> None:
    """The message names the card above and the way out: a new id that says what it compares with."""
    packs = Packs.load([written(tmp_path, {COUNTY_CARD: OVERRIDE + line + "\n"})])
    above = tmp_path / "national" / "indicators" / "pass-share.yaml"
    assert faults(packs) == [
        f"pass-share.yaml 第 3 行 {field}：“{field}”不能在下层改写：同一标识的数要能上下、左右比较。"
        f"删去这一行；确要另算，请另建一张卡片，用新标识并写 compares_with: pass-share。上层的卡片在 {above}（national）。"
    ]
    assert packs.at("yanxi").get("pass-share") is None


def test_saying_the_same_again_is_no_override(tmp_path: Path) -> None:
    """A county's export may repeat what cannot be changed."""
    packs = Packs.load([written(tmp_path, {COUNTY_CARD: OVERRIDE + 'uom: "%"\n'})])
    assert faults(packs) == []


def test_an_override_keeps_the_kind(tmp_path: Path) -> None:
    """An id means one kind of thing in all layers."""
    packs = Packs.load([written(tmp_path, {COUNTY_CARD: "kind: registry\nid: pass-share\n"})])
    [fault] = packs.faults
    assert (fault.field, fault.wrong) == ("kind", "标识“pass-share”上层是 indicator，这里是 registry")


def test_a_mistake_of_an_override_is_told_in_its_own_file(tmp_path: Path) -> None:
    """The file, the line and the field are those of the county's card, not of the nation's."""
    packs = Packs.load([written(tmp_path, {COUNTY_CARD: OVERRIDE + "when_empty: zeros\n"})])
    [fault] = packs.faults
    assert (fault.file, fault.line, fault.field) == (tmp_path / COUNTY_CARD, 3, "when_empty")


def test_a_mistake_above_is_told_once(tmp_path: Path) -> None:
    """What is wrong with the nation's card is not told again for every county that overrides it."""
    more = {**changed("national/indicators/pass-share.yaml", "better: higher", "better: high"), COUNTY_CARD: OVERRIDE}
    packs = Packs.load([written(tmp_path, more)])
    assert [fault.file.parent.name for fault in packs.faults] == ["indicators"]


def test_two_places_cannot_define_one_id(tmp_path: Path) -> None:
    """An id is unique over all kinds and layers, save for overriding."""
    card = THEME.replace("wellbeing", "local")
    packs = Packs.load([written(tmp_path, {f"{COUNTY}/local.yaml": card, "minghai/plans/other/local.yaml": card})])
    [fault] = packs.faults
    assert (fault.field, fault.wrong.startswith("标识“local”已被占用")) == ("id", True)


def test_two_files_of_one_layer_cannot_share_an_id(tmp_path: Path) -> None:
    """The second file is refused, whatever its kind."""
    packs = Packs.load([written(tmp_path, {"national/other/wellbeing.yaml": THEME})])
    assert [fault.wrong.split("：")[0] for fault in packs.faults] == ["标识“wellbeing”已被占用"]


def test_a_former_id_finds_the_card_and_is_never_used_again(tmp_path: Path) -> None:
    """A rename keeps old bindings alive; another card under the old id is refused."""
    renamed = {"national/indicators/pass-share.yaml": PASS_SHARE.replace("aliases:", "formerly: [old-share]\naliases:")}
    packs = Packs.load([written(tmp_path, renamed)])
    assert packs.at("yanxi").get("old-share") is packs.at("yanxi").get("pass-share")
    again = {**renamed, "national/old-share.yaml": THEME.replace("id: wellbeing", "id: old-share")}
    packs = Packs.load([written(tmp_path, again)])
    assert [fault.field for fault in packs.faults] == ["formerly"]


def test_only_what_is_in_force_on_the_day_counts(tmp_path: Path) -> None:
    """Before its first day a card is not there; an override counts from its own first day."""
    more = {COUNTY_CARD: OVERRIDE + "in_force: {from: 2024-01-01}\ntitle: {zh: 达标率}\n"}
    packs = Packs.load([written(tmp_path, more)])
    assert packs.at("yanxi", date(2014, 6, 30)).get("pass-share") is None
    assert indicator(packs, "yanxi", date(2023, 12, 31)).title.zh == "合格率"
    assert indicator(packs, "yanxi", date(2024, 1, 1)).title.zh == "达标率"
    assert indicator(packs, "yanxi").in_force.since == date(2014, 7, 1)


def test_explain_tells_the_layer_of_each_field(tmp_path: Path) -> None:
    """Each field has its value, the layer that gives it, its line, and what it hides."""
    more = {PREFECTURE_CARD: OVERRIDE + "title: {zh: 及格率}\n", COUNTY_CARD: OVERRIDE + "title: {zh: 达标率}\n"}
    found = Packs.load([written(tmp_path, more)]).explain("pass-share", "yanxi")
    origins = {origin.field: origin for origin in found.origins}
    title = origins["title.zh"]
    assert (title.value, title.written.layer.name, title.line) == ("达标率", "yanxi", 3)
    assert title.replaced == (("linzhou", "及格率"), ("national", "合格率"))
    assert origins["title.en"].written.layer.name == origins["formula"].written.layer.name == "national"
    assert [written.layer.name for written in found.written] == ["national", "linzhou", "yanxi"]


def test_explain_says_what_is_not_there(tmp_path: Path) -> None:
    """An unknown card is refused with the nearest ones, a faulty one with its faults."""
    packs = Packs.load([written(tmp_path, {COUNTY_CARD: OVERRIDE + "uom: 个\n"})])
    with pytest.raises(LookupError, match="是不是“pass-share”"):
        packs.explain("pass-shares", "yanxi")
    with pytest.raises(FaultyCards, match="不能在下层改写"):
        packs.explain("pass-share", "yanxi")


def test_an_exported_folder_lies_under_its_place(tmp_path: Path) -> None:
    """A county's own folder, read beside the shipped packs, finds its layers by its code."""
    own = tmp_path / "export"
    own.mkdir()
    (own / "place.yaml").write_text(
        'kind: place\nid: export-place\ntitle: {zh: 石渡县}\nregion_code: "990155"\nregion_level: county\n', encoding="utf-8"
    )
    packs = Packs.load([written(tmp_path / "packs"), own])
    assert [layer.name for layer in packs.at("石渡县").layers] == ["national", "minghai", "linzhou", "export"]
    assert faults(packs) == []


def test_a_plan_is_read_with_its_layer(tmp_path: Path) -> None:
    """The cards of a plan are those of its place alone."""
    packs = Packs.load([written(tmp_path)])
    assert [card.issuer for card in packs.at("yanxi").of(PlanCard)] == ["砚溪县人民政府办公室"]
    assert not list(packs.at("linzhou").of(PlanCard))


def test_an_english_title_is_asked_for_in_the_national_pack(tmp_path: Path) -> None:
    """The interface and the national cards are whole in English."""
    packs = Packs.load([written(tmp_path, changed("national/wellbeing.yaml", ", en: Fitness", ""))])
    assert [(fault.line, fault.field) for fault in packs.faults] == [(3, "title.en")]
