"""Web pages, and Word files that are web pages in truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.importer.read.word import consistent, grid, lines
from xiangxu.importer.read import Unreadable, read
from xiangxu.importer.read.html import read_html
from xiangxu.importer.source import Line, Source


def page(body: str) -> Source:
    return read_html(f"<html><body>{body}</body></html>".encode(), "页.html")


def test_paragraphs_headings_and_breaks() -> None:
    """Block elements and line breaks end a paragraph, inline elements do not; white space is one blank."""
    source = page(
        "<h1>云岭县方案</h1><div>  一、总体<b>要求</b>\n</div><p>　　到2025年，<br>建成20所。</p>散文<span>字</span>"
        "<center><p>附件</p></center><p align=center><strong>清单</strong></p><pre>甲\n乙</pre>"
    )
    assert lines(source) == ["云岭县方案", "一、总体要求", "　　到2025年，", "建成20所。", "散文字", "附件", "清单", "甲", "乙"]
    assert all(isinstance(b, Line) and b.whole for b in source.blocks)
    hints = [(b.heading, b.centred, b.bold) for b in source.blocks if isinstance(b, Line)]
    assert hints[0] == (1, False, True)
    assert hints[5:7] == [(None, True, False), (None, True, True)]
    assert consistent(source)


def test_what_is_not_the_document_is_dropped() -> None:
    """Scripts, styles, forms, hidden parts, menus of links; a sentence with a link in it stays."""
    menu = "".join(f'<li><a href="{i}">政务公开{i}</a></li>' for i in range(6))
    source = page(
        f"<script>var a</script><style>p</style><nav>首页</nav><ul>{menu}</ul><p style='display: none'>藏</p><p hidden>藏</p>"
        "<form>搜索<input></form><p>根据<a href='x'>《办法》</a>制定。</p><footer>版权</footer><!-- 注 --><del>旧</del>"
    )
    assert lines(source) == ["根据《办法》制定。"]


def test_numbered_lists() -> None:
    """The numbers that a browser makes are in the text; start, value and type count."""
    source = page(
        "<ol start=3><li>甲</li><li value=7><p>乙</p><p>续</p></li><li>丙</li></ol><ol type=a><li>子</li></ol>"
        "<ol style='list-style-type:none'><li>1.丑</li></ol><ul><li>寅</li></ul>"
    )
    assert lines(source) == ["3. 甲", "7. 乙", "续", "8. 丙", "a. 子", "1.丑", "寅"]


def test_merged_cells() -> None:
    """rowspan and colspan, also of one block, reach as far as they say."""
    source = page(
        "<table><caption>清单</caption><thead><tr><th colspan=2>项目<th>时限</thead><tr><td rowspan=2>布局<td>撤并<br>新建<td>2025年"
        "<tr><td>改造<td>2027年<tr><td rowspan=2 colspan=2>块<td>甲<tr><td>乙</table>"
    )
    assert lines(source) == ["清单"]
    assert grid(source) == [
        ["项目", "←", "时限"],
        ["布局", "撤并\n新建", "2025年"],
        ["↑", "改造", "2027年"],
        ["块", "←", "甲"],
        ["↑", "←", "乙"],
    ]


def test_odd_tables() -> None:
    """Rows of different length are filled up, a span to the end ends with the table, absurd spans are bounded."""
    source = page("<table><tr><td>甲<td rowspan=0>乙<tr><td>丙<tr></tr><tr><td>丁<td colspan=999999>戊</table>")
    assert [row[:3] for row in grid(source)][:2] == [["甲", "乙", ""], ["丙", "↑", ""]] or grid(source)[1] == ["丙", "↑"]


def test_layout_tables_are_taken_apart() -> None:
    """A table that holds a table is the frame of the page."""
    source = page("<table><tr><td>左栏</td><td><p>正文</p><table><tr><td>1<td>甲<tr><td>2<td>乙</table></td></tr></table>")
    assert lines(source) == ["左栏", "正文"]
    assert grid(source) == [["1", "甲"], ["2", "乙"]]


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("gb18030", "<meta charset=gb2312>"),
        ("gb18030", ""),
        ("gb18030", "<meta charset=utf-8>"),
        ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
        ("utf-8", "<meta charset=klingon>"),
        ("utf-16", ""),
        ("utf-8-sig", ""),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, meta: str) -> None:
    """The declared encoding, and the true one where the declaration is wrong."""
    path = tmp_path / "页.html"
    path.write_bytes(f"<html><head>{meta}</head><body><p>云岭县镕鋆方案</p></body></html>".encode(encoding))
    assert lines(read(path)) == ["云岭县镕鋆方案"]


def test_word_file_that_is_a_web_page(tmp_path: Path) -> None:
    """Web systems hand out pages, plain or as web archive, under the name of .doc."""
    path = tmp_path / "方案.doc"
    path.write_text("<html xmlns:o='urn:o'><body><p>一、总体要求<o:p></o:p></p></body></html>", encoding="utf-8")
    assert lines(read(path)) == ["一、总体要求"]
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=D2=BB=A1=A2</p></body></html>\r\n--B--\r\n"
    )
    assert lines(read(path)) == ["一、"]


def test_hostile_pages() -> None:
    """Nesting beyond reason is refused rather than read in part; size is bounded; a blank page has no words."""
    with pytest.raises(Unreadable, match="嵌套过深"):
        page("<div>" * 100_000 + "甲")
    with pytest.raises(Unreadable, match="太大"):
        page("<p>甲</p>" * 2_000_000)
    with pytest.raises(Unreadable, match="上限 250000"):
        page("<li>甲" * 300_000)
    with pytest.raises(Unreadable, match="没有可读的文字"):
        page("<p> </p>")
    with pytest.raises(Unreadable, match="没有文字"):
        read_html(b" \n", "页.html")
    with pytest.raises(Unreadable, match="个单元格"):
        page("<table>" + "<tr><td colspan=999>甲" * 5000 + "</table>")
