import pytest

from bot.i18n.texts import BadCatalogue, Catalogue


@pytest.fixture
def load(tmp_path):
    def load_files(**korean):
        (tmp_path / "en").mkdir()
        (tmp_path / "ko").mkdir()
        for name, text in korean.items():
            (tmp_path / "ko" / f"{name}.ftl").write_text(text, encoding="utf-8")
        return Catalogue.load(tmp_path)

    return load_files


def test_messages_of_several_files_are_one_catalogue(load):
    t = load(a="a = { b }!\n", b="b = 나\n").of("ko")
    assert t("a") == "나!"


def test_a_syntax_error_is_named_with_its_line(load):
    with pytest.raises(BadCatalogue, match=r"a\.ftl:2: "):
        load(a="good = 1\nbad { = 2\n")


def test_a_key_defined_twice_is_refused(load):
    with pytest.raises(BadCatalogue, match=r"b\.ftl: a is in .*a\.ftl too"):
        load(a="a = 1\n", b="a = 2\n")


def test_a_reference_to_nothing_is_refused(load):
    with pytest.raises(BadCatalogue, match="refers to b, which nothing defines"):
        load(a="a = { b }\n")


def test_an_unknown_function_is_refused(load):
    with pytest.raises(BadCatalogue, match="calls JOSE, which is no function"):
        load(a='a = { JOSE($x, "을/를") }\n')


@pytest.mark.parametrize("call", ['$x, "를/을"', "$x", "$x, $y", '$x, "을/를", "은/는"'])
def test_a_wrong_pair_of_particles_is_refused(load, call):
    with pytest.raises(BadCatalogue, match="JOSA, which needs a word and a pair"):
        load(a=f"a = {{ JOSA({call}) }}\n")


def test_a_message_without_text_is_refused(load):
    with pytest.raises(BadCatalogue, match="needs a text and no attributes"):
        load(a="a =\n    .b = 1\n")


def test_every_mistake_is_named_at_once(load):
    with pytest.raises(BadCatalogue) as raised:
        load(a='a = { b }\nc = { JOSA($x, "x") }\n', d="a = 1\n")
    assert len(str(raised.value).splitlines()) == 3


def test_particles_follow_other_messages_and_numbers(load):
    t = load(a='a = { b }{ JOSA(b, "을/를") } { $n }{ JOSA($n, "이/가") }\nb = { $x }번\n').of("ko")
    assert t("a", x="3", n=2) == "3번을 2가"


def test_another_language_is_unknown():
    with pytest.raises(KeyError):
        Catalogue.load().of("ja")
