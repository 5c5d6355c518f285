"""The page in real browsers, driven by clicks; skipped where a browser is not installed.

With the environment variable ``ARXTRACT_SCREENSHOTS`` set to a folder, Chromium takes the pictures
of ``docs/images`` as well.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from arxtract.pipeline import Article, Pipeline
from arxtract.records import ArticleRecord, Span
from arxtract.view import page
from browser_kit import Browser, chromium, drive, firefox, phones, write
from test_view import NASTY, RAW, record, run_of

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
PICTURES = os.environ.get("ARXTRACT_SCREENSHOTS")


@pytest.fixture(scope="module", params=[chromium, firefox], ids=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with request.param() as started:
        yield started


@pytest.fixture(scope="module")
def five() -> str:
    articles = [
        Article(path.read_bytes().decode("utf-8"), path.name)
        for path in sorted(ARTICLES.glob("*.txt"))
    ]
    texts = {article.id: article.text for article in articles}
    return page(Pipeline().map(articles), texts, title="صحافة")


def test_when_and_where_the_kuwait_conference_took_place(
    browser: Browser, five: str, tmp_path: Path
):
    """Within three clicks from the first view: one in the list, three by way of the map."""
    seen = drive(browser, five, """
      let clicks = 0;
      const click = async (element) => {
        element.click();
        clicks += 1;
        await wait(100);
      };
      const conference = () =>
        all(".row").find((r) => r.textContent.includes("تعزيز التعاون الدولي"));
      seen.row = conference().textContent;
      await click(conference());
      seen.clicks = clicks;
      seen.title = one("h2").textContent;
      seen.card = one(".card.open").textContent;
      seen.words = all(".seg.m-date").map((e) => e.textContent).join("");
      seen.triggers = all(".card.open .k-trigger bdi").map((e) => e.textContent);
      const again = all(".card.open .k-trigger").find((e) => e.textContent.includes("×"));
      again.click();
      seen.again = [again.querySelector("small").textContent, all(".seg.lit").length];
      location.hash = "events";
      await wait();
      clicks = 0;
      await click(one("[data-view=map]"));
      await click(all(".places button").find((b) => b.textContent.includes("الكويت")));
      await click(conference());
      seen.by_map = [clicks, one(".card.open").textContent];
    """, tmp_path)  # fmt: skip
    assert seen["clicks"] == 1
    assert seen["by_map"][0] == 3
    for shown in (seen["row"], seen["card"], seen["by_map"][1]):
        assert "4–5 نوفمبر 2024" in shown
        assert "الكويت" in shown
    assert "الكويت تحتضن المؤتمر" in seen["title"]
    assert "يومي 4 و 5 نونبر" in seen["words"]
    assert len(set(seen["triggers"])) == len(seen["triggers"]) > 1
    times, lit = seen["again"]
    assert int(times.removeprefix("×")) == lit > 1


def test_on_a_telephone_nothing_is_cut_off_or_too_small(
    browser: Browser, five: str, tmp_path: Path
):
    seen = drive(browser, five, """
      one("#filters details").open = true;
      seen.width = innerWidth;
      for (const view of ["events", "articles", "timeline", "map", "article/2", "article/2/0"]) {
        location.hash = view;
        await wait(100);
        const controls = all("a, button, input, select, summary").filter((e) =>
          e.checkVisibility() && !e.closest(".skip, .chart"));
        const words = all("p, h1, h2, h3, .headline, .facts, .chip, dt, dd, label")
          .filter((e) => e.checkVisibility() && !e.closest(".chart, .unseen"));
        const name = (e) => e.id || e.className || e.textContent.slice(0, 40);
        seen[view] = {
          wide: document.documentElement.scrollWidth,
          controls: controls.length,
          outside: [...controls, ...words].filter((e) => {
            const r = e.getBoundingClientRect();
            return r.left < -0.5 || r.right > innerWidth + 0.5;
          }).map(name),
          low: controls.filter((e) =>
            !e.closest("label") && e.getBoundingClientRect().height < 24).map(name),
        };
      }
      one(".text .seg.m-date").click();
      await wait();
      const about = one("#about").getBoundingClientRect();
      seen.about = [about.left, about.right];
    """, tmp_path, on_phone=True)  # fmt: skip
    assert seen.pop("width") == 360
    left, right = seen.pop("about")
    assert 0 <= left < right <= 360
    for view, found in seen.items():
        assert found["controls"] > 5, view
        assert found["wide"] <= 360, view
        assert found["outside"] == [], view
        assert found["low"] == [], view


def test_a_slot_shows_its_words_and_its_rule_and_a_word_its_slot(browser: Browser, tmp_path: Path):
    seen = drive(browser, page([record()], {"a.txt": RAW}, language="en"), """
      const slot = one(".slot.k-participant");
      slot.click();
      await wait();
      seen.expanded = slot.getAttribute("aria-expanded");
      seen.behind = one("#" + slot.getAttribute("aria-controls")).textContent;
      seen.lit = all(".text .seg.lit").map((e) => e.textContent).join("");
      slot.click();
      seen.closed = slot.getAttribute("aria-expanded") + all(".seg.lit").length;
      one(".text .seg.m-trigger").click();
      await wait();
      seen.about = one("#about").textContent;
      seen.focus = document.activeElement.id;
      press("Escape");
      await wait();
      seen.gone = one("#about") === null;
      const word = one(".text .seg.m-location");
      word.focus();
      press("Enter", word);
      await wait();
      seen.by_key = one("#about").textContent;
      press("Escape");
      press("Escape");
      await wait();
      seen.back = location.hash;
    """, tmp_path, "#article/0/0")  # fmt: skip
    assert seen["expanded"] == "true"
    assert "«ناصر بوريطة»" in seen["behind"]
    assert "behind a word of attendance" in seen["behind"]
    assert "«بحضور»" in seen["behind"]
    assert "الوزير" in seen["behind"]
    assert seen["lit"] == "ناصر بوريطة"
    assert seen["closed"] == "false0"
    assert "trigger" in seen["about"]
    assert seen["focus"] == "about"
    assert seen["gone"]
    assert "place" in seen["by_key"]
    assert seen["back"] == "#events"


def test_filters_narrow_all_views(browser: Browser, five: str, tmp_path: Path):
    seen = drive(browser, five, """
      const count = () => all(".row").length;
      seen.all = count();
      one("input[value=MEETING]").click();
      await wait();
      seen.meetings = count();
      seen.types = [...new Set(all(".row .chip[class*=type]").map((e) => e.className))];
      await type("#filter-from", "2024-01-01");
      seen.since = all(".row .headline").map((e) => e.textContent);
      location.hash = "articles";
      await wait();
      seen.articles = count();
      location.hash = "map";
      await wait();
      seen.places = all(".places li").map((e) => e.textContent);
      all(".places button")[0].click();
      await wait();
      seen.at_place = count();
      location.hash = "timeline";
      await wait();
      seen.columns = all("button.col").length;
      one("#filters button").click();
      location.hash = "events";
      await wait();
      seen.reset = count();
      await type("#filter-place", "كويت");
      seen.kuwait = all(".row").every((r) => r.textContent.includes("الكويت")) && count();
      one("#filters button").click();
      await type("#filter-search", "بوريطه");
      seen.search = count();
      await type("#filter-search", "لا وجود لهذا");
      seen.none = count();
      await type("#filter-search", "");
      await type("#filter-min_confidence", "0.9");
      seen.sure = all(".row .sure bdi").map((e) => parseInt(e.textContent));
    """, tmp_path)  # fmt: skip
    assert 0 < seen["meetings"] < seen["all"] == seen["reset"]
    assert len(seen["types"]) == 1
    assert any("المؤتمر الرفيع المستوى الرابع" in title for title in seen["since"])
    assert seen["articles"] == 1
    assert len(seen["places"]) == 1
    assert "الكويت" in seen["places"][0]
    assert seen["at_place"] == 1
    assert seen["columns"] == 1
    assert seen["kuwait"] >= 1
    assert 0 < seen["search"] < seen["all"]
    assert seen["none"] == 0
    assert seen["sure"]
    assert min(seen["sure"]) >= 90


def test_language_appearance_and_keys(browser: Browser, five: str, tmp_path: Path):
    seen = drive(browser, five, """
      const root = document.documentElement;
      seen.first = [root.lang, root.dir];
      one("#language").click();
      await wait();
      seen.second = [root.lang, root.dir, one("[role=tab]").textContent,
        one("#filters").textContent];
      seen.aligned = getComputedStyle(one(".row .headline")).textAlign;
      one("#theme").click();
      one("#theme").click();
      seen.dark = getComputedStyle(document.body).backgroundColor;
      press("3");
      await wait();
      seen.timeline = [location.hash, one("[aria-selected=true]").dataset.view];
      press("1");
      await wait();
      press("/");
      seen.search = document.activeElement.id;
      document.activeElement.blur();
      all(".row")[0].click();
      await wait();
      const here = location.hash;
      press("j");
      await wait();
      seen.next = location.hash !== here;
      press("k");
      await wait();
      seen.again = location.hash === here;
      press("Escape");
      await wait();
      seen.back = [location.hash, document.activeElement.id];
      seen.arabic = document.body.innerText.match(/[\\u0600-\\u06ff]+/g).length > 0;
      seen.labels = all("input:not([type=checkbox]), select").every((e) => e.labels.length === 1);
      seen.names = all("button").every((e) => e.textContent.trim() || e.getAttribute("aria-label"));
    """, tmp_path)  # fmt: skip
    assert seen["first"] == ["ar", "rtl"]
    assert seen["second"][:2] == ["en", "ltr"]
    assert seen["second"][2].startswith("Events")
    assert seen["aligned"] == "left"
    assert "Confidence at least" in seen["second"][3]
    assert not re.search("[\u0600-\u06ff]", seen["second"][3].split("Place")[0])
    assert sum(int(n) for n in re.findall(r"\d+", seen["dark"])[:3]) < 150
    assert seen["timeline"] == ["#timeline", "timeline"]
    assert seen["search"] == "filter-search"
    assert seen["next"]
    assert seen["again"]
    assert seen["back"] == ["#events", "row-0"]
    assert seen["labels"]
    assert seen["names"]


def test_marks_leave_joined_letters_as_they_are(browser: Browser, tmp_path: Path):
    """A word is as wide with marks inside it as without, letter shapes and all."""
    seen = drive(browser, page([record()], {"a.txt": RAW}), """
      const widths = (marked) => all(".text p").map((line) => {
        const probe = line.cloneNode(true);
        if (!marked) probe.textContent = line.textContent;
        probe.style.cssText = "display:inline-block;white-space:nowrap;position:absolute";
        one(".text").append(probe);
        const width = probe.getBoundingClientRect().width;
        probe.remove();
        return width;
      });
      one("#mentions").click();
      await wait();
      seen.marks = all(".seg").length;
      seen.plain = widths(false);
      seen.marked = widths(true);
      seen.text = all(".text p").map((e) => e.textContent).join("\\n");
      seen.outside = all(".text p.outside").map((e) => e.textContent);
    """, tmp_path, "#article/0/0")  # fmt: skip
    assert seen["marks"] > 8
    assert seen["marked"] == pytest.approx(seen["plain"], abs=0.6)
    assert seen["text"] == RAW
    assert seen["outside"] == [RAW.splitlines()[0], RAW.splitlines()[3]]


def test_nothing_of_an_article_runs(browser: Browser, tmp_path: Path):
    raw = NASTY + "\n" + RAW
    body = Span(start=0, end=len(raw), text=raw)
    nasty = ArticleRecord(id=NASTY, title=body, body=(body,), warnings=(NASTY,))
    seen = drive(browser, page([nasty], {NASTY: raw}, title=NASTY), """
      one("#language").click();
      location.hash = "articles";
      await wait();
      seen.row = one(".row").textContent;
      one(".row").click();
      await wait();
      seen.text = one(".text").textContent;
      seen.images = all("img").length;
      seen.scripts = all("script").length;
    """, tmp_path)  # fmt: skip
    assert NASTY in seen["row"]
    assert NASTY[:40] in seen["text"]
    assert seen["images"] == 0
    assert seen["scripts"] == 5


def test_of_two_thousand_events_those_near_the_reader_are_drawn(browser: Browser, tmp_path: Path):
    """No frames are drawn here, so the test says itself that the end of a list comes near."""
    seen = drive(browser, page(*run_of(articles=300, events=2000)), """
      let near;
      window.IntersectionObserver = class {
        constructor(told) { near = () => told([{ isIntersecting: true }]); }
        observe() {}
        unobserve() {}
      };
      const rows = () => all(".row").length;
      seen.found = one(".found").textContent;
      seen.elements = all("*").length;
      for (const view of ["map", "timeline", "articles", "events"]) {
        location.hash = view;
        await wait(200);
        seen[view] = rows();
      }
      near();
      seen.scrolled = rows();
      dispatchEvent(new Event("beforeprint"));
      seen.printed = rows();
      await type("#filter-search", "لا وجود لهذا");
      seen.none = rows();
      await type("#filter-search", "");
      location.hash = "article/299/5";
      await wait();
      seen.last = one(".card.open .card-head").hash;
      press("j");
      await wait();
      seen.stays = location.hash;
    """, tmp_path)  # fmt: skip
    assert "2,000" in seen["found"]
    assert seen["elements"] < 3000
    assert max(seen[view] for view in ("map", "timeline", "articles", "events")) < 400
    assert seen["events"] < seen["scrolled"] < 400
    assert seen["printed"] == 2000
    assert seen["none"] == 0
    assert seen["last"] == seen["stays"] == "#article/299/5"


@pytest.mark.skipif(not PICTURES, reason="ARXTRACT_SCREENSHOTS names no folder")
@pytest.mark.parametrize(
    ("name", "addresses", "size", "steps"),
    [
        ("list", ["#events"], "1280,900", ""),
        ("article", ["#article/2/0"], "1280,1100",
         "one('.text .seg.m-location').click(); one('#about').remove();"),
        ("timeline", ["#timeline"], "1280,900", ""),
        ("map", ["#map"], "1280,900", "all('.places button')[0].click(); scrollTo(0, 0);"),
        ("narrow", ["#events", "#article/2/0", "#map"], "1160,780", ""),
        ("dark", ["#article/2/0"], "1280,1100",
         "one('#language').click(); one('#theme').click(); one('#theme').click();"),
    ],
)  # fmt: skip
def test_pictures(
    five: str, tmp_path: Path, name: str, addresses: list[str], size: str, steps: str
):
    picture = Path(PICTURES or "").resolve() / f"{name}.png"
    path, address = write(five, steps, tmp_path), addresses[0]
    if len(addresses) > 1:
        path, address = phones(path, *addresses), ""
    with chromium() as browser:
        browser.picture(path, address, size, picture)
    assert picture.stat().st_size > 10_000
