import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Key
from bot.i18n.texts import Catalogue
from bot.views import kit
from bot.views.kit import Md, clip, esc, joined, link, md, mention, phrase, readable
from bot.views.markup import mrkdwn, plain_text

ko = Catalogue.load().of("ko")
wild = st.text(alphabet=st.sampled_from("&<>|@!#;amplgt가 \n*x"), max_size=60)
token = st.sampled_from(["<@U1>", "<https://a.kr|가나>", "&amp;", "&lt;", "*b*", "가", " ", "x"])
trusted = st.lists(token, max_size=30).map(lambda parts: Md("".join(parts)))


@given(st.text() | wild)
def test_escaped_text_reads_as_it_was_typed(text):
    assert readable(esc(text)) == text


@given(st.text() | wild)
def test_escaped_text_can_ping_nobody(text):
    assert not re.search(r"[<>]", esc(text))
    assert not re.search(r"&(?!amp;|lt;|gt;)", esc(text))


@given(wild)
def test_escaping_twice_is_escaping_once(text):
    assert esc(esc(text)) == esc(text)


@given(st.text() | wild, st.integers(1, 40))
def test_a_clipped_text_keeps_to_its_limit_and_says_so(text, limit):
    short = clip(text, limit)
    assert len(short) <= limit
    if len(text) <= limit:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@given(wild, st.integers(1, 40))
def test_a_clipped_escape_is_never_cut_inside(text, limit):
    short = clip(esc(text), limit)
    assert isinstance(short, Md)
    assert len(short) <= limit
    assert text.startswith(readable(short.removesuffix("…"))) or readable(short) == text
    assert not re.search(r"&(?!amp;|lt;|gt;)", short)


@given(trusted, st.integers(1, 60))
def test_a_mention_or_link_is_never_cut_inside(text, limit):
    short = clip(text, limit)
    assert len(short) <= limit
    assert short.count("<") == short.count(">")
    assert set(re.findall(r"<[^>]*>", short)) <= {"<@U1>", "<https://a.kr|가나>"}


def test_values_of_a_template_are_escaped_unless_trusted():
    text = md("*{title}* {who} {n}", title="<!channel>", who=mention("U1"), n=3)
    assert text == "*&lt;!channel&gt;* <@U1> 3"
    assert isinstance(text, Md)


def test_braces_in_a_value_are_text():
    assert md("{title}", title="{0} {x}") == "{0} {x}"


def test_a_catalogue_message_is_escaped_by_value():
    assert phrase(ko, "error-required", label="<A&R>") == "&lt;A&amp;R&gt;을 입력해 주세요."
    assert phrase(ko, "task-number", number=12) == "12번"
    named = phrase(ko, "error-not-allowed", act=Key("act-confirm"), who=mention("U1"))
    assert named == "‹확정›은 ‹<@U1>›님이 하실 수 있습니다."


def test_parts_are_joined_escaped_and_empty_ones_left_out():
    assert joined(["<a>", None, "", Md("*b*")], by=" · ") == "&lt;a&gt; · *b*"


def test_a_link_cannot_be_broken_out_of():
    assert link("https://a.kr/?a=1&b=2", "<a>|b") == "<https://a.kr/?a=1&amp;b=2|&lt;a&gt;¦b>"
    for url in ("javascript:alert(1)", "https://a.kr/|x", "https://a.kr/>", "https://a.kr/ x"):
        with pytest.raises(ValueError, match="not a web address"):
            link(url, "x")


def test_readable_text_shows_labels_of_links_and_keeps_mentions():
    text = md("{a} {b} {c}", a=link("https://a.kr", "가"), b=mention("U1"), c="<x|y>")
    assert readable(text) == "가 <@U1> <x|y>"
    assert readable("<https://a.kr>") == "https://a.kr"


def test_text_objects_say_how_they_are_read():
    assert mrkdwn("<a>", 100) == {"type": "mrkdwn", "text": "&lt;a&gt;", "verbatim": True}
    assert plain_text("<a>", 100) == {"type": "plain_text", "text": "<a>", "emoji": False}


def test_text_objects_carry_ordinary_strings():
    assert type(mrkdwn(Md("*a*"), 100)["text"]) is str


@pytest.mark.parametrize("build", [mrkdwn, plain_text])
@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_is_a_mistake(build, text):
    with pytest.raises(ValueError, match="empty"):
        build(text, 100)


def test_markup_in_a_place_for_plain_text_is_a_mistake():
    with pytest.raises(TypeError, match="plain text"):
        kit.header(Md("*a*"))
