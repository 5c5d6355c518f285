"""Browsers that open a page, drive it with clicks, and tell what a reader saw.

A driver script is added to the page (its hash to the page's policy), acts as a reader would, and
leaves what it saw as JSON in the document. Chromium prints that document; Firefox is asked for it
over its own protocol, Marionette. No window is as narrow as a telephone: there the page stands in
a frame of 360 px.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, Protocol

import pytest

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FIREFOX = next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--force-prefers-reduced-motion",
    "--virtual-time-budget=10000",
)

DRIVER = """
(async () => {
  const seen = {};
  const all = (s) => [...document.querySelectorAll(s)];
  const one = (s) => document.querySelector(s);
  const wait = (ms = 60) => new Promise((done) => setTimeout(done, ms));
  const press = (key, target = document.body) => target.dispatchEvent(
    new KeyboardEvent("keydown", {key, code: "Key" + key.toUpperCase(), bubbles: true}));
  const type = (selector, value) => {
    one(selector).value = value;
    one(selector).dispatchEvent(new Event("input", {bubbles: true}));
    return wait(300);
  };
  try { %s } catch (error) { seen.error = String(error.stack); }
  seen.fetched = performance.getEntriesByType("resource").map((e) => e.name)
    .filter((name) => !name.startsWith("data:"));
  const out = document.createElement("pre");
  out.id = "seen";
  out.hidden = true;
  out.textContent = JSON.stringify(seen);
  document.body.append(out);
  if (parent !== window) parent.postMessage(out.textContent, "*");
})();
"""
PHONES = """<!DOCTYPE html><meta charset="utf-8">
<style>body{margin:0;display:flex;gap:20px;background:#888;padding:20px}
iframe{flex:none;width:360px;height:740px;border:0;background:#fff}</style>%s
<script>addEventListener("message", (e) => {
  const seen = document.createElement("pre");
  seen.id = "seen";
  seen.hidden = true;
  seen.textContent = e.data;
  document.body.append(seen);
});</script>"""


def write(text: str, steps: str, folder: Path) -> Path:
    """Write a page with a driver that takes ``steps`` (JavaScript) and fills ``seen``."""
    driver = DRIVER % steps
    digest = base64.b64encode(hashlib.sha256(driver.encode()).digest()).decode()
    text = text.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    path = folder / "page.html"
    path.write_text(text.replace("</body>", f"<script>{driver}</script></body>"), encoding="utf-8")
    return path


def phones(path: Path, *addresses: str) -> Path:
    """Write a page with the page at ``path`` on telephones beside each other."""
    frames = "".join(f'<iframe src="{path.name}{address}"></iframe>' for address in addresses)
    outer = path.with_name("phones.html")
    outer.write_text(PHONES % frames, encoding="utf-8")
    return outer


def drive(
    browser: Browser,
    text: str,
    steps: str,
    folder: Path,
    address: str = "",
    *,
    on_phone: bool = False,
) -> dict[str, Any]:
    """Return what ``steps`` saw on the page ``text``, which has asked no network for anything."""
    path = write(text, steps, folder)
    if on_phone:
        path, address = phones(path, address), ""
    seen = json.loads(browser.left_by_driver(path, address))
    assert "error" not in seen, seen["error"]
    assert seen.pop("fetched") == []
    return seen


class Browser(Protocol):
    """A browser without a window on the screen."""

    def left_by_driver(self, path: Path, address: str) -> str:
        """Open the page at ``path`` and return the JSON that its driver leaves."""


class Chromium:
    def left_by_driver(self, path: Path, address: str) -> str:
        dom = self._open(path, address, "--dump-dom", "--window-size=1280,900")
        found = re.search(r'<pre id="seen"[^>]*>(.*?)</pre>', dom, re.S)
        assert found, dom[-2000:]
        return unescape(found.group(1))

    def picture(self, path: Path, address: str, size: str, target: Path) -> None:
        self._open(path, address, f"--screenshot={target}", f"--window-size={size}")

    def _open(self, path: Path, address: str, *flags: str) -> str:
        profile = f"--user-data-dir={path.parent / 'profile'}"
        done = subprocess.run(
            [CHROMIUM, *FLAGS, profile, *flags, f"{path.as_uri()}{address}"],
            capture_output=True,
            timeout=900,
        )
        return done.stdout.decode("utf-8")


class Firefox:
    def __init__(self, client: Any) -> None:
        self._client = client

    def left_by_driver(self, path: Path, address: str) -> str:
        self._client.navigate(f"{path.as_uri()}{address}")
        return self._client.execute_async_script("""
          const [done] = arguments;
          const look = () => {
            const seen = document.getElementById("seen");
            if (seen) done(seen.textContent);
            else setTimeout(look, 50);
          };
          look();
        """)


@contextmanager
def chromium() -> Iterator[Chromium]:
    if not CHROMIUM:
        pytest.skip("no Chromium (Debian: apt-get install chromium)")
    yield Chromium()


@contextmanager
def firefox() -> Iterator[Firefox]:
    if not FIREFOX:
        pytest.skip("no Firefox (Debian: apt-get install firefox-esr)")
    marionette = pytest.importorskip("marionette_driver.marionette")
    client = marionette.Marionette(
        bin=FIREFOX,
        app="fxdesktop",
        headless=True,
        gecko_log=os.devnull,
        startup_timeout=180,
        prefs={"ui.prefersReducedMotion": 1},
    )
    try:
        client.start_session({"timeouts": {"script": 300_000}})
        client.set_window_rect(width=1280, height=985)
        yield Firefox(client)
    finally:
        client.cleanup()
