"""The page: one HTML file that needs nothing else, put together from the files in ``data/``.

Everything that comes from a record travels as JSON and reaches the page as text nodes; the page's
own policy (a Content-Security-Policy with the hash of its one script) forbids all other code and
every request to a network.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Literal

import yaml

from arxtract._version import __version__
from arxtract.records import ArticleRecord
from arxtract.resources import package_root
from arxtract.view.payload import payload

Language = Literal["ar", "en"]

SCRIPTS = ("base", "dates", "state", "lists", "marks", "reading", "timeline", "map", "main")
"""The parts of the page's script, in the order in which they run."""
FONT = "ibm-plex-sans-arabic-arabic-{weight}-normal.woff2"


def data(name: str) -> Path:
    """Return the path of a file that the page is made of."""
    return package_root() / "view" / "data" / name


def page(
    records: Iterable[ArticleRecord],
    texts: Mapping[str, str] | None = None,
    *,
    title: str = "arxtract",
    language: Language = "ar",
) -> str:
    """Return the HTML of a page that shows records: lists, timeline, map, articles.

    Args:
        records: the records of a run.
        texts: the raw texts by the id of their article. What is missing, or does not fit its
            record, is shown as far as the record's own spans go.
        title: what the page is called.
        language: that of the interface when the page opens; the reader can switch.
    """
    script = _script()
    return Template(data("page.html").read_text(encoding="utf-8")).substitute(
        title=escape(title),
        lang=language,
        dir="rtl" if language == "ar" else "ltr",
        version=escape(__version__),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        style=fonts() + data("page.css").read_text(encoding="utf-8"),
        words=as_script(words()),
        world=as_script(json.loads(data("world.json").read_text(encoding="utf-8"))),
        records=as_script(payload(records, texts)),
        script=script,
    )


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, dict[str, str]]]:
    """Return the words of the interface: group, key, then ``ar`` and ``en``."""
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
        data("words.yaml").read_text(encoding="utf-8")
    )
    return loaded


def as_script(value: Any) -> str:
    """Return JSON that is safe inside a ``<script>`` element of any type."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


@lru_cache(maxsize=1)
def _script() -> str:
    parts = (data(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();"


@lru_cache(maxsize=1)
def fonts() -> str:
    """Return the font faces, the files inside them: IBM Plex Sans Arabic, OFL 1.1."""
    faces = []
    for weight in (400, 700):
        font = base64.b64encode(data(FONT.format(weight=weight)).read_bytes()).decode()
        faces.append(
            "@font-face{font-family:'Plex Arabic';font-display:swap;"
            f"font-weight:{weight};src:url(data:font/woff2;base64,{font}) format('woff2');"
            "unicode-range:U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200C-200D,U+2026,U+FB50-FDFF,"
            "U+FE70-FEFF}\n"
        )
    return "".join(faces)
