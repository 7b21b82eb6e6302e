from datetime import date
from decimal import Decimal

import pytest

from content.functions import student_loan_term_years

FIGURES = {"student_loan_extra_years": Decimal(15), "student_loan_max_years": Decimal(22)}


@pytest.mark.parametrize(("study", "years"), [(3, 18), (4, 19), (7, 22), (8, 22)])
def test_the_student_loan_term_is_study_plus_extra_within_the_ceiling(study, years):
    found = student_loan_term_years({"study_years": Decimal(study)}, date(2026, 11, 20), FIGURES.get)
    assert found == years


def test_the_student_loan_term_is_not_guessed():
    assert student_loan_term_years({}, date(2026, 11, 20), FIGURES.get) is None
    assert student_loan_term_years({"study_years": Decimal(4)}, date(2026, 11, 20), {}.get) is None
