import pytest

pytestmark = pytest.mark.rasa

HEADS = {
    "housing_fund.rent_withdrawal": ("租房", "房租", "租的房子"),
    "medical.social_card": ("社保卡", "医保卡", "卡"),
    "wages.unpaid_wages": ("老板", "包工头", "公司"),
}
TAILS = {
    "housing_fund.rent_withdrawal": ("能提公积金吗", "怎么提取", "提取要啥", "可以取公积金不", "提多少"),
    "medical.social_card": ("丢了", "补办在哪", "激活不了", "找不到了怎么补", "坏了"),
    "wages.unpaid_wages": ("欠我工钱", "不发工资", "拖着工资", "跑路了工钱没给", "三个月没发工资"),
}
ROWS = [(head + tail, need) for need in HEADS for head in HEADS[need] for tail in TAILS[need]]
ASK = ["租房子提公积金", "社保卡掉了补办", "工头欠工资", "", "完全无关的一句话"]


@pytest.fixture(scope="module")
def fitted(rasa_side):
    return rasa_side("fit_small", rows=ROWS, ask=ASK)


def test_the_likeliest_need_comes_first(fitted):
    tops = [ranking[0][0] for ranking in fitted["after"][:3]]
    assert tops == ["housing_fund.rent_withdrawal", "medical.social_card", "wages.unpaid_wages"]


def test_the_same_examples_give_the_same_model(fitted):
    assert fitted["again"] == fitted["before"][:1]


def test_a_text_is_cut_alike_when_learned_and_when_served(rasa_side):
    difference, tokens = rasa_side("cut_alike", texts=[*(text for text, _ in ROWS), "", "租"])
    assert difference < 1e-6
    assert min(tokens[: len(ROWS)]) > 10
    assert tokens[-2] < tokens[-1] < 10


def test_confidences_are_probabilities(fitted):
    assert all(abs(total - 1) < 1e-3 for total in fitted["sums"])
    for ranking in fitted["after"]:
        confidences = [c for _, c in ranking]
        assert confidences == sorted(confidences, reverse=True)


def test_a_stored_model_ranks_as_before(fitted):
    for before, after in zip(fitted["before"], fitted["after"], strict=True):
        assert [n for n, _ in before] == [n for n, _ in after]
        assert all(abs(b[1] - a[1]) < 0.01 for b, a in zip(before, after, strict=True))


def test_a_model_is_stored_without_pickle(fitted):
    assert fitted["files"] == ["tables.json", "weights.npz"]


def test_the_second_machine_ranks_as_before_when_stored(fitted):
    second = fitted["second"]
    for before, after in zip(second["before"], second["after"], strict=True):
        assert before[0][0] == after[0][0]
        assert abs(before[0][1] - after[0][1]) < 0.02


def test_the_second_machine_agrees_on_plain_questions(fitted):
    tops = [ranking[0][0] for ranking in fitted["second"]["before"][:3]]
    assert tops == ["housing_fund.rent_withdrawal", "medical.social_card", "wages.unpaid_wages"]


def test_the_encoder_is_not_asked_twice_for_the_same_text(rasa_side):
    once, again = (
        rasa_side("asked_again", texts=["租金", "卡金"]),
        rasa_side("asked_again", texts=["租金"] * 3),
    )
    assert (once["encoded"], again["encoded"]) == (2, 1)
    assert again["scores"][0] == again["scores"][2] == once["scores"][0]


def test_only_the_latest_texts_are_remembered(rasa_side):
    many = rasa_side("asked_again", texts=["租金", "卡金", "工金", "租金", "欠金", "租金", "卡金"])
    assert many["kept"] == 3
    assert many["encoded"] == 5
