"""Promises without a figure: all, none, more, less, and one deliverable.

Each vocabulary is closed and has a linguistic reason; a slogan that names no group, no deliverable and no thing to be ended
is not a promise. Words are looked for in one segment at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xiangxu.model.plan import Op


@dataclass(frozen=True, slots=True)
class Whole:
    """What a segment promises without a figure: the operator, and the words that say so at `start`..`end` of the segment."""

    op: Op
    start: int
    end: int


def _any(*words: str) -> re.Pattern[str]:
    """One pattern of alternatives, each with its reason beside it."""
    return re.compile("|".join(words))


_TO_EACH = r"[万千百]兆(?:[进到入][校班室园县]|接入)"
_ALL = _any(
    # A whole group is covered.
    r"全覆盖|全员覆盖|全域覆盖|基本覆盖|(?<!安)全保障|全免费|全纳入|全流程|实现全(?:配备|到位|联网|达标|公开)",
    r"覆盖(?:到)?(?:所有|全部|全体|全县|全市|全区|全省|全镇|全域|全学科|每)",
    # 全部, 所有, 均, 都: each member is counted. 均 must not be the second half of 平均, 人均, 生均 or begin 均衡.
    r"全部(?!门|力量|精力|过程|环节)|所有(?!制|权|者|人都知)|悉数|一律(?=[\u4e00-\u9fff])|一个不(?:少|落|漏)|一人不漏",
    r"(?<![平人生年户班师校亩件次日月周])均(?![衡等价值分线匀势为有不可])(?=[\u4e00-\u9fff])|均(?=有|不低于|为100|配|应|须|要|能)",
    r"(?:每|各)[^，；。]{1,14}都(?=有|要有|建|配|设|开|达|实现|完成|安排|享有)",
    # 普遍, 全员, 全面 only before a verb of doing: 普遍建立 is checkable, 普遍关注 and 全面提升 are not.
    r"普遍(?=建|设|开|组织|举办|达|实行|推行|配|成立|实施|享|够|具备|掌握|签|纳入|接)",
    r"全员(?=培训|轮训|参与|参加|覆盖|持证|上岗|达标|测评|体检)|轮训一遍|走遍",
    # 全面实现培养… fosters a state; 全面开展摸底排查 looks at each.
    r"全面(?=实现(?!培[养育]).|开展[^，；。]{2,16}(?:排查|普查|摸底)|推行|完成|消除|改造|取消|保障[^，；。]{0,6}(?:学校|学生|教师|儿童|幼儿|家庭)|落实[^“]{1,12}(?:标准|制度)|实施[^“]{1,14}制度|达标)",
    # Nothing is missing: 齐 and 足 after a verb; 应…尽…; the whole amount.
    r"[配开][齐足全](?:[^，；。]{0,2}[配开][齐足强全好])?|补齐(?=[^，；。]{3,}(?:短板|缺口|设施|设备|教师))|配备齐全|齐全(?![^，；。]*的)",
    r"应[\u4e00-\u9fff]{1,2}[尽必全][\u4e00-\u9fff]{1,2}|达到国家规定标准",
    r"足额(?=核拨|发放|拨付|落实|保障|到位|安排|参加|征收|配)|全额(?=用于|拨付|到位|返还|纳入)",
    # One for each: 一校一案, 一人一档; one by one: 逐校, 逐一登记; doubled: 校校通, 件件有回音.
    r"一[校园班村镇乡街县区家户人生项点室店组科师团队岗课车支塘河桥][^一，；。]{0,6}?一[案策品档册方卡台特图库表课项牌色套]|一[村乡镇]一园",
    # The same said with 每: 每生一床一柜.
    r"每[生校园班村户人车岗](?:一[床柜桌椅餐杯牌策案档册卡码警医岗品表课][、和]?)+",
    # Nobody works without a licence.
    r"持[\u4e00-\u9fff]{0,4}证书?上岗(?!率)",
    # 逐项 and 逐条 follow a list and count nothing by themselves, unless each item is closed.
    r"逐[校园班人户村镇乡县栋幢间生家点所](?!渐)|逐一(?=建|登记|排查|家访|核|验|入户|走访|销|整改|约谈|反馈|通报|回访|督导|评估)",
    r"逐[项条个件](?=销号|整改|验收|核查|核实|办结|化解|补)",
    r"(?P<twice>[校园班村镇乡街县户项堂])(?P=twice)(?:有|通|达标|建|开|成|配|过|清)|(?<=[见议诉求题访])件件有",
    # Each case that comes up: 查实一起、整改一起.
    r"(?:发现|查实|排查|核实|举报)一(?P<case>[起例件])、?(?:严肃)?(?:查处|整改|处理|通报|处置|销号)一(?P=case)",
    # A rule for all to whom its condition applies: 连续两次不合格的予以摘牌.
    r"(?:任?满|连续|累计|未|不合格|不达标)[^，；。]{1,14}的(?=应当|必须|予以|一律)",
    # Bandwidth to each school and class.
    _TO_EACH,
)
_BANDWIDTH = re.compile(_TO_EACH)
_ALL_REFUSED = re.compile(r"的?基础上|(?<!查找)(?<!排查)(?<!梳理)问题$|^对(?:不|未|符合)|^除|重中之重$|^将?[^，；。]{0,6}作为")
"""Where the whole group is only a condition, a starting point or a topic: 在开齐开足课程的基础上, 对未配齐教师的学校."""
_DOUBLED = re.compile(r"(.)\1")

_ALL_MEMBERS = re.compile(
    # 各乡镇制定方案: a deliverable of each of a named kind of unit, which is the subject at the head of the segment.
    r"^(?:各|每[个所名位]|全体)(?!级|类|项|种|自|司|尽|界|方|个)[^，；。、]{0,18}?(?:、[^，；。、]{1,14}){0,3}?"
    r"(?:要|应|须|分别|于|在|按|每年|每学期|每月|把)?[^，；。]{0,12}?"
    r"(?:制定|制订|出台|编制|印发|报送|成立|建立|设立|组建|完成|述职|公布|发布|纳入|上报|开设|配备|建成|达到|签订|明确)(?![和的等与])"
)

_ZERO = _any(
    # Ended or not there.
    r"清零|归零|为零|杜绝|消除|取缔|不再(?:新增|审批|新建|举办|设立|增加)|不发生|不出现|不因[^，；。]{1,14}(?:失学|辍学|[而失辍])|零发生|一[个所名例处人]不(?=撤|拖|发生)",
    # A kind of accident kept from happening.
    r"(?:防范|遏制|防止|避免)[^，；。]{0,6}(?:重特大|特大|重大|较大|恶性|群体性)[^，；。]{0,12}(?:事故|事件|案件)",
    r"零(?=进校|进入|体罚|差错|新增|增长|存量|发生|事故|辍学|失学|投诉|拒绝|违规|发案|溺亡|容忍|死亡|案件|遗漏|上访)",
    r"无一(?=例|人|名|起)|无(?=新增|辍学|事故|死角|违规|大班额)",
    # Forbidden. A comparison (不得低于) forbids nothing but states a bound, and is read with its figure.
    r"不(?:得|准|许)(?!不|超过|低于|少于|高于|大于|小于|多于|长于|短于|突破|少|低|高|超|力|当|到)",
    r"严禁|禁止|一律不|决不允许|绝不允许|坚决防止发生|全面禁|不(?=违规|搞|下达|让一|公布[^，；。]*名|炒作)",
    r"不以[^，；。]{1,16}(?:排名|排队|评价|考核|奖惩|衡量|依据)",
)
_ZERO_REFUSED = _any(
    # Manners and abstractions that cannot be counted: 不搞一刀切, 消除壁垒; consequences of a rule: 不得评优.
    r"^除|一刀切|不搞(?:盲目|重复|大拆大建|大水漫灌|大而全|形式|花架子|齐步走|平均主义)|不急功近利|走过场|严禁[^，；。]{0,3}$|不得(?:已|力|评|参评|享受|申报|晋升|推荐|作为)",
    r"消除[^，；。]{0,8}(?:影响|壁垒|障碍|误解|顾虑|差距|隔阂|歧视|隐患)",
)

_MORE = _any(
    r"只增不减|只升不降|逐年(?:提高|提升|增长|增加|上升|递增)|逐步(?:提高|提升|增加)(?=[^，；。]*(?:比例|数量|水平|标准|占比|率|规模))",
    r"(?:比例|占比|(?<!效)率|数量|满意度|水平|规模)[^，；。]{0,6}?(?:逐年|逐步|稳步|持续|显著|明显|大幅|进一步|不断)(?:提高|提升|增长|增加|上升|扩大|增强)",
    r"(?:提高|提升|增加|扩增|扩大)[^，；。]{2,16}(?:比例|占比|数量|学位|供给)$|显著(?:增强|提升|提高)(?=[^，；。]*(?:规模|质量|比例|数量))",
    r"大幅(?:提升|提高|增加)(?!的)|吸引力[^，；。]{0,4}增强",
)
_LESS = _any(
    r"只减不增|只降不升|只减不|逐年(?:降低|下降|减少)|逐步(?:降低|减少|缩小)|持续(?:下降|降低|减少)(?!的)|能[减免]则[减免]|应减尽减",
    r"(?:差距|比例|数量|近视率|发生率|负担)[^，；。]{0,6}?(?:逐年|逐步|稳步|持续|显著|明显|大幅|进一步)(?:缩小|降低|下降|减少|减轻)",
    r"大幅(?:减少|精简|压减|降低)",
)

_PAPERS = "制度|机制|体系|方案|办法|细则|规划|计划|清单|台账|标准|意见|指南|预案|档案|规范|规程|章程|路线图|名录|目录|报告|手册|条例|配套措施|信息|结果|政策"
"""What an office writes and adopts."""
_BODIES = (
    "领导小组|专班|工作组|专家组|中心|基金|平台|基地|资源库|数据库|委员会|联盟|共同体|工作室|联合体|专家团队|示范区|示范校|示范县|专网|热线|实验区|社团"
    "|服务站|学院|集团|教研室|协会|学校|幼儿园|校区|部"
)
"""What an office sets up or builds."""
_OFTEN = r"(?:定期|每(?:个?学[年期]|年|月|周|半年|季度|年年底))"

_DONE = _any(
    # Adopted papers. 健全 and 完善 alone polish what is there, so they count only with a paper of their own.
    rf"(?:编制|制定|制订|修订|出台|印发|拟定|发布|公布|建立健全|建立完善|建立|报送|整理)[^，；。]{{0,40}}?(?:{_PAPERS})",
    r"(?:形成|健全|完善)[^，；。]{0,16}(?:报告|规划|清单|台账|细则|预警机制|比对[^，；。]{0,8}机制|通报制度)|形成[^，；。]{2,16}长效机制",
    # Bodies and buildings.
    # 建设的幼儿园 says only which kindergartens.
    rf"(?:成立|组建|设立|建成|新建|迁建|筹建|创建|创成|上线|开通|搭建|开办|增设|改扩建|扩建|建设)(?!的)[^，；。]{{0,30}}?(?:{_BODIES})",
    r"升级[^，；。的]{2,10}(?:设备|设施)$|完成[^，；。]{2,16}(?:改造|改造提升|提升改造)(?:任务|工程)$",
    r"启动实施[^，；。]{2,}项目|(?:推动|启动)[^，；。]{2,}(?:新建|建设|改造)项目",
    # A choice made, an honour won, an examination passed.
    r"(?:遴选|评选|推荐|申报|申请创建|认定|选派|选树|创建|推介)[^，；。]{0,12}一批|一批[^，；。]{2,}(?:遴选|评选|认定)",
    r"(?:争创|创成|争取(?![^，；。]{0,12}(?:资金|支持|政策|投入|经费)))[^，；。]{2,}(?:县|市|区|校|镇|园|试点|品牌|基地|项目|高中)|通过[^，；。]{2,}(?:验收|认定|评估)|入选[^，；。]{2,}",
    # Made part of an assessment, a plan or a list; grounds for money or office; put right by a day.
    r"纳入[^，；。]{2,}(?:考核|评价|规划|评估|范围|督导|内容|清单|战略|评定)|作为[^，；。]{2,}(?:依据|重要内容)|限期整改",
    r"(?:予以|进行)[^，；。]{0,2}(?:通报|约谈)|(?:报|经)[^，；。]{2,12}(?:审定|批准|备案|评议)|实行[^，；。]{2,16}(?:周转池|捆绑聘用制度|服务期制度)",
    # What happens once, or again and again.
    r"(?:开展|组织|组织开展|完成|委托)[^，；。]{0,16}(?:中期评估|终期评估|总结评估|综合评估|评估报告)|召开[^，；。]{0,12}(?:会议|推进会|调度会)",
    rf"{_OFTEN}(?!均)[^，；。]{{0,20}}?(?:开展|组织|召开|举办|发布|公布|通报|调度|汇报|到校|遴选|推荐|评价|评选|清理|进行|报|设立|述职|更新)",
    r"(?:设置|设立|安排|单列)[^，；。]{2,20}(?:比例|名额|指标)$",
    # Handed in by a day; □ stands for a date.
    r"□(?:之?前|以前)[^，；。]{0,40}?(?:报送|上报|提交|报(?![告名道废酬销纸考警刊表])|反馈|公示|公布)",
    r"年度(?:[^，；。]{0,6})(?:体检|监测|补充|通报|述职|考核)(?:制度|机制)",
    # A state declared reached.
    r"(?<=[\u4e00-\u9fff■])(?:格局|机制|体制|体系|制度|模式)[^，；。]{0,2}(?:基本|全面|初步|更加|进一步)?(?:形成|建立|建成|理顺|健全)|(?:基本|全面)(?:建立|形成|建成|实现)",
    r"全面实现$|实现[^，；。]{2,}(?:突破|同步招生|目标)|(?:校园|学校|高中)实现(?:零的)?突破|达到[^，；。]{2,}(?:标准|类别|条件|要求)",
)

_PRINCIPLE = re.compile(
    # Segments that state a principle or a manner: what is said there in passing (坚持一校一案) is not promised by itself.
    r"^(?:[一二三四五六七八九十]是)?(?:要(?=坚持|按照[^，；。]*(?:要求|原则)$))?(?:坚持|鼓励|探索|积极探索|支持有条件|围绕|以[^，]{2,20}为(?:主线|抓手|核心|重点|目标|导向|引领|牵引)|按照|根据(?!(?:工作|实际|教学)*需[要求])|为(?!期)"
    r"|让|避免|防止|反对|(?:重点)?加强对|巩固提升|贯彻|突出|树立|牢固树立|聚焦|深化认识)"
)

_NAMES_GROUP = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:实现|确保)?"
    r"(?:所有|各[^，；。]{1,16}均|每[个所名位][^，；。]{1,16}(?:均|都)|[^，；。]{2,16}(?:均(?!衡)|全部)(?=[\u4e00-\u9fff]))"
)
_CONTINUES = re.compile(
    r"^(?:并)?(?:有(?!效|序|力|关|条件)|搭建|建立|形成|配备|设立|设置|落实|明确|具备|整理|制定|开设|建有|配有|达到|实现)"
    # 明确职责、加强培训、改善条件 says what is aimed at, 明确时间表、路线图 what stands in a paper: nothing that each has afterwards.
    r"(?![^，；。]*(?:作用|优势|效益|格局|局面|氛围|、加强|、改善|、强化|、提升|、提高|时间表|路线图|施工图))[^，；。]{4,}"
)
_STANDARD = re.compile(
    r"(?=[不高优超达])(?:(?:(?P<GE>不得?(?:低于|少于|弱于|差于))|(?P<LE>不得?(?:高于|超过|多于)))"
    r"(?=[^，；。]{0,24}(?:水平|标准|平均|上年|公务员|市级|省级|同期|同类|同级|比例|学校|幼儿园|城区|城市))"
    r"|(?P<above>高于|优于|超过|达到或超过|不低于或高于)(?=[^，；。]{0,16}(?:平均|均值|平均水平|城区[^，；。]{0,6}水平)))"
)
"""A comparison with a standard instead of a figure: 不低于当地公务员平均工资收入水平, 高于全省平均水平."""
_CONDITION = re.compile(
    r"(?:任?满|连续|累计|未|不合格|不达标|不符合)[^，；。]{1,16}的(?:(?:或|和|、)?[正副]?(?:校长|园长|教师|干部))*$"
)
_CONSEQUENCE = re.compile(r"^(?:原则上)?(?:应当|应(?!对|急|用)|必须|予以|一律|取消|撤销|不再)")
"""A rule over two segments, for all to whom its condition applies: 任满两届的（校长），应当交流."""
_OPENS_PRINCIPLES = re.compile(r"^(?:[一二三四五六七八九十]是)?(?:坚持|遵循|秉持|秉承)")
_AVOIDING = re.compile(r"^不(?:搞|急|求|图|唯)")


_KIND_OF_EDUCATION = r"(?:学前|义务|高中|职业|特殊)教育"
_SIDE_BY_SIDE = re.compile(
    # Each kind of education its own aim; bandwidth in quotation marks, and what else covers all.
    rf"(?<=实现)(?P<left>{_KIND_OF_EDUCATION}[^、，]{{3,}})、(?={_KIND_OF_EDUCATION}[^、，]{{3,}}$)"
    r"|兆[^”]+”、(?=[^、，]{4,}全覆盖$)"
    # What each of a group sets up and, beside it, staffs or equips.
    r"|均(?:成立|设立|设置|建立|建有)[^，；。、并]{2,}并(?=(?:落实|配备|安排|明确)[^，；。]{3,}$)"
)


def side_by_side(plain: str) -> list[tuple[int, int]]:
    """The stretches of a segment that promise something each, where it plainly lists two promises; else the whole segment.

    >>> text = "基本实现义务教育优质均衡、学前教育普及普惠"
    >>> [text[start:end] for start, end in side_by_side(text)]
    ['基本实现义务教育优质均衡', '学前教育普及普惠']
    """
    match = _SIDE_BY_SIDE.search(plain)
    return [(0, match.end() - 1), (match.end(), len(plain))] if match else [(0, len(plain))]


def names_group(bare: str) -> bool:
    """Whether a segment has each member of a group for its subject, which what follows may share: 所有学校均…, 各学校分级制定…"""
    return _NAMES_GROUP.match(bare) is not None or _ALL_MEMBERS.match(bare) is not None


def continues_group(bare: str) -> bool:
    """Whether a segment goes on about the group named before it: a concrete verb and its object, without a subject."""
    return _CONTINUES.match(bare) is not None


def is_rule(before: str, bare: str) -> bool:
    """Whether two segments are a rule for all to whom its condition applies.

    >>> is_rule("校长任满两届的", "应当交流任职"), is_rule("表现突出的", "应当表扬")
    (True, False)
    """
    return _CONSEQUENCE.match(bare) is not None and _CONDITION.search(before) is not None


def only_avoids(opening: str, bare: str) -> bool:
    """Whether a segment only says how the work is not to be done, in a statement that opens with a principle.

    >>> only_avoids("坚持规划先行", "不搞层层加码"), only_avoids("优化招生", "不搞层层选拔")
    (True, False)
    """
    return _OPENS_PRINCIPLES.match(opening) is not None and _AVOIDING.match(bare) is not None


def find_wholes(plain: str, bare: str) -> list[Whole]:
    """What one segment promises without a figure; one entry for each thing said of it, at most one of `done`.

    >>> [w.op.value for w in find_wholes("乡村学校全部达标", "乡村学校全部达标")]
    ['all']
    >>> find_wholes("坚持一校一案", "坚持一校一案")
    []
    """
    if found := list(_changes(bare)):
        return found
    if found := list(_none(plain, bare)):
        return found
    if found := list(_all(plain, bare)):
        return found
    if match := _STANDARD.search(bare):
        return [Whole(Op.LE if match["LE"] else Op.GE, match.start(), match.end())]
    match = _DONE.search(bare)
    if match and not _PRINCIPLE.match(bare):
        return [Whole(Op.DONE, match.start(), match.end())]
    return []


def _changes(bare: str) -> Iterator[Whole]:
    for op, words in ((Op.INCREASE, _MORE), (Op.DECREASE, _LESS)):
        if match := words.search(bare):
            yield Whole(op, match.start(), match.end())


def _none(plain: str, bare: str) -> Iterator[Whole]:
    match = _ZERO.search(plain)
    if match is None or _ZERO_REFUSED.search(plain):
        return
    yield Whole(Op.ZERO, match.start(), match.end())
    for further in _ZERO.finditer(plain, match.end()):
        if plain[further.start() - 1] == "、" and further.group()[0] == match.group()[0]:
            yield Whole(Op.ZERO, further.start(), further.end())
    if match.group().startswith("零") and "等" not in plain[: match.start()]:
        for _ in range(plain[: match.start()].count("、")):  # 溺水、校园欺凌事件零发生 is told of each of them
            yield Whole(Op.ZERO, match.start(), match.end())


def _all(plain: str, bare: str) -> Iterator[Whole]:
    """One promise, or one for each member where the wording itself is a list: 万兆到县、千兆到校, 全覆盖、全保障."""
    match = _ALL.search(plain) or _ALL_MEMBERS.match(bare)
    if match is None or _PRINCIPLE.match(plain) or (_ALL_REFUSED.search(plain) and not match.group().startswith("逐一")):
        return
    bandwidth = _BANDWIDTH.search(plain, match.end())
    if match.group() == "全部" and bandwidth:  # 全部实现千兆进校、百兆进班: what is counted is told after it
        match = bandwidth
    yield Whole(Op.ALL, match.start(), match.end())
    first = match.group()
    for further in _ALL.finditer(plain, match.end()):
        words = further.group()
        if (
            ("兆" in first and "兆" in words)
            or (first[0] == words[0] == "全" and plain[further.start() - 1] == "、")
            or (_DOUBLED.match(first) and _DOUBLED.match(words))
        ):
            yield Whole(Op.ALL, further.start(), further.end())
