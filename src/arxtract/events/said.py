"""Whether a word of speech says something, and where in the sentence that begins."""

from __future__ import annotations

from arxtract.events.clauses import COMMAS, SentenceView
from arxtract.events.lexemes import conjugation
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention
from arxtract.events.speakers import QUOTES, is_name_mark
from arxtract.events.speech import bare, speech

REACH = 12
"""Words around a verb of speech among which what belongs to it is looked for."""
_BEFORE = 8


def has_content(seen: SentenceView, index: int, reach: int = 25) -> bool:
    """Say whether something said follows in the clause: أن, a colon, a quotation."""
    for place in range(index, min(index + reach, len(seen.words))):
        if opens_content(seen, place):
            return True
        if seen.words[place] in markers().strong:
            return False
    return False


def opens_content(seen: SentenceView, place: int) -> bool:
    """Say whether what is said begins at a token: أن, a colon, a quotation that is no name."""
    word = seen.words[place]
    if word in speech().content:
        return True
    return word in QUOTES and not is_name_mark(seen, place)


def has_occasion(seen: SentenceView, index: int) -> bool:
    """Say whether a clause tells by what text or talk it was said: ``في نشرتها``."""
    known = speech()
    for place in range(index, min(index + REACH, len(seen.words) - 1)):
        word = seen.words[place]
        if word in markers().strong or opens_content(seen, place):
            return False
        if markers().phrases.get((word,)) == "in" or word in markers().during:
            behind = bare(seen.words[place + 1])
            if behind in known.issued or behind in known.told:
                return True
    return False


def content_after(seen: SentenceView, index: int) -> int:
    """Return where what is said begins, at or behind token ``index``."""
    for place in range(index, min(index + 3 * REACH, len(seen.words))):
        if opens_content(seen, place):
            return place
    return index + REACH


def content_before(seen: SentenceView, index: int) -> int:
    """Return the first token before ``index`` that is not part of what somebody said."""
    for place in range(index - 1, max(index - _BEFORE, 0) - 1, -1):
        if seen.words[place] in speech().content:
            return place + 1
    return max(index - _BEFORE, 0)


def is_cited(seen: SentenceView, index: int) -> bool:
    """Say whether what is said stands before: ``حسب ما كشفت عنه الوزارة``."""
    before = seen.words[max(index - 2, 0) : index]
    return any(w in speech().cited for w in before)


def is_purpose(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the verb follows ل: ``ليؤكد``, which nobody has said yet."""
    word = seen.words[mention.first]
    return (
        mention.is_verb
        and mention.match.offset > 0
        and word[mention.match.offset - 1] == speech().to
    )


def is_adjunct(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether a participle adds to what was said (``، مشيرا إلى``) or describes a noun."""
    before = seen.words[mention.first - 1] if mention.first else ""
    after = seen.words[mention.last] if mention.last < len(seen.words) else ""
    cut = seen.words[mention.first][: mention.match.offset]
    article = conjugation().proclitics.article
    if cut.endswith((article, article[1:])):
        return False  # الإصابات المعلن عنها
    if not seen.words[mention.first].endswith(speech().circumstance):
        return False
    opens = before in ("", *COMMAS, '"', ")", ".") or bool(cut)
    return opens or after in speech().content or after in QUOTES


def is_of_other(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether reports or a text are the subject: ``تقارير تفيد``, ``بيان نشرته الوكالة``."""
    if not mention.is_verb or mention.first == 0 or mention.match.offset:
        return False
    place = mention.first - 1
    if place > 0 and seen.words[place] in speech().particles:
        place -= 1  # تقارير قد استبعدت
    before = bare(seen.words[place])
    return before in speech().anonymous or before in speech().issued


def is_impersonal(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether a verb is passive and what is said its subject: ``يتوقع أن``, ``يشار إلى``."""
    behind = seen.words[mention.last] if mention.last < len(seen.words) else ""
    if behind not in speech().content and behind not in speech().governed:
        return False
    return seen.words[mention.first][mention.match.offset :] in speech().impersonal
