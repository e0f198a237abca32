"""Words measured in the typefaces that the file holds."""

from dataclasses import dataclass

from futian_model.report.writers.pdf.fonts import Typefaces

KERNING = 1.02
"""How much wider it may make words; it is not measured."""
PROSE = {"zh": (10.5, 17.1), "en": (10.0, 14.8)}
"""Points of the words of a paragraph, and from line to line, on the safe side."""


@dataclass(frozen=True)
class TypefaceRuler:
    """Measures in some typefaces, where labels look like all else."""

    faces: Typefaces
    prose: float
    line: float

    def width(self, text: str, size: float, *, label: bool = False) -> float:
        """Points across of one line at a size."""
        return self.faces.width(text, size) * KERNING


def ruler(faces: Typefaces, lang: str) -> TypefaceRuler:
    """The ruler of a report in a language."""
    return TypefaceRuler(faces, *PROSE[lang])
