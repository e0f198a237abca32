"""Text wraps by its drawn width, and what no font has is an error."""

import subprocess
import sys
import warnings

import pytest
from charts_data import LONG_EN, LONG_ZH, bands, fan_words

from futian_model.charts import MissingGlyph, drawable, fan
from futian_model.charts.text import width, wrap
from futian_model.charts.theme import theme


@pytest.mark.parametrize("text", [LONG_ZH, LONG_EN, "W" * 80])
@pytest.mark.parametrize("even", [False, True])
def test_lines_fit_and_nothing_is_lost(text: str, even: bool) -> None:
    with theme():
        lines = wrap(text, 9, 150, even=even)
        assert all(width(line, 9) <= 150 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。）”；、" or line[-1] in "（“" for line in lines)


def test_a_title_breaks_where_a_reader_pauses() -> None:
    title = "2035年人均地区生产总值（不变价）：+6.0万元，全部来自GDP增长"
    with theme():
        lines = wrap(title, 10.5, 286, even=True)
    assert lines == ["2035年人均地区生产总值（不变价）：", "+6.0万元，全部来自GDP增长"]


def test_words_stay_whole_and_a_no_break_space_holds() -> None:
    with theme():
        assert wrap("a goal of RMB\u00a0960\u00a0billion", 9, 90) == [
            "a goal of",
            "RMB\u00a0960\u00a0billion",
        ]


def test_a_missing_glyph_is_named() -> None:
    words = fan_words("Goal \U000f0001 and \U000f0002")
    with pytest.raises(MissingGlyph) as told:
        fan(bands(4800, 9600, 0.16), words=words)
    assert told.value.characters == "\U000f0001\U000f0002"
    assert str(told.value).endswith("allowed: characters of Noto Sans CJK SC or DejaVu Sans")


def test_chinese_minus_and_dollar_signs_are_drawn_as_they_are() -> None:
    words = fan_words("深圳福田：\u22125.2%，≥ ≤ ± ㎡", subtitle="$a_1$ and $b", source="圳埗涌")
    assert "<svg" in fan(bands(4800, 9600, 0.16), words=words).svg


def test_other_warnings_pass_through() -> None:
    with pytest.warns(UserWarning, match="^mind the gap$"), theme():
        warnings.warn("mind the gap", UserWarning, stacklevel=1)


def test_importing_charts_loads_no_matplotlib() -> None:
    code = "import sys, futian_model.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_text_of_users_loses_what_no_font_can_draw():
    assert drawable("深圳圳埗 − ² 🚀") == "深圳圳埗 − ²"
    assert drawable("🚀") == ""
