"""Eligibility: what is decided, why, and which fact is worth asking for next.

Why this file exists: the three-valued evaluator behind every 测一测. It must not know YAML, words
or the clock: the day is an argument.

The YAML of ``content/<scope>/eligibility/*.yml`` (scope = national | cities/<city>)::

    checks:
      chengdu_rent_withdrawal:         # a city's check id starts with the city id
        need: housing_fund.rent_withdrawal
        title: 能不能提公积金付房租      # shown as the heading
        intro: …                       # optional
        checked_on: 2026-11-20
        combine: all                   # optional; any: one met condition is enough
        valid_from: 2026-01-01         # optional (also valid_to): outside, nothing is evaluated and
        after: …                       #   `after` is said (required with valid_to)
        conditions:
          - id: paid_months            # unique in the check
            label: 连续缴存满三个月      # ≤ 40 characters, shown with ✓ ✗ ?
            when: {fact: fund_months, at_least: "{national_fund_months}"}
            cites: ["chengdu-2022-75#三（四）13"]   # clause ids and / or
            source: {title: …, url: …, published_on: …}
            met: …                     # one sentence each, own words
            not_met: …
            unclear: …
            valid_from: …              # optional (also valid_to): the condition counts only on those days
        results:                       # optional computed sentences, shown with these verdicts
          - {function: loan_term_years, facts: [study_years], say: 最长{value}年, verdicts: [met]}
        next: {met: …, not_met: …, unclear: …}     # what to do now, one per verdict
        contacts: [fund_hotline]       # 1–3
        cases:                         # at least one each of met, not_met, unclear; content check runs them
          - name: 租房满三个月
            facts: {fund_months: 3, owns_home_here: no}   # `unknown`: asked, the citizen does not know
            date: 2026-11-20           # optional, the day it is evaluated (default: the checks' day)
            expect: met
            conditions: {paid_months: met}         # optional: results of single conditions
            says: 22                   # optional: the computed value of the first result

``when`` is a small tree::

    {fact: f, is: yes}   {fact: f, is: choice_id}   {fact: f, one_of: [a, b]}
    {fact: f, at_least: 3}  {fact: f, at_most: 3}  {fact: f, less_than: 3}
    {fact: f, at_least: 18, at_most: 59}            # several operators: all must hold
    {all: [tree, …]}   {any: [tree, …]}   {not: tree}
    {function: name, facts: [f, g]}                 # content/functions.py
    unsettled                                       # the material does not settle it: always unclear

A bound may be a number, an ISO date, or a dated figure "{fact_id}"; where no high-confidence figure
covers the day the comparison is unclear. Facts are declared in ``content/questions.yml``.
"""
