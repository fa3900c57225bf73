"""Numbers that nobody promises, by the reason for which they are refused."""

from __future__ import annotations

import pytest

from tests.core.importer.promises.reading import figures, read

REFUSED = [
    # dates, documents, ordinals
    "根据《关于加强乡村学校建设的意见》（省教发〔2022〕168号）第十二条要求",
    "经县政府第41次常务会议和第三十七次党组会议研究",
    "落实县委十五届八次全会精神",
    "建成投用二期工程",
    # codes and names
    "落实“1530”安全教育机制",
    "构建“1+20+N”工作格局，优化“3+X”选科",
    "推进5G网络和IPv6升级",
    "实施“三名工程”",
    # what there is already
    "全县现有乡村中小学58所、教学点13个",
    "防溺水18个成员单位、13个镇街区协同联动",
    "截至2024年底，累计改造校舍11万平方米",
    "盘活现有23个留守儿童之家",
    "在现有62项便民服务的基础上深化改革",
    "2023年，公办园占比达到60%",
    "在全市100所引领校、100个典型案例中设置专项比例",
    "从具有3年以上企业工作经历的人员中公开招聘",
    "努力让全县41所乡村学校、1.8万名乡村学生共享优质教育",
    "发挥14处城区学校的核心作用",
    # whom or what it is about
    "45周岁以下乡村学校校长参加研修",
    "为距离学校2公里以上的走读学生提供校车",
    "招收3岁以下幼儿",
    "面向2至3岁幼儿提供托育服务",
    "整合规模不足60人的幼儿园",
    "任职满2个任期的校长原则上应予交流",
    "逐步消除56人以上大班额",
    "单程步行超过一小时的学生归零",
    "调查显示有45名学生每天步行上学",
    "还有38名学生没有床位",
    "气温超过35摄氏度时停止户外活动",
    "近3日内入园的幼儿重新登记",
    # descriptions in passing
    "每周一升旗",
    "开通24小时心理援助热线",
    "启动三年行动",
    "建设200米环形跑道",
    # figures of speech
    "锚定强基、提质、暖心三个关键词",
    "打造一支高素质队伍",
    "遴选一批研学基地",
    "努力破除城乡二元结构",
    "一年一个台阶",
    "建立五部门联席会议制度",
]


@pytest.mark.parametrize("text", REFUSED)
def test_no_figure_is_read(text: str) -> None:
    """The number is not read as a promise."""
    assert figures(text) == []


def test_accounts_by_heading() -> None:
    """Under a heading that announces an account nothing is promised, unless a date to come is named."""
    assert read("建成学校20所，新增学位3万个", subject="发展基础") == []
    assert [p.value for p in read("建成学校20所，到2027年再建5所", subject="现状基础")] == [5]


def test_intent_ends_an_account() -> None:
    """In the sentence after the account promises are read again."""
    assert [p.value for p in read("全区现有学校46所，学生1.9万人。三年内新增床位1200张")] == [1200]


def test_a_group_of_known_size_is_not_counted() -> None:
    """14个乡镇均建成 promises all of a known group, not fourteen of something."""
    assert [p.op.value for p in read("14个乡镇均建成标准化中心园")] == ["all"]
