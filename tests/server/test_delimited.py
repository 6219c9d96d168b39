"""What stands between the columns of a text file."""

from __future__ import annotations

import pytest

from pvw_desktop.server.delimited import HEAD_BYTES, Written, written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x,y,z\n1,2,3\n4,5,6\n", Written(",", False)),
        ("x, y, z\n1, 2, 3\n", Written(",", False)),
        ("x;y\n1;2\n3;4\n", Written(";", False)),
        ("x;y;name\n1,5;2;a\n2,5;3,25;b\n", Written(";", True)),
        ("x;y\n1,5;2,5\n3,5;4,5\n", Written(";", True)),
        ("x\ty\n1\t2\n", Written("\t", False)),
        ("x\ty\n1,5\t2\n", Written("\t", True)),
        ("x y z\n1.0  2.0 3\n 4 5   6e-3\n", Written(" ", False)),
        ("0.1 0.2\n0.3 0.4\n", Written(" ", False)),
        ("a|b\n1|2\n", Written("|", False)),
        ('name,x\n"Müller; Söhne, GmbH",1\n"a;b",2\n', Written(",", False)),
        ("x\n1\n2\n", None),
        ("", None),
        ("x,y\n", Written(",", False)),
        ("time,p\r\n0.0,1e5\r\n\r\n1.0,nan\r\n", Written(",", False)),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table_of_numbers(text: str, found: Written | None) -> None:
    assert written(text.encode()) == found


def test_a_line_that_is_cut_does_not_count() -> None:
    line = b"1;2;3\n"
    head = (line * (HEAD_BYTES // len(line) + 1))[:HEAD_BYTES]
    assert written(head) == Written(";", False)


def test_bytes_of_any_kind_are_no_error() -> None:
    assert written(b"Temp\xe9rature;x\n1;2\n") == Written(";", False)
    written(bytes(range(256)) * 10)
