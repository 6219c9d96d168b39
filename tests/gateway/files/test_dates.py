"""Which numbers of names are one date."""

from __future__ import annotations

import pytest

from pvw_desktop.gateway.files.dates import numbers_of_date


@pytest.mark.parametrize(
    ("names", "gaps", "count"),
    [
        (["2020 05 17", "2020 06 01"], "- - .vtu", 3),
        (["20200517 06", "20200517 12"], "_ .vtu", 2),  # with the hour
        (["2020 05 17 06 30 00"], "- - T : : .vtu", 6),
        (["2020 05"], "- .vtu", 2),  # a month
        (["2020 05"], "_ .vtu", 1),  # a run and its step
        (["2020 05 17"], "- _ .vtu", 2),  # the day would be parted like the month
        (["2020 13 17"], "- - .vtu", 1),  # no month
        (["2020 05 32"], "- - .vtu", 2),  # no day
        (["20201317 06"], "_ .vtu", 1),
        (["1234 05 17"], "- - .vtu", 1),  # no year
        (["2020 05 17", "20 06 01"], "- - .vtu", 1),  # one of them is no year
        (["2020 05 17 100"], "- - _ .vtu", 3),  # no hour
        (["2020 05 17 06"], "- - run .vtu", 3),  # no hour either
        (["2020"], ".vtu", 1),
    ],
)
def test_a_date_is_told_from_its_digits_and_what_is_between(names: list[str], gaps: str, count: int) -> None:
    texts = [list(column) for column in zip(*(name.split() for name in names), strict=True)]
    assert numbers_of_date(texts, gaps.split()) == count
