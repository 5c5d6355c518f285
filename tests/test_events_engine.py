"""The engine over whole texts: what merges, who speaks, what happened, what is only planned.

Names, dates and quantities are given by marks, so only the engine is on trial.
"""

import pytest

from arxtract.evaluate.examples import read
from arxtract.events import Engine


@pytest.fixture(scope="module")
def engine():
    return Engine()


def records(engine, say):
    return [
        (
            r.type,
            r.status,
            r.date.value if r.date else None,
            [p.name for p in r.locations],
            [(p.name, p.role) for p in r.participants],
            [f"{c.value:g} {c.unit}" for c in r.counts],
        )
        for r in read(engine, say)
    ]


def of_type(engine, say, kind):
    return [r for r in records(engine, say) if r[0] == kind]


SPEAKERS = [
    # explicit subject, then carried by و with no subject
    ("قال ⟦PER|ناصر بوريطة⟧ إن الاجتماع مهم. وأضاف أن التعاون ضروري.", [["ناصر بوريطة"]]),
    # a noun stands for the body named before
    (
        "أعلنت ⟦ORG|شركة طيران الخليج⟧ أنها ستزيد رحلاتها. وذكرت الشركة أن الأسعار لن تتغير.",
        [["شركة طيران الخليج"]],
    ),
    # two speakers, two records
    (
        "أكد ⟦PER|عمر هلال⟧ أن الحل سياسي. وقال ⟦PER|علي رحمان⟧ إن الوضع صعب.",
        [["عمر هلال"], ["علي رحمان"]],
    ),
    # a communiqué speaks for the body that issued it
    (
        "وأفاد بلاغ ل⟦ORG|لمديرية العامة للأمن الوطني⟧ أن البحث مستمر.",
        [["المديرية العامة للأمن الوطني"]],
    ),
    # the one spoken to is no speaker
    ("قال ⟦PER|عمر هلال⟧، في تصريح ل⟦ORG|هسبريس⟧، إن الأمر انتهى.", [["عمر هلال"]]),
    # anonymous speakers make no record
    ("قالت مصادر أمنية إن البحث جار.", []),
    # two speak to one medium
    (
        "قال ⟦PER|عمر هلال⟧ ل⟦ORG|هسبريس⟧ إن الحل قريب. "
        "وأكد ⟦PER|علي رحمان⟧ ل⟦ORG|هسبريس⟧ أن الوضع صعب.",
        [["عمر هلال"], ["علي رحمان"]],
    ),
    # a masculine verb has no feminine noun behind it as its subject
    ("قال ⟦PER|عمر هلال⟧ إن الأمر خطير. وأخبر المحكمة أن الأسعار ارتفعت.", [["عمر هلال"]]),
    # whoever goes on without a name spoke before
    (
        "قال ⟦PER|عمر هلال⟧ إن الحل قريب. وأضاف رئيس الجمعية الخيرية أن الوضع صعب.",
        [["عمر هلال"]],
    ),
    # whoever signed a body's communiqué is not the one that spoke
    (
        "اجتمعت ⟦ORG|منظمة الشهداء⟧. وقالت المنظمة في بيان وقعه ⟦PER|علي رحمان⟧ إن القرار مهم.",
        [["منظمة الشهداء"]],
    ),
    # not said
    ("لم يعلن ⟦PER|عمر هلال⟧ أن الحل قريب.", []),
]


@pytest.mark.parametrize(("say", "wanted"), SPEAKERS)
def test_speakers(engine, say, wanted):
    found = of_type(engine, say, "STATEMENT")
    assert [[n for n, role in r[4] if role == "speaker"] for r in found] == wanted


def test_addressee(engine):
    (found,) = of_type(
        engine, "قال ⟦PER|عمر هلال⟧، في تصريح ل⟦ORG|هسبريس⟧، إن الأمر انتهى.", "STATEMENT"
    )
    assert ("هسبريس", "addressee") in found[4]


def test_headline_and_lead_are_one_event(engine):
    say = (
        "توقيف ⟦QTY 3 شخص|ثلاثة أشخاص⟧ ب⟦LOC|فاس⟧\n\n"
        "أوقفت ⟦ORG|الشرطة القضائية⟧ ب⟦LOC|فاس⟧، ⟦DATE 2020-07-07|الثلاثاء⟧، "
        "⟦QTY 3 شخص|ثلاثة أشخاص⟧."
    )
    assert of_type(engine, say, "ARREST") == [
        (
            "ARREST",
            "occurred",
            "2020-07-07",
            ["فاس"],
            [("الشرطة القضائية", "agent")],
            ["3 شخص"],
        )
    ]


