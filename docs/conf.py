"""How this documentation is built.

Two environment variables change it, and both are for builds without a network or without a home:

- ``JPUS_DOCS_OFFLINE=1`` leaves out the inventories of other projects, so that names such as `decimal.Decimal` are
  printed without a link.
- ``JPUS_DOCS_URL`` is the address at which the site will stand; with it the build writes a sitemap and absolute
  addresses.
"""

from __future__ import annotations

import os
import pathlib
import sys

import jpus

sys.path.insert(0, str(pathlib.Path(__file__).parent / "_ext"))
# Cells that call `python` mean the one that builds.
os.environ["PATH"] = os.pathsep.join((str(pathlib.Path(sys.executable).parent), os.environ.get("PATH", "")))

project = "jpus"
author = "The jpus contributors"
project_copyright = "the jpus contributors; the data is in the public domain, but for one file: see Licences"
release = jpus.__version__
version = release

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "myst_nb",
    "sphinx_copybutton",
    "sphinx_design",
    "jpus_data",
    "jpus_kernels",
    "jpus_site",
]
exclude_patterns = ["_build", "jupyter_execute"]
default_role = "py:obj"
nitpicky = True

# --- Markdown and notebooks ------------------------------------------------------------------------------------------

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
# Every cell runs in every build: the data changes under the pages, so that a kept output would be an old one.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
# Ends a cell that never ends; a slow machine is no failure.
nb_execution_timeout = 600
nb_execution_in_temp = True
nb_merge_streams = True
# What a cell writes to stderr, a warning of pandas say, is a fault; a cell that shows a warning on purpose says so.
nb_output_stderr = "error"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

# --- reference -------------------------------------------------------------------------------------------------------

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
napoleon_numpy_docstring = False
# Docstrings use the names of their module; the pages add those that are not of jpus itself.
doctest_global_setup = "import jpus\nfrom jpus import *"

# What no page describes under the name: variables of types, and words that a field may have, which the signature of
# the field spells out.
nitpick_ignore_regex = [
    ("py:class", r"(jpus\.\w+\.)?(AnyRecord|Drawn|Fault|Item|Judgement|Record)"),
    ("py:class", r"Basis|ColumnType|Language|NameOrder|ReportFormat|SourceKind|Verdict"),
    ("py:class", r"(jpus\.spans\.)?Spans|PathLike|SearchStrategy|(importlib_resources\.)?Traversable"),
]

# --- other projects --------------------------------------------------------------------------------------------------

intersphinx_mapping = {
    "python": ("https://docs.python.org/3", None),
    "attrs": ("https://www.attrs.org/en/stable/", None),
}
intersphinx_timeout = 20
if os.environ.get("JPUS_DOCS_OFFLINE"):
    intersphinx_mapping = {}
    nitpick_ignore_regex += [("py:.*", r"(attrs|collections|datetime|decimal|pathlib)\..*")]

# --- the site --------------------------------------------------------------------------------------------------------

html_theme = "furo"
html_title = f"jpus {release}"
html_baseurl = os.environ.get("JPUS_DOCS_URL", "")
html_static_path = ["_static"]
html_css_files = ["jpus.css"]
html_favicon = "_static/favicon.svg"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#8c1d2f", "color-brand-content": "#8c1d2f"},
    "dark_css_variables": {"color-brand-primary": "#ff9ca8", "color-brand-content": "#ff9ca8"},
}


def whole_sentence(app, what, name, obj, options, lines):
    """Keep napoleon from taking what stands before a colon in the docstring of an attribute for its type."""
    if what in {"attribute", "data", "property"} and lines:
        # napoleon looks at the first line alone; this one says nothing, and the text goes on below it.
        lines.insert(0, "\\ ")


def setup(app):
    """Register what runs before napoleon, whose priority is 500."""
    app.connect("autodoc-process-docstring", whole_sentence, priority=400)
