"""A bare number means the line it picks."""

RENT = "housing_fund.rent_withdrawal"


def test_a_number_begins_the_check_it_picks(talk):
    talk.say("上海租房怎么提公积金", RENT)
    assert talk.say("1").asks == "owns_home_in_city"


def test_a_number_answers_a_yes_or_no(talk):
    talk.say("帮我看看上海能不能提公积金付房租", RENT)
    assert talk.say("2").asks == "months_paid"


def test_a_number_stays_a_number_where_one_is_asked_for(talk):
    talk.say("帮我看看上海能不能提公积金付房租", RENT)
    talk.say("没有房")
    assert talk.say("1").verdict == "not_met"


def test_a_number_picks_the_city_asked_for(talk):
    talk.say("租房能提多少公积金", RENT)
    assert talk.say("4").city == "shanghai"


def test_the_second_question_is_meant_by_its_place(talk):
    talk.say("公积金怎么提？还有租房押金不退怎么办", "housing_fund.fund_withdrawal")
    assert talk.say("第二个", "rental.deposit_refund").need == "rental.deposit_refund"
