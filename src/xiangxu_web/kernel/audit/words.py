"""All verbs and kinds of rows in the audit administrator's words, in one place, so that like things are called alike.

A new action needs its line here (or a ``verb(...)`` of its own); a test finds verbs without words.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.audit.verbs import verb

verb("site.begin", _("建第一个县"), installation=True)
verb("world.load", _("装入虚拟县"), installation=True)
verb("backup.make", _("备份"), installation=True)
verb("backup.restore", _("从备份恢复"), installation=True)
verb("audit.guard", _("放回审计防护"), installation=True)
verb("list.export", _("导出列表"))
verb("person.sign_in", _("登录"))
verb("person.sign_in_failed", _("登录失败"), installation=True)
verb("person.sign_out", _("退出登录"))
verb("person.joined", _("首次登录"))
verb("person.add", _("新增人员"))
verb("person.change", _("修改人员"))
verb("person.import", _("导入人员"))
verb("person.reset", _("重置登录"))
verb("person.password", _("修改密码"))
verb("person.factor_changed", _("变更两步验证"))
verb("person.factor_cleared", _("清除两步验证"))
verb("person.factor_failed", _("两步验证失败"))
verb("session.end_others", _("结束其他会话"))
verb("code.issue", _("发放一次性登录码"))
verb("code.redeem", _("使用一次性登录码"))
verb("post.give", _("任命岗位"))
verb("post.drop", _("不设提名的重要岗位"))
verb("post.end", _("结束岗位"))
verb("post.rights", _("调整岗位权限"))
verb("post.switch", _("切换岗位"))
verb("link.make", _("生成免登录链接"))
verb("link.revoke", _("收回免登录链接"))
verb("file.attach", _("上传附件"))
verb("file.open", _("打开受控附件"))
verb("file.withdraw", _("撤下附件"))
verb("unit.make", _("新增单位"))
verb("unit.edit", _("修改单位"))
verb("unit.rename", _("单位改名"))
verb("unit.close", _("撤销单位"))
verb("unit.reopen", _("恢复单位"))
verb("unit.import", _("导入单位"))
verb("unit.export", _("导出单位"))
verb("unit.counties", _("列入区县教育局"))
verb("school.open", _("新设学校"))
verb("school.merge", _("合并学校"))
verb("school.split", _("分设学校"))
verb("school.change-type", _("变更办学类型"))
verb("cluster.join", _("学校加入学区"))
verb("cluster.leave", _("学校退出学区"))
verb("cluster.lead", _("变更学区牵头校"))
verb("draft.upload", _("上传方案"))
verb("draft.take", _("接手方案核对"))
verb("draft.correct", _("更正方案内容"))
verb("plan.publish", _("发布方案"))
verb("task.owners", _("修改任务责任人"))
verb("task.import", _("导入责任分工表"))
verb("bulletin.begin", _("起草通报"))
verb("bulletin.edit", _("修改通报草稿"))
verb("bulletin.refresh", _("通报草稿重新取数"))
verb("bulletin.issue", _("印发通报"))
verb("bulletin.drop", _("放弃通报草稿"))
verb("calendar.open", _("生成手机日历地址"))
verb("calendar.close", _("收回手机日历地址"))
verb("task.split", _("保存任务分解"))
verb("task.send", _("下达分解任务"))
verb("task.instruct", _("批示"))
verb("part.accept", _("接受分解任务"))
verb("part.dispute", _("对分解任务提出异议"))
verb("part.uphold", _("维持分解的原数"))
verb("chase.write", _("生成催办文字"))
verb("milestone.state", _("说明事项是否完成"))
verb("milestone.verify", _("核验事项通过"))
verb("milestone.refuse", _("核验事项不通过"))
verb("node.set", _("设节点"))
verb("node.remove", _("去掉节点"))
verb("node.reach", _("说明节点已完成"))
verb("node.undo", _("撤回节点的说明"))
verb("node.verify", _("核验节点通过"))
verb("node.refuse", _("核验节点不通过"))
verb("report.hand-in", _("报送进展"))
verb("report.accept", _("审核通过进展"))
verb("report.return", _("退回进展"))
verb("target.bind", _("确认目标怎么算"))
verb("target.later", _("目标暂不计算"))
verb("target.place", _("改目标所属任务"))
verb("coverage.scope", _("选定覆盖的单位"))
verb("coverage.state", _("填写覆盖"))
verb("coverage.clear", _("撤回覆盖填写"))
verb("coverage.verify", _("核验覆盖通过"))
verb("coverage.refuse", _("核验覆盖不通过"))
verb("coverage.import", _("导入覆盖表"))
verb("coverage.export", _("导出覆盖表"))
verb("sub-plan.open", _("布置分方案"))
verb("sub-plan.write", _("起草分方案"))
verb("sub-plan.hand-in", _("报送分方案"))
verb("sub-plan.check", _("检查分方案文件"))
verb("sub-plan.ask", _("分方案请单位会商"))
verb("sub-plan.opinion", _("对分方案提会商意见"))
verb("sub-plan.approve", _("批复分方案"))
verb("sub-plan.return", _("退回分方案"))
verb("sub-plan.reopen", _("重新打开已批复的分方案"))
verb("sub-plan.export", _("导出分方案"))

# Tables by what their rows are called.
ROWS = {
    "area": _("区划"),
    "unit": _("单位"),
    "unitalias": _("单位别名"),
    "clustermember": _("学区成员校"),
    "schoolchange": _("学校变更"),
    "person": _("人员"),
    "post": _("岗位"),
    "entrycode": _("一次性登录码"),
    "signedlink": _("免登录链接"),
    "attachment": _("附件"),
    "job": _("后台作业"),
    "draft": _("方案草稿"),
    "plan": _("方案"),
    "bulletin": _("通报"),
    "planversion": _("方案版本"),
    "task": _("任务"),
    "report": _("进展"),
    "node": _("序时节点"),
    "target": _("目标"),
    "mark": _("覆盖与事项标记"),
    "instruction": _("批示"),
    "subplan": _("分方案"),
    "subplanedition": _("分方案版次"),
    "opinion": _("会商意见"),
}