def test_dates_that_exclude_each_other_keep_meetings_apart(engine):
    say = (
        "انعقد المؤتمر ب⟦LOC|الرباط⟧ يوم ⟦DATE 2022-11-03|3 نونبر 2022⟧. "
        "وكان مؤتمر سابق قد انعقد ب⟦LOC|الجزائر⟧ في ⟦DATE 2021-05-01|فاتح ماي 2021⟧."
    )
    dates = [r[2] for r in of_type(engine, say, "MEETING")]
    assert dates == ["2022-11-03", "2021-05-01"]


def test_another_pair_is_another_meeting(engine):
    say = (
        "التقى ⟦PER|سيرغي لافروف⟧ ⟦PER|خالد مشعل⟧ في ⟦LOC|الدوحة⟧. "
        "كما التقى ⟦PER|سيرغي لافروف⟧ ⟦PER|معاذ الخطيب⟧. "
        "وقد التقى ⟦PER|خالد مشعل⟧ ⟦PER|سيرغي لافروف⟧ طويلا."
    )
    assert len(of_type(engine, say, "MEETING")) == 2


def test_a_meeting_of_sides_is_their_match(engine):
    say = (
        "تأجيل لقاء ⟦ORG|الوداد⟧ و⟦ORG|الرجاء⟧.\n\n"
        "فاز ⟦ORG|الوداد⟧ على ⟦ORG|الرجاء⟧ في البطولة ⟦DATE 2020-08-23|الأحد⟧."
    )
    assert of_type(engine, say, "MEETING") == []
    assert len(of_type(engine, say, "MATCH")) == 1


def test_the_ceremony_that_opens_a_festival_is_one_meeting_with_it(engine):
    say = (
        "جرى خلال حفل افتتاح ⟦MISC|مهرجان أملج⟧ ⟦DATE 2015-07-21|الثلاثاء⟧ "
        "تكريم الفائزين، وقد أقيم حفل بحضور ⟦PER|زياد البازعي⟧."
    )
    assert len(of_type(engine, say, "MEETING")) == 1


def test_another_player_is_another_transfer(engine):
    say = (
        "تعاقد ⟦ORG|نادي الوداد⟧ مع ⟦PER|وليد الكرتي⟧ لثلاثة مواسم. "
        "وأوضح البلاغ أن صفقة ⟦PER|الكرتي⟧ تمت بالتراضي. "
        "وانتقل ⟦PER|سفيان أمرابط⟧ إلى ⟦ORG|فيورنتينا⟧ بعقد يمتد خمسة مواسم."
    )
    people = [
        [name for name, role in r[4] if role == "person"] for r in of_type(engine, say, "DEAL")
    ]
    assert people == [["وليد الكرتي"], ["سفيان أمرابط"]]


def test_a_team_by_part_of_its_name_plays_the_same_match(engine):
    say = (
        "مباراة ⟦LOC|السعودية⟧ و⟦LOC|طاجيكستان⟧ تنتهي بالتعادل.\n\n"
        "انتهت مباراة بين ⟦ORG|منتخب السعودية⟧ و⟦ORG|منتخب طاجيكستان⟧ بهدف لمثله. "
        "وتواجه ⟦LOC|السعودية⟧ نظيرتها ⟦LOC|الأردن⟧ في الجولة المقبلة."
    )
    played, planned = of_type(engine, say, "MATCH")
    assert len(played[4]) == len(planned[4]) == 2


def test_an_event_told_as_another_is_one_more(engine):
    say = "غرق شاب في البحر. وفي حالة أخرى غرق طفل في المسبح. وفي حادث مماثل غرق صياد."
    assert len(of_type(engine, say, "ACCIDENT")) == 3
    assert len(of_type(engine, "هجوم على المخيم. وقع هجوم آخر قرب الحدود.", "ATTACK")) == 2
    assert len(of_type(engine, "غرق شاب في البحر. وغرق الشاب بعد السباحة.", "ACCIDENT")) == 1


def test_a_charge_is_an_event_if_more_is_told_of_the_deed(engine):
    bare = "أوقفت الشرطة ⟦PER|علي سالم⟧ في ⟦LOC|تونس⟧ بتهمة السرقة والاحتيال."
    assert not of_type(engine, bare, "CRIME")
    told = "أوقفت الشرطة ⟦PER|علي سالم⟧ بتهمة السرقة من بنك ب⟦LOC|سوسة⟧."
    assert [r[3] for r in of_type(engine, told, "CRIME")] == [["سوسة"]]


