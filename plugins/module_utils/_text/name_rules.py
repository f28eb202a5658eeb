# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: Quay's rules for names, each of which gives the broken rule, or ""; and what a name tells.

Quay holds a name against its rules when the object is created, and never again (quay util/validation.py, called from
data/model/user.py and team.py; endpoints/api/repository.py). Objects from before a rule keep their names, so the rules
that start with ``new_`` hold for creation only. The others hold for every name, since an address with it would mean
something else.
"""

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
    """The name of a user, organization or team as one part of an address; the server splits at a quoted slash, too."""
    if name in ("", ".", ".."):
        return "use a name other than '', '.' or '..'"
    return "use a name without a slash" if "/" in name else text_rule(name)


def new_namespace_rule(name: str) -> str:
    """Names of new users, organizations and teams (quay util/validation.py, validate_username)."""
    if not 2 <= len(name) <= 255:
        return "use 2 to 255 characters"
    if not _NAMESPACE.fullmatch(name):
        return "use lower-case letters and digits, with single '.', '_' or '-' between them"
    return ""


def robot_rule(name: str) -> str:
    """``namespace+short`` or ``short``."""
    namespace, plus, short = name.rpartition("+")
    if "+" in namespace or (plus and not namespace) or not short:
        return "use the form namespace+short or short"
    return namespace_rule(short) or (namespace_rule(namespace) if plus else "")


def new_robot_rule(name: str) -> str:
    """The same for a new robot, whose namespace may be older than the rules (quay data/model/user.py, create_robot)."""
    if len(name) > 255:
        return "use at most 254 characters for namespace and short name together"
    return robot_rule(name) or new_namespace_rule(name.rpartition("+")[2])


def account_rule(name: str) -> str:
    """A user, or a robot in full form."""
    return robot_rule(name) if "+" in name else namespace_rule(name)


def member_rule(names: t.Iterable[str]) -> str:
    """Users, robots in full form, and e-mail addresses to invite; blanks around them are no part of them."""
    for name in map(str.strip, names):
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
        return "use the form name@example.com"
    return ""


def repository_rule(name: str) -> str:
    """``namespace/repository`` or ``repository``, whose own name may hold more slashes.

    Quay writes the letters of other alphabets in ASCII before it looks (util/names.py, parse_namespace_repository), so
    an address with them means another repository.
    """
    trimmed = name.strip("/")
    namespace, slash, repository = _split(name)
    if not slash and trimmed != name:
        # It would mean a repository of the account itself.
        return "use the form namespace/repository or repository"
    if not name.isascii():
        return "use ASCII characters"
    segments = repository.split("/")
    for segment in (*([namespace] if slash else []), *segments):
        if namespace_rule(segment):
            return f"part {segment!r}: {namespace_rule(segment)}"
    shadowed = [segment for segment in segments[1:] if segment in _SUB_RESOURCES]
    return (
        f"Quay would read {shadowed[0]!r} as a part of repository {segments[0]!r}; use another name" if shadowed else ""
    )


def new_repository_rule(name: str) -> str:
    """The same for a new repository (quay util/names.py, REPOSITORY_NAME_EXTENDED_REGEX)."""
    _namespace, _slash, repository = _split(name)
    if _REPOSITORY.fullmatch(repository) and len(repository) <= 255:
        return ""
    return "use at most 255 lower-case letters, digits, '.', '_' and '-', and start with a letter or a digit"


def _split(name: str) -> tuple[str, str, str]:
    namespace, slash, repository = name.strip("/").partition("/")
    return (namespace, slash, repository) if slash else ("", "", namespace)


def text_rule(text: str) -> str:
    """Free text: the database stores all but NUL and lone surrogates."""
    return "remove the NUL or lone surrogate, which Quay cannot store" if _UNSTORABLE.search(text) else ""


def password_rule(password: str) -> str:
    """The password of an account."""
    good = len(password) >= 8 and not re.search(r"\s", password)
    return "" if good else "use 8 or more characters and no whitespace"


def short_text_rule(text: str) -> str:
    """The description of a robot."""
    return "use at most 255 characters" if len(text) > 255 else text_rule(text)


def is_pattern(name: str) -> bool:
    """Whether it stands for several names, as in a shell (fnmatch)."""
    return not set(name).isdisjoint("*?[")


def is_robot(member: str) -> bool:
    """Whether it is the name of a robot, and not an e-mail address to invite."""
    return "+" in member and "@" not in member


def is_human(member: str) -> bool:
    """Neither a robot nor somebody who is only invited by mail."""
    return "+" not in member and "@" not in member
