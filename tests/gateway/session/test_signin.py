"""Codes and sign-ins of one session."""

from __future__ import annotations

import pytest

from pvw_desktop.gateway.session.signin import CODE_SECONDS, MAX_CODES, MAX_SIGN_INS, SignInTable


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_code_is_good_once() -> None:
    table = SignInTable()
    code = table.new_code()
    cookie = table.redeem(code)
    assert cookie is not None
    found = table.find(cookie)
    assert found is not None
    assert found.role == "host"
    assert table.redeem(code) is None


def test_a_code_is_good_for_ten_minutes() -> None:
    clock = Clock()
    table = SignInTable(clock)
    early, late = table.new_code(), table.new_code()
    clock.now = CODE_SECONDS - 1
    assert table.redeem(early) is not None
    clock.now = CODE_SECONDS + 1
    assert table.redeem(late) is None


@pytest.mark.parametrize("code", ["", "x", "é", "\udcff", "a" * 10_000, "None"])
def test_any_other_code_is_not(code: str) -> None:
    table = SignInTable()
    table.new_code()
    assert table.redeem(code) is None
    assert table.find(code) is None


def test_secrets_are_long_and_none_is_kept() -> None:
    table = SignInTable()
    code = table.new_code()
    assert len(code) >= 32
    cookie = table.redeem(code) or ""
    assert len(cookie) >= 43
    assert cookie not in repr(vars(table))
    assert code not in repr(vars(table))


def test_tables_do_not_grow_without_end() -> None:
    table = SignInTable()
    first = table.new_code()
    codes = [table.new_code() for _ in range(MAX_CODES)]
    assert table.redeem(first) is None
    assert table.redeem(codes[0]) is not None
    cookies = [table.redeem(table.new_code()) or "" for _ in range(MAX_SIGN_INS + 1)]
    assert table.find(cookies[0]) is None
    assert table.find(cookies[-1]) is not None


def test_taking_back() -> None:
    table = SignInTable()
    cookie = table.redeem(table.new_code()) or ""
    other = table.redeem(table.new_code()) or ""
    found = table.find(cookie)
    assert found is not None
    assert table.revoke(found.key)
    assert not table.revoke(found.key)
    assert table.find(cookie) is None
    assert table.find(other) is not None


def test_whether_a_sign_in_is_good_still() -> None:
    table = SignInTable()
    code = table.new_code()
    found = table.find(table.redeem(table.new_code()) or "")
    assert found is not None and table.holds(found.key)
    assert not table.holds("another")
    table.clear()
    assert not table.holds(found.key)
    assert table.redeem(code) is None
