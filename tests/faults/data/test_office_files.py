"""Files as office programs save them: a mark in front, other line ends, another encoding."""

import re

import pytest

from futian_model import load_evidence
from futian_model.errors import InputErrors

MARK = b"\xef\xbb\xbf"
FILE = "observations.csv"
ROW = "futian,gdp,2015,3256.24,亿元"


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project)
    return str(fault.value)


def same_figures(project):
    return load_evidence(project).observations.equals(load_evidence().observations)


@pytest.mark.parametrize("name", ["observations.csv", "places.csv", "datapackage.json"])
@pytest.mark.parametrize("mark", [b"", MARK, MARK * 2])
def test_the_mark_that_excel_puts_first_may_stand_or_not(project, name, mark):
    path = project.data / name
    path.write_bytes(mark + path.read_bytes().removeprefix(MARK))
    assert same_figures(project)


def test_what_is_written_for_excel_begins_with_its_mark():
    data = load_evidence().project.data
    unmarked = [file.name for file in data.glob("*.csv") if not file.read_bytes().startswith(MARK)]
    assert [name for name in unmarked if not (data / name).read_bytes().isascii()] == []


def test_line_ends_of_windows_are_accepted(project):
    path = project.data / "observations.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert same_figures(project)


def test_a_fault_in_a_file_with_mark_and_windows_line_ends_keeps_its_line(project):
    path = project.data / "observations.csv"
    text = path.read_text("utf-8").replace(",point,", ",pont,", 1)
    line = text[: text.index(",pont,")].count("\n") + 1
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert told(project) == (
        f"data/observations.csv, line {line}: precision = 'pont';"
        " allowed: point, rounded, lower_bound, estimate; did you mean point?"
    )


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_is_named_and_refused(project, encoding):
    path = project.data / "observations.csv"
    text = path.read_text("utf-8-sig")
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
        " source, precision, note_zh, note_en, accepted; allowed: geo, indicator, period, value, unit,"
        " price_basis, basis, vintage, source, precision, note_zh, note_en, accepted; missing: basis"
    )


def spoil(project, change):
    """Rewrite the observations' text; line of the first row of the district's GDP in 2015."""
    path = project.data / FILE
    text = path.read_text("utf-8")
    at = next(at for at, line in enumerate(text.splitlines(), 1) if line.startswith(ROW))
    path.write_text(change(text, text.splitlines()[at - 1]), "utf-8")
    return at


@pytest.mark.parametrize(
    ("change", "message"),
    [
        # a quote that nobody closed: rows up to the next one would vanish
        (
            lambda text, row: text.replace(row, row.rpartition(",,")[0] + ',"初步核算,'),
            "a quote that is not closed: the next one stands on line ",
        ),
        (
            lambda text, row: text.replace('"', "").replace(row, row[:-1] + '"初步'),
            'a quote that is not closed; allowed: a cell in quotes from end to end, and "" for a quote',
        ),
        # one that closes a cell many rows below
        (
            lambda text, row: text.replace('"', "").replace(row, f'{row[:-1]}"初步\n{row}\n",'),
            "a quote that is not closed: the next one stands on line ",
        ),
        (
            lambda text, row: text.replace(row, row[:-1] + '初步"核算"'),
            "a quote in the middle of a cell; allowed",
        ),
        (
            lambda text, row: text.replace(row, row[:-1] + '"初步"核算'),
            "a quote in the middle of a cell; allowed",
        ),
        (lambda text, row: text.replace(row, row[: row.index(",point")]), "9 cells; allowed: "),
        (
            lambda text, row: text.replace(row, text.splitlines()[0].lstrip("\ufeff")),
            "the names of the columns a second time; allowed: once, on line 1",
        ),
    ],
)
def test_a_table_that_is_torn_is_told_with_its_line(project, change, message):
    line = spoil(project, change)
    assert told(project).startswith(f"data/{FILE}, line {line}: {message}")


def test_a_column_named_twice(project):
    spoil(project, lambda text, row: text.replace("geo,indicator", "geo,geo", 1))
    assert told(project).endswith("; missing: indicator; more than once: geo")


def test_rows_that_a_spreadsheet_cleared_say_nothing(project):
    spoil(project, lambda text, row: text.rstrip() + "\n" + "," * text.partition("\n")[0].count(",") + "\n\n")
    assert same_figures(project)


def test_dates_that_a_spreadsheet_rewrote_are_told_once(project):
    path = project.data / FILE
    text = path.read_text("utf-8")
    dated = [at for at, line in enumerate(text.splitlines(), 1) if re.search(r",20\d\d-0[1-9],", line)]
    path.write_text(re.sub(r",(20\d\d)-0([1-9]),", r",\1/\2,", text), "utf-8")
    (message,) = told(project).splitlines()
    assert message.startswith(f"data/{FILE}, line {dated[0]}: vintage = '20")
    assert "; allowed: a year, or a year and month such as 2021-10; so too " in message
    assert f"{len(dated) - 1} more rows, the last on line {dated[-1]} (" in message
    assert re.search(r"; did you mean 20\d\d-0\d\?$", message)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            ("2025年", "2025"),
            ("2024年1-9月", "2024Q1-Q3"),
            ("2025-Q3", "2025Q3"),
            ("2025年上半年", "2025H1"),
        ),
        *(("2025Q3-Q1", None), ("2025-09", None), ("0000", None), ("2025H3", None)),
        *(("2025-2021", "2021-2025"), ("2024-2024", "2024")),
    ],
)
def test_a_period_is_said_in_words(project, written, meant):
    line = spoil(project, lambda text, row: text.replace(row, row.replace("2015", written, 1)))
    (message,) = told(project).splitlines()
    asked = f"; did you mean {meant}?" if meant else ""
    words = (
        "a year such as 2025, a half 2025H1, a quarter 2025Q3, quarters such as 2025Q1-Q3, or years such as"
    )
    assert message == f"data/{FILE}, line {line}: period = '{written}'; allowed: {words} 2021-2025{asked}"


@pytest.mark.parametrize(
    ("saved", "told_so"),
    [
        # opened as GBK, saved as UTF-8 or as GBK
        (
            lambda raw: raw.decode("gb18030", "replace").encode(),
            "and letters are lost; take the file from before",
        ),
        (
            lambda raw: raw.decode("gbk", "replace").encode("gbk", "replace"),
            "letters are lost; take the file",
        ),
        (lambda raw: raw.decode("cp1252", "replace").encode(), "opened as Western European and saved: "),
        (
            lambda raw: raw.decode().replace("元", "\ufffd").encode(),
            "letters are lost (\ufffd); take the file",
        ),
    ],
)
def test_a_file_that_was_opened_in_another_encoding_says_how_to_get_it_back(project, saved, told_so):
    path = project.data / FILE
    path.write_bytes(saved(path.read_bytes().removeprefix(MARK)))
    assert told_so in told(project)


def test_letters_that_lead_back_are_brought_back_by_a_text_editor(project):
    path = project.data / "places.csv"
    text = path.read_text("utf-8-sig")
    even = text.encode().decode("gb18030", "ignore")  # what a program shows of whole pairs of bytes
    path.write_text("geo,role,parent,name_zh,name_en,code\nx,city,,浜垮厓,X,\n", "utf-8")
    assert "浜垮厓 was 亿元; to get it back, save it as GBK (ANSI) in a text editor" in told(project)
    path.write_text(even, "utf-8")
    assert "letters are lost" in told(project)