def test_casualties_belong_to_their_cause(engine):
    say = (
        "انفجرت سيارة مفخخة ب⟦LOC|بغداد⟧. وأسفر الهجوم عن مقتل ⟦QTY 5 شخص|خمسة أشخاص⟧ "
        "وإصابة ⟦QTY 9 شخص|تسعة أشخاص⟧."
    )
    found = records(engine, say)
    assert [r[0] for r in found] == ["ATTACK"]
    assert found[0][5] == ["5 شخص", "9 شخص"]


def test_what_was_seized_shares_place_and_people_of_the_arrest(engine):
    say = (
        "تمكنت ⟦ORG|الشرطة القضائية⟧ ب⟦LOC|طنجة⟧ من توقيف ⟦QTY 2 شخص|شخصين⟧. "
        "وتم حجز ⟦QTY 3 كيلوغرام|ثلاثة كيلوغرامات⟧ من المخدرات."
    )
    (seizure,) = of_type(engine, say, "SEIZURE")
    assert seizure[3] == ["طنجة"]
    assert ("الشرطة القضائية", "agent") in seizure[4]
    assert seizure[5] == ["3 كيلوغرام"]


def test_a_list_behind_who_attended(engine):
    say = (
        "انعقد الاجتماع بمشاركة وفود عدة بلدان من بينها ⟦LOC|المغرب⟧ و⟦LOC|تونس⟧، "
        "برئاسة ⟦PER|علي رحمان⟧."
    )
    (meeting,) = of_type(engine, say, "MEETING")
    assert ("المغرب", "attendee") in meeting[4]
    assert ("تونس", "attendee") in meeting[4]
    assert ("علي رحمان", "chair") in meeting[4]


def test_a_list_of_the_places(engine):
    say = (
        "أوقفت ⟦ORG|الشرطة القضائية⟧ ⟦QTY 9 شخص|تسعة أشخاص⟧ في ⟦QTY 3 مدينة|3 مدن⟧ هي "
        "⟦LOC|تمارة⟧ و⟦LOC|طنجة⟧ و⟦LOC|تيفلت⟧."
    )
    (arrest,) = of_type(engine, say, "ARREST")
    assert arrest[3] == ["تمارة", "طنجة", "تيفلت"]


def test_when_somebody_was_born_is_no_date_of_the_event(engine):
    say = "غرق شاب مزداد ⟦DATE 1999|سنة 1999⟧ ب⟦LOC|برشيد⟧ في بحيرة قرب ⟦LOC|سطات⟧."
    (accident,) = of_type(engine, say, "ACCIDENT")
    assert accident[2] is None


STATUS = [
    ("سيزور ⟦PER|علي رحمان⟧ ⟦LOC|الرباط⟧.", "VISIT", "planned"),
    ("زار ⟦PER|علي رحمان⟧ ⟦LOC|الرباط⟧.", "VISIT", "occurred"),
    ("يعتزم ⟦PER|علي رحمان⟧ زيارة ⟦LOC|الرباط⟧.", "VISIT", "planned"),
    ("يأتي ذلك خلال زيارة يجريها ⟦PER|علي رحمان⟧ إلى ⟦LOC|الرباط⟧.", "VISIT", "ongoing"),
    ("يلتقي ⟦PER|علي رحمان⟧ ⟦PER|منى كريم⟧ في وقت لاحق.", "MEETING", "planned"),
    ("التقى ⟦PER|علي رحمان⟧ ⟦PER|منى كريم⟧ في وقت لاحق.", "MEETING", "occurred"),
    ("تواصل إضراب عمال ⟦ORG|بريد الجزائر⟧. بدأ الإضراب ب⟦LOC|الجزائر⟧.", "PROTEST", "ongoing"),
]


@pytest.mark.parametrize(("say", "kind", "status"), STATUS)
def test_status(engine, say, kind, status):
    assert [r[1] for r in of_type(engine, say, kind)] == [status]


def test_general_talk_is_no_event(engine):
    assert records(engine, "تعزيز التعاون في مجال مكافحة الهجمات ومحاربة السرقة.") == []


def test_every_slot_has_its_reason(engine):
    (record,) = [
        r
        for r in read(engine, "أوقفت ⟦ORG|الشرطة القضائية⟧ ب⟦LOC|فاس⟧ ⟦QTY 3 شخص|ثلاثة أشخاص⟧.")
        if r.type == "ARREST"
    ]
    slots = {reason.slot for reason in record.reasons}
    assert {"trigger", "location", "participant agent", "count"} <= slots
    assert "أوقف يوقف" in record.explain()
