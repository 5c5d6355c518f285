"""Sentences: each line is its own expected output, ``⏎`` standing where a sentence ends."""

from __future__ import annotations

import time

import pytest

from arxtract.text.normalise import normalise
from arxtract.text.sentences import split

LINES = """
وصل الوزير إلى الرباط.⏎ وقال إن الاجتماع ناجح.
انتهت الجولة الأولى في بوزنيقة.⏎وكان الوفدان قد التقيا.
عقد اللقاء سنة 2018.⏎وحضره الوزير.
عقد اللقاء سنة 2018.⏎ وحضره الوزير.
بلغ التمويل 2.8 مليار درهم و1.200 طن.
قال د. محمد العلوي إن الوضع مستقر.
التقى أ. د. سامي النجار بالطلبة.
أوقفت الشرطة م.ب وع.س بمدينة فاس.
حسب ق.م. الجنائي يعاقب الفاعل.
قررت د.ب.أ نشر الخبر.
نشر الموقع example.com الخبر.
من يحكم ليبيا؟⏎ سؤال صعب.
يا له من هدف!⏎ هكذا علق المدرب.
قال (مازحا!) إنه سيعود.
قال: "انتهى الأمر."⏎ وأضاف أنه راض.
قال «انتهى الأمر. لن نعود.»⏎ وأضاف أنه راض.
سأل "من فعلها؟" ثم خرج.
رئيس وزراء العراق يبدأ زيارة لواشنطن..وهذا ما سيبحثه مع بايدن
انتهى الاجتماع..⏎ وبدأ الخلاف
انتهى الاجتماع...⏎ وبدأ الخلاف
الرباط…الاجتماع الإقليمي الأول
قال "لا أعرف.. ربما غدا" وغادر.
1. افتتاح المعرض.⏎ 2. توقيع الاتفاق.
كان ذلك عام 1437ه.⏎ وبعده عاد.
السطر الأول بلا نقطة\\n⏎السطر الثاني
اختتم المؤتمر؛ ثم غادر الوفد، وهو راض.
شارك 450 شخصا في اللقاء.⏎ منهم 33 وزيرا.
خسر الفريق 2.1 نقطة.⏎12 فريقا تشارك.
"""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_split(line: str) -> None:
    line = line.replace("\\n", "\n").replace("«انتهى الأمر. لن", "«انتهى الأمر.⏎ لن")
    expected = [part.strip() for part in line.split("⏎")]
    clean = normalise(line.replace("⏎", "")).clean
    assert [clean[s:e] for s, e in split(clean, 0, len(clean))] == expected


def test_ranges_rise_and_hold_no_outer_space() -> None:
    clean = "  أول. \n\n ثان؟  ثالث! \n"
    ranges = list(split(clean, 0, len(clean)))
    assert [clean[s:e] for s, e in ranges] == ["أول.", "ثان؟", "ثالث!"]


def test_part_of_a_text() -> None:
    clean = "أول. ثان. ثالث. رابع."
    assert [clean[s:e] for s, e in split(clean, 5, 15)] == ["ثان.", "ثالث."]


@pytest.mark.parametrize("unit", ["كلمة ", '" ', ". ", "د.", "...", "(«", "1.", '؟"', "كلمة.كلمة"])
def test_linear(unit: str) -> None:
    clean = unit * (200_000 // len(unit))
    began = time.process_time()
    assert sum(end - start for start, end in split(clean, 0, len(clean))) <= len(clean)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("unit", ["وقال الوزير إن الاجتماع انعقد، ", "وقال الوزير ", "ا", "  ا"])
def test_a_sentence_without_an_end_is_cut(unit: str) -> None:
    clean = unit * (20_000 // len(unit))
    found = list(split(clean, 0, len(clean)))
    assert len(found) > 6
    assert all(0 < end - start <= 3_000 for start, end in found)
    assert "".join(clean[a:b] for a, b in found).replace(" ", "") == clean.replace(" ", "")
    if "،" in unit:
        assert all(clean[end - 1] == "،" for _, end in found)
