"""A small content of two cities, in memory: path → YAML text."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from content.find import Library
from content.load import library_from_texts

TEXTS = {
    "content/topics.yml": """
        topics:
          housing_fund:
            name: 住房公积金
            contacts: [fund_hotline]
            needs:
              rent_withdrawal: {name: 租房提取, say: 租房提取, city: ask}
              fund_loan: {name: 公积金贷款, say: 公积金贷款, city: use, keywords: [买房贷款]}
          policy:
            name: 政策
            contacts: [fund_hotline]
            needs:
              program_question: {name: 点名问平台, say: 点名问平台, handler: program}
        """,
    "content/places.yml": """
        places:
          provinces: [四川, 河南, 广东]
          cities:
            - [深圳, 长春, 郑州]
        """,
    "content/cities/chengdu/city.yml": """
        city:
          name: 成都
          province: 四川
          aliases: [成都市, 蓉]
          area_code: "028"
          lat: 30.66
          lon: 104.06
          radius_km: 80
          districts: [双流]
          ambiguous: [高新区]
        """,
    "content/cities/xinxiang/city.yml": """
        city:
          name: 新乡
          province: 河南
          aliases: []
          area_code: "0373"
          lat: 35.30
          lon: 113.92
          radius_km: 50
          districts: [红旗区]
        """,
    "content/contacts.yml": """
        contacts:
          fund_hotline:
            kind: hotline
            name: 公积金热线
            number: "12329"
            purpose: 公积金
            topics: [housing_fund]
            confidence: high
            source: {title: 资料}
            checked_on: 2026-09-01
          icbc:
            kind: bank
            name: 中国工商银行
            number: "95588"
            purpose: 客服
            aliases: [工行]
            confidence: medium
            source: {title: 资料}
            checked_on: 2026-09-01
          rumour_bank:
            kind: bank
            name: 传闻银行
            number: "11111"
            purpose: 客服
            confidence: low
            source: {title: 传闻}
            checked_on: 2026-09-01
        """,
    "content/cities/chengdu/contacts.yml": """
        contacts:
          fund_chengdu:
            kind: office
            name: 成都公积金中心
            number: ""
            purpose: 公积金
            topics: [housing_fund]
            confidence: high
            source: {title: 资料}
            checked_on: 2026-09-01
          branch_a:
            kind: branch
            name: 测试网点甲
            bank: 中国工商银行
            lat: 30.66
            lon: 104.07
            confidence: high
            source: {title: 测试}
            checked_on: 2026-09-01
        """,
    "content/cities/chengdu/notices.yml": """
        notices:
          chengdu-2022-75:
            title: 成都方案
            number: 成金发〔2022〕75号
            issuers: [{then: 某局, now: ""}]
            status: no_end_date
            source: {title: 成都方案}
            checked_on: 2026-09-01
        """,
    "content/cities/xinxiang/notices.yml": """
        notices:
          xinxiang-2022-88:
            title: 新乡方案
            number: 新金〔2022〕88号
            status: in_force
            period_to: 2025-12-31
            source: {title: 新乡方案}
            checked_on: 2026-09-01
        """,
    "content/cities/chengdu/clauses.yml": """
        notice: chengdu-2022-75
        clauses:
          - rows: [CD-14, CD-14a]
            article: 三（四）14
            name: 灵活就业人员缴存公积金
            summary: 支持没有单位的人自愿缴存公积金。
            strength: support
            keywords: [骑手, 自由职业]
            not_stated: [amount]
            contacts: [fund_hotline]
          - rows: [CD-09]
            article: 三（三）9
            name: 蓉易贷
            summary: 鼓励银行通过普惠平台给小店贷款。
            strength: encourage
            programs: [{name: 蓉易贷, aliases: [蓉e贷]}]
            conditions: [在成都经营]
            contacts: [icbc]
        """,
    "content/cities/xinxiang/clauses.yml": """
        notice: xinxiang-2022-88
        clauses:
          - rows: [XX-01]
            article: 二1
            name: 首贷服务
            summary: 探索首次贷款服务。
            strength: explore
        """,
    "content/cities/chengdu/facts.yml": """
        facts:
          chengdu_rent_cap:
            name: 租房提取每月上限
            values:
              - value: 1500
                unit: 元/月
                valid_from: 2025-01-01
                valid_to: 2026-07-30
                source: {title: 成住公〔2020〕1号}
                confidence: high
                checked_on: 2026-03-01
              - value: 1800
                unit: 元/月
                valid_from: 2026-07-31
                valid_to: 2026-12-31
                source: {title: 成都公积金网站, url: "https://example.invalid/cap"}
                confidence: high
                checked_on: 2026-09-01
        """,
    "content/cities/chengdu/answers/housing_fund.yml": """
        answers:
          housing_fund.rent_withdrawal:
            conclusion: 在成都租房可以申请提取公积金。
            status: verified
            aspects:
              condition: 本市没有住房。
              amount: 每月最多{chengdu_rent_cap}。超过的部分自己付。
              time: 提交后等审核。
              materials: 带身份证。
            cites: ["chengdu-2022-75#三（四）14"]
            contacts: [fund_hotline]
            checked_on: 2026-09-01
            review_by: 2027-03-01
        """,
    "content/national/answers/housing_fund.yml": """
        answers:
          housing_fund.rent_withdrawal:
            conclusion: 租房可以申请提取，各地条件不同。
            status: verified
            sources: [{title: 住房公积金管理条例}]
            contacts: [fund_hotline]
            checked_on: 2026-09-01
          housing_fund.fund_loan:
            conclusion: 连续缴存后可以申请公积金贷款。
            status: verified
            sources: [{title: 住房公积金管理条例}]
            contacts: [fund_hotline]
            checked_on: 2026-09-01
            valid_to: 2026-12-31
            after: 这一轮安排已经结束，请问公积金热线。
        """,
    "content/questions.yml": """
        questions:
          owns_home:
            kind: yes_no
            ask: 您在本地有住房吗？
            why: 有房不能按租房提取。
          paid_months:
            kind: months
            ask: 您连续缴存几个月了？
            why: 要缴满一段时间。
            min: 0
            grows: true
          job:
            kind: choice
            ask: 您怎么工作？
            why: 办法不同。
            choices: [{id: employed, say: 上班}, {id: flexible, say: 灵活就业}]
        """,
    "content/cities/chengdu/eligibility/rent.yml": """
        checks:
          chengdu_rent:
            need: housing_fund.rent_withdrawal
            title: 能不能提公积金付房租
            checked_on: 2026-09-01
            conditions:
              - id: paid
                label: 缴存满三个月
                when: {fact: paid_months, at_least: 3}
                cites: ["chengdu-2022-75#三（四）14"]
                met: 缴存够了。
                not_met: 缴存还不够。
                unclear: 还要看缴存时间。
              - id: home
                label: 本地没有住房
                when: {fact: owns_home, is: no}
                cites: ["chengdu-2022-75#三（四）14"]
                met: 没有住房。
                not_met: 有住房。
                unclear: 还要看有没有房。
            next: {met: 去办, not_met: 先缴, unclear: 去问}
            contacts: [fund_hotline]
            cases:
              - {name: 够, facts: {paid_months: 3, owns_home: no}, expect: met, conditions: {paid: met}}
              - {name: 不够, facts: {paid_months: 2}, expect: not_met}
              - {name: 不知道, facts: {paid_months: unknown, owns_home: no}, expect: unclear}
        """,
    "content/coverage_rows.yml": """
        rows:
          chengdu:
            "CD-14": 三（四）14
            "CD-14a": 三（四）14
            "CD-09": 三（三）9
            "CD-10": 三（三）10
        """,
    "content/fraud/signals.yml": """
        points: {strong: 4, medium: 2, weak: 1}
        thresholds: {likely_scam: 4, suspicious: 2}
        sentence_end: '[。！]'
        link: '[a-z]+[.]com'
        official_hosts: [gov.cn]
        quiet: {patterns: [谨防]}
        signals:
          - {id: code, says: 向您要验证码, weight: strong, patterns: ["验证码.{0,4}给我", ['登录', '<link>']]}
        benign:
          - {id: own_app, says: 让您去官方应用办, patterns: [官方应用], cancels: [code]}
        """,
    "content/fraud/scams.yml": """
        sources:
          law: {title: 反电信网络诈骗法}
        checked_on: 2026-09-01
        scams:
          - id: code_scam
            name: 骗验证码
            aliases: [要验证码]
            status: verified
            signals: [code]
            signs: [说是客服，要您念验证码。]
            do: [挂断，打银行官方客服。]
            official: 客服不要验证码。
            help_steps: told_code
            source: law
        """,
    "content/fraud/steps.yml": """
        source: {title: 反电信网络诈骗法}
        checked_on: 2026-09-01
        bank_unknown: 卡背面的电话
        blocks:
          stop: 先停手。
          bank: 打{bank}冻结卡片。
        sequences:
          told_code: [stop, bank]
        answers: {order: 先打12329。}
        again: {told: 我在，先打12329。}
        """,
    "content/fraud/urgent.yml": """
        homophones: [[片子, 骗子]]
        groups:
          told: ["告诉了.{0,4}验证码"]
          scam: [骗子]
        situations:
          - {id: told, name: 说了验证码, steps: told_code, rules: [[told, "not:scam"]], unless: []}
        """,
}


@pytest.fixture
def texts() -> dict[str, str]:
    """The small content as texts, to be changed by a test."""
    return {path: dedent(text).lstrip() for path, text in TEXTS.items()}


@pytest.fixture(scope="session")
def small() -> Library:
    """The small content, loaded."""
    return library_from_texts({path: dedent(text).lstrip() for path, text in TEXTS.items()})


@pytest.fixture(scope="session")
def today() -> date:
    """The day the small content is looked at."""
    return date(2026, 11, 20)
