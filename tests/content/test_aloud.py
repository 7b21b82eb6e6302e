import pytest

from content.aloud import aloud


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("按《条例》办（见附件（二））", "按条例办。"),
        ("成金发〔2022〕75号支持缴存。", "这份文件支持缴存。"),
        ("最多1800元/月；利率LPR+0.6", "最多一千八百元每月，利率贷款市场报价利率加零点六。"),
        ("某银行 95507（号码待核实）。", "某银行九五五零七，号码还没有核实。"),
    ],
)
def test_sentences_can_be_read_out_as_they_stand(written, said):
    assert aloud([written]) == said


def test_empty_sentences_are_left_out():
    assert aloud(["", "好。", ""]) == "好。"
