"""The answers of the outsourcing company: what the guide to call-centre rules asks for, in the company's own words."""

from __future__ import annotations

from datetime import date

from data_samples.generator.said import no, partly, unknown, yes
from gdpr_assess.model import Answer

DAY = date(2026, 7, 31)

ANSWERS: tuple[Answer, ...] = (
    yes("REC-02", "录音制度.pdf", DAY, "通话录音前都告知客户并征得同意。"),
    yes("SEC-01", "信息安全制度.pdf", DAY, "我们按行业标准配置了安全措施,并定期审计。"),
    yes("SEC-02", "账号管理制度.pdf", DAY, "员工离职当天停用账号,全部账号使用双重验证。"),
    yes("TRA-01", "培训计划.xlsx", DAY, "客服上岗前接受数据隐私培训。"),
    yes("TRA-02", "培训计划.xlsx", DAY, "法规有更新就培训,每年至少一次。"),
    yes("BRE-02", "事件处理流程.pdf", DAY, "发现数据泄露后24小时内通知委托方。"),
    yes("PCI-01", "PCI自查表.xlsx", date(2026, 3, 31), "不保存银行卡安全码。"),
    partly("PCI-02", "暂停录音要靠客服手动操作。"),
    no("PCI-03", "没有查找和删除误录安全码的流程。"),
    yes("PCI-06", "PCI自查表.xlsx", date(2026, 3, 31), "禁止在聊天和邮件里收卡号。"),
    unknown("PCI-07"),
    partly("PCI-09", "新员工培训包括银行卡,之后没有重复。"),
    unknown("PCI-11"),
    no("PCI-12", "应急预案还没有演练过。"),
    yes("TCP-05", "外呼制度.pdf", DAY, "外呼名单会和禁止致电名单比对。"),
    partly("TCP-03", "撤回同意由客服手动登记。"),
    no("TCP-09", "佛罗里达州要求各方同意的规定,我们没有专门处理。"),
    unknown("TCP-06"),
    unknown("TCP-10"),
    yes("HIP-01", "健康热线合同.pdf", date(2025, 1, 20)),
    partly("HIP-04", "健康录音和其他录音放在一起。"),
    no("HIP-05", "还没有针对健康热线的培训。"),
    unknown("HIP-06"),
    partly("PRO-14", "两个小客户共用一个队列。"),
    yes("REC-12", "PCI自查表.xlsx", date(2026, 3, 31), "录音、转写和消息里没有银行卡信息。"),
    yes("TEL-03", "外呼制度.pdf", DAY, "客户说不要再打,我们立即停止。"),
)
"""What differs from a plain yes."""
