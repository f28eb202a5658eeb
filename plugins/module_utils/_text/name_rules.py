# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: Quay's rules for names (quay util/validation.py). Each gives the broken rule, or ""."""

from __future__ import annotations

import re
import typing as t

_NAMESPACE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_REPOSITORY = re.compile(r"[a-z0-9][._a-z0-9-]*(?:/[a-z0-9][._a-z0-9-]*)*")
# Below a repository these words are routes of the API: Quay would take the name for a sub-resource of a shorter one.
_SUB_RESOURCES = frozenset(
    [
        "aggregatelogs",
        "authorizedemail",
        "autoprunepolicy",
        "build",
        "changestate",
        "changetrust",
        "changevisibility",
        "exportlogs",
        "image",
        "immutabilitypolicy",
        "logs",
        "manifest",
        "mirror",
        "notification",
        "permissions",
        "signatures",
        "tag",
        "tokens",
        "trigger",
    ]
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_uuid(text: str) -> bool:
    """Whether Quay made it up: the name of what was deleted, or an e-mail address where none was given."""
    return bool(_UUID.fullmatch(text))


def namespace_rule(name: str) -> str:
    """Names of users, organizations and teams."""
    if not 2 <= len(name) <= 255:
        return "a name has 2 to 255 characters"
    if not _NAMESPACE.fullmatch(name):
        return "a name has lower-case letters and digits, with single '.', '_' or '-' between them"
    return ""


def robot_rule(name: str) -> str:
    """``namespace+short`` or ``short``."""
    namespace, plus, short = name.rpartition("+")
    if "+" in namespace or (plus and not namespace):
        return "a robot is named namespace+short or short"
    if len(name) > 255:
        return "namespace and short name together have at most 254 characters"
    return namespace_rule(short) or (namespace_rule(namespace) if plus else "")


def account_rule(name: str) -> str:
    """A user or a robot in full form."""
    return robot_rule(name) if "+" in name else namespace_rule(name)


def member_rule(names: t.Iterable[str]) -> str:
    """Users, robots in full form, and e-mail addresses to invite."""
    for name in names:
        broken = email_rule(name) if "@" in name else account_rule(name)
        if broken:
            return f"{name!r}: {broken}"
    return ""


def email_rule(address: str) -> str:
    """An e-mail address as Quay checks it; the empty text clears."""
    sides = address.split("@")
    if address and (
        len(sides) != 2
        or not sides[0]
        or "." not in sides[1].strip(".")
        or len(address) > 254
        or re.search(r"\s", address)
    ):
        return "an e-mail address has the form name@example.com"
    return ""


def repository_rule(name: str) -> str:
    """``namespace/repository`` or ``repository``, whose own name may hold more slashes."""
    trimmed = name.strip("/")
    namespace, slash, repository = trimmed.partition("/")
    if not slash and trimmed != name:
        # It would mean a repository of the account itself.
        return "the namespace or the repository beside the slash is missing"
    if not slash:
        namespace, repository = "", namespace
    if slash and namespace_rule(namespace):
        return f"namespace {namespace!r}: {namespace_rule(namespace)}"
    if not _REPOSITORY.fullmatch(repository) or len(repository) > 255:
        return (
            "a repository name has at most 255 lower-case letters, digits, '.', '_', '-', and no '.', '_', '-' in front"
        )
    shadowed = [segment for segment in repository.split("/")[1:] if segment in _SUB_RESOURCES]
    return (
        f"the API would take {shadowed[0]!r} for a part of repository {repository.split('/')[0]!r}" if shadowed else ""
    )


def text_rule(text: str) -> str:
    """Free text: the database stores all but NUL and lone surrogates."""
    return "it holds a NUL or a lone surrogate, which Quay cannot store" if _UNSTORABLE.search(text) else ""


def password_rule(password: str) -> str:
    """The password of an account."""
    good = len(password) >= 8 and not re.search(r"\s", password)
    return "" if good else "a password has 8 characters or more and no blanks"


def short_text_rule(text: str) -> str:
    """The description of a robot."""
    return "it has at most 255 characters" if len(text) > 255 else text_rule(text)


def is_pattern(name: str) -> bool:
    """Whether it stands for several names, as in a shell (fnmatch)."""
    return not set(name).isdisjoint("*?[")
