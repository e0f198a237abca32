"""A report as GitHub-flavoured Markdown, for a wiki, a repository or a text editor.

Pictures are files beside it: GitHub and most wikis show no picture that a page holds in itself, and its
text could no longer be read as text. The notebook travels at its end, in a comment.
"""

from futian_model.report.page.carried import Written
from futian_model.report.page.document import Document
from futian_model.report.words.sentences import words
from futian_model.report.writers.md.pieces import Pages, lines
from futian_model.report.writers.md.reading import carried, comment, pictures, seen


def write(document: Document) -> Written:
    """A document as one Markdown file that carries its notebook, with its pictures beside it."""
    pages = Pages(document.name, words(document.lang))
    parts = [part for piece in document.pieces for part in lines(piece, pages)]
    content = "\n\n".join([*parts, comment(document.carried)]) + "\n"
    return Written(content.encode(), beside=pages.pictures)
