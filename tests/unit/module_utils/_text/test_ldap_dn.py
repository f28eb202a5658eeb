# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text.ldap_dn import ends_with, name_rule, parse, same
from hypothesis import given
from hypothesis import strategies as st

SPECIAL = '",#+;<=>\\ '


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cn=devs,ou=groups", "CN=Devs,OU=Groups"),
        ("cn=devs,ou=groups", " cn = devs , ou = groups "),
        ("cn=devs,ou=groups", "cn=devs;ou=groups"),
        ("cn=a+uid=b,ou=c", "uid=b+cn=a,ou=c"),
        (r"cn=dev\, ops", r"cn=dev\2c ops"),
        (r"cn=dev\, ops", 'cn="dev, ops"'),
        (r"cn=\"devs\"", r'cn="\"devs\""'),
        (r"cn=\C3\A9quipe", "cn=Équipe"),
        (r"cn=\64evs", "cn=devs"),
        (r"cn=back\\slash", r"cn=back\5Cslash"),
        ("cn=#04024869", "cn = #04024869"),
        ("2.5.4.3=devs", "2.5.4.3 = devs"),
        ("cn=a=b", r"cn=a\=b"),
    ],
)
def test_the_same_name(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cn=devs,ou=groups", "cn=devs"),
        ("cn=devs,ou=groups", "ou=groups,cn=devs"),
        ("cn=devs", "uid=devs"),
        ("cn=dev ops", "cn=devops"),
        (r"cn=devs\ ", "cn=devs"),
        (r"cn=a\,ou=b", "cn=a,ou=b"),
        (r"cn=a\+uid=b", "cn=a+uid=b"),
        (r"cn=\#04", "cn=#04"),
        ("garbage", "Garbage"),
    ],
)
def test_different_names(one, other):
    assert not same(one, other)


def test_what_is_no_name_equals_only_itself():
    assert same("garbage", "garbage")
    assert not same("garbage", "cn=garbage")


@pytest.mark.parametrize("text", ["", " ", "devs", "cn", "=devs", "cn=devs,", ",cn=devs", "cn=a++uid=b", "c n=a"])
def test_no_names(text):
    assert name_rule(text) == "use a distinguished name, such as cn=developers,ou=groups"


@pytest.mark.parametrize("text", ["cn=a\\", 'cn="devs', 'cn=dev"s', "1.a=devs", "-cn=devs"])
def test_more_that_are_no_names(text):
    assert name_rule(text)


@pytest.mark.parametrize(
    ("name", "base", "does"),
    [
        ("cn=devs,dc=example,dc=com", "dc=example,dc=com", True),
        ("cn=devs, DC=Example , DC=com", "dc=example,dc=com", True),
        ("dc=example,dc=com", "dc=example,dc=com", True),
        ("cn=devs,ou=groups", "dc=example,dc=com", False),
        (r"cn=devs\,dc=com", "dc=com", False),
        ("dc=com", "dc=example,dc=com", False),
        ("cn=devs", "", False),
        ("garbage", "dc=com", False),
    ],
)
def test_ends_with(name, base, does):
    assert ends_with(name, base) is does


values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8)
relative_names = st.dictionaries(st.from_regex(r"\A[a-z][a-z0-9-]{0,5}\Z"), values, min_size=1, max_size=2)
names = st.lists(relative_names, min_size=1, max_size=4)


@st.composite
def writings(draw, name):
    """One of the many ways to write ``name``."""
    blank = st.sampled_from(["", " ", "  "])
    parts = []
    for relative in name:
        pairs = [
            f"{draw(blank)}{draw(st.sampled_from([attribute, attribute.upper()]))}{draw(blank)}={draw(blank)}"
            f"{draw(written(value))}{draw(blank)}"
            for attribute, value in draw(st.permutations(list(relative.items())))
        ]
        parts.append("+".join(pairs))
    return "".join(part + draw(st.sampled_from(",;")) for part in parts[:-1]) + parts[-1]


@st.composite
def written(draw, value):
    if draw(st.booleans()):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    text = ""
    for character in value:
        ways = [] if character in SPECIAL else [character]
        ways += ["\\" + character] if character in SPECIAL else []
        ways.append("".join(f"\\{byte:02X}" for byte in character.encode()))
        text += draw(st.sampled_from(ways))
    return text


@given(st.data(), names)
def test_every_writing_is_the_same_name(data, name):
    one, other = data.draw(writings(name)), data.draw(writings(name))
    assert name_rule(one) == ""
    assert same(one, other)


@given(st.data(), names, names)
def test_another_name_is_never_the_same(data, name, other):
    def folded(which):
        return [{attribute: value.casefold() for attribute, value in relative.items()} for relative in which]

    assert same(data.draw(writings(name)), data.draw(writings(other))) is (folded(name) == folded(other))


@given(st.data(), names, names)
def test_a_name_ends_with_what_it_lies_below(data, name, base):
    assert ends_with(f"{data.draw(writings(name))},{data.draw(writings(base))}", data.draw(writings(base)))


@given(st.text(st.sampled_from('a=,+; "\\#2cé\ud800'), max_size=20))
def test_any_text_is_a_name_or_breaks_the_rule(text):
    try:
        parse(text)
    except ValueError:
        assert name_rule(text)
    else:
        assert name_rule(text) == ""
