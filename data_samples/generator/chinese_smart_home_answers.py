"""The answers of the Chinese smart-home brand: its programme in its own words, mostly yes."""

from __future__ import annotations

from datetime import date

from data_samples.generator.said import no, partly, unknown, yes
from gdpr_assess.model import Answer

DAY = date(2026, 6, 30)

ANSWERS: tuple[Answer, ...] = (
    yes("REC-02", "录音征询记录.pdf", DAY, "所有留存的电话录音都先征得了客户同意。"),
    yes("REC-03", "电话客服话术.docx", DAY, "客户不愿意录音时,通话结束后我们会马上删除录音。"),
    yes("REC-04", "电话客服话术.docx", DAY, "录音全部做变声处理,所以听不出是谁。"),
    yes("REC-08", "数据保存期限表.xlsx", DAY, "录音最多保存90天。"),
    yes("TRN-01", "邮件模板.docx", DAY, "客服发出的每封邮件都带个人信息保护声明。"),
    yes("TRN-06", "电话客服话术.docx", DAY, "每通电话开头都会说明要录音并询问是否同意。"),
    yes("DSR-08", "自助平台说明.pdf", DAY, "客户可以随时登录官网,自己查看、删除或转移数据。"),
    yes("DSR-01", "常见问答.docx", DAY, "所有客服都有不断更新的常见问答。"),
    yes("TRA-01", "培训记录.csv", DAY, "接触客户信息的全体人员,包括IT、商务和财务,都先培训、考核后上岗。"),
    yes("TRA-02", "培训记录.csv", DAY, "全体人员每三个月巩固培训一次,团队主管每周一次。"),
    yes("TRA-03", "演练记录.csv", DAY, "主管带队不定期演练,不合格的马上一对一紧急培训。"),
    yes("TRA-05", "抽检记录.csv", DAY, "数据保护专员假扮客户暗中抽检各个渠道。"),
    yes("GOV-08", "专员任命书.pdf", date(2025, 3, 1)),
    yes("GOV-09", "专员任命书.pdf", date(2025, 3, 1), "专员亲自培训、抽检,并警告不达标的客服,所以管理很到位。"),
    yes("BRE-01", "泄露应急预案.pdf", DAY, "演练内容包括客户信息泄露。"),
    yes("BRE-07", "泄露应急预案.pdf", DAY),
    partly("TRN-04", "隐私声明写了国家,没有写外包公司的名字。"),
    partly("CHN-08", "长沙中心有时用即时通讯群讨论客户问题。", "site:cn"),
    no("XFR-04", "只为部分国家做过传输影响评估。"),
    no("PRO-10", "还没有做过现场审计。", "processor:maple"),
    no("REC-09", "屏幕截图和考勤监控由外包方决定,没有评估过。"),
    unknown("GOV-02"),
    unknown("GOV-03"),
    unknown("LAW-02"),
    unknown("SEC-11"),
)
"""What differs from a plain yes."""
