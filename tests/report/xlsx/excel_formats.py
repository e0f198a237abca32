"""What a spreadsheet shows of a number in a format: sections, conditions, literals, per cent, thousands."""

import re
from decimal import ROUND_HALF_UP, Decimal

SECTION = re.compile(r'(?:\[(?P<test>[<>=]+)(?P<than>[-\d.]+)\])?(?P<rest>(?:"[^"]*"|[^;"])*)(?:;|$)')
PIECE = re.compile(r'"(?P<text>[^"]*)"|(?P<digits>[#0][#0,]*(?:\.0+)?)|(?P<percent>%)')
TESTS = {"<": Decimal.__lt__, ">": Decimal.__gt__, "=": Decimal.__eq__}


def rendered(value: float, form: str) -> str:
    """A number as the format shows it; 15 digits are all that a cell keeps."""
    held = Decimal(f"{value:.15g}")
    sections = [match for match in SECTION.finditer(form) if match[0]]
    for section in sections:
        if section["test"] and TESTS[section["test"]](held, Decimal(section["than"])):
            return filled(held, section["rest"])
    if sections[0]["test"]:
        return filled(held, sections[-1]["rest"])
    which = 1 if held < 0 and len(sections) > 1 else 2 if not held and len(sections) > 2 else 0
    # the section of negative numbers writes its own sign
    return filled(abs(held) if which else held, sections[which]["rest"])


def filled(value: Decimal, section: str) -> str:
    pieces = list(PIECE.finditer(section))
    scaled = value * 100 if any(piece["percent"] for piece in pieces) else value
    return "".join(
        piece["text"] if piece["text"] is not None else piece["percent"] or digits(scaled, piece["digits"])
        for piece in pieces
    )


def digits(value: Decimal, pattern: str) -> str:
    places = len(pattern.partition(".")[2])
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}" if "," in pattern else f"{rounded:f}"
