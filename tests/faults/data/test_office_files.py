"""Files as office programs save them: a mark in front, other line ends, another encoding."""

import pytest

from futian_model import load_evidence
from futian_model.errors import InputErrors


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project)
    return str(fault.value)


def same_figures(project):
    return load_evidence(project).observations.equals(load_evidence().observations)


@pytest.mark.parametrize("name", ["observations.csv", "places.csv", "datapackage.json"])
def test_the_mark_that_excel_puts_first_is_accepted(project, name):
    path = project.data / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert same_figures(project)


def test_line_ends_of_windows_are_accepted(project):
    path = project.data / "observations.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert same_figures(project)


def test_a_fault_in_a_file_with_mark_and_windows_line_ends_keeps_its_line(project):
    path = project.data / "observations.csv"
    text = path.read_text("utf-8").replace(",point,", ",pont,", 1)
    line = text[: text.index(",pont,")].count("\n") + 1
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert told(project) == (
        f"data/observations.csv, line {line}: precision = 'pont';"
        " allowed: point, rounded, lower_bound, estimate; did you mean point?"
    )


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_is_named_and_refused(project, encoding):
    path = project.data / "observations.csv"
    text = path.read_text("utf-8")
    path.write_bytes(text.encode(encoding, errors="replace"))
    line = next(at for at, one in enumerate(text.splitlines(), 1) if not one.isascii())
    assert told(project) == f"data/observations.csv, line {line}: GBK; save it as UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding_is_refused_without_a_guess(project, encoding):
    path = project.data / "places.csv"
    path.write_bytes("geo,role,parent,name_zh,name_en\nx,city,,é,é\n".encode(encoding))
    line = 1 if encoding == "utf-16" else 2
    assert told(project) == f"data/places.csv, line {line}: not UTF-8; save it as UTF-8"


def test_a_missing_column(project):
    path = project.data / "observations.csv"
    rows = [line.split(",", 7) for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(",".join(row[:6] + row[7:]) for row in rows) + "\n", "utf-8")
    assert told(project) == (
        "data/observations.csv, line 1: columns geo, indicator, period, value, unit, price_basis, vintage,"
        " source, precision, note_zh, note_en; allowed: geo, indicator, period, value, unit, price_basis,"
        " basis, vintage, source, precision, note_zh, note_en; missing: basis"
    )
