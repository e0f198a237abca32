"""How the site is built; `make docs` calls it through `tools/site.py`, which lays its sources out."""

from docutils.nodes import SkipNode
from latex2mathml.converter import convert
from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

from futian_model import __version__

project = "futian_model"
release = version = __version__
copyright = "futian_model"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"futian_model {release}"
html_extra_path = ["../docs-extra"]
exclude_patterns = ["generated"]
html_show_sourcelink = html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
html_last_updated_fmt = None
highlight_language = "none"

myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # tools/site.py runs notebooks, in both languages

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # docstrings say more than types: shapes, units, what is allowed
autodoc_inherit_docstrings = False
napoleon_google_docstring = False
napoleon_use_param = napoleon_use_rtype = False  # types are words, not names to link
napoleon_use_ivar = False

html_math_renderer = "mathml"
lexers["csv"] = TextLexer()


def formula(writer, node):
    """A formula as MathML, which browsers set without a script."""
    shown = "inline" if node.tagname == "math" else "block"
    writer.body.append(convert(node.astext(), display=shown))
    raise SkipNode


def skipped(app, what, name, member, skip, options):
    """Fields of named tuples stand in the description of the whole."""
    return True if type(member).__name__ == "_tuplegetter" else None


def setup(app):
    """Add the renderer of formulas, and what descriptions leave out."""
    app.connect("autodoc-skip-member", skipped)
    app.add_html_math_renderer("mathml", (formula, None), (formula, None))
