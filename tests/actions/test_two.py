"""Two questions in one message are told apart; one long sentence is one question."""

import pytest

from actions import two


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("成都租房能提多少公积金？还有居住证怎么办", "居住证怎么办"),
        ("异地就医要备案吗,顺便问下社保怎么转", "社保怎么转"),
        ("我公积金嘛在成都交的然后租房可不可以取出来", ""),
        ("我把公积金取出来然后怎么还房贷", ""),
    ],
)
def test_a_particle_in_the_middle_asks_nothing(library, text, second):
    assert two.split(text, tuple(library.topics))[1] == second
