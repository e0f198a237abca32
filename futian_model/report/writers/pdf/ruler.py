"""Words measured in the typefaces that the file holds."""

from dataclasses import dataclass

from futian_model.languages import language
from futian_model.report.writers.pdf.fonts import Typefaces

KERNING = 1.02
"""How much wider it may make words; it is not measured."""


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
    return TypefaceRuler(faces, *language(lang).prose)
