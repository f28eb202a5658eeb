# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: which usage logs are wanted; options to query, query to addresses and filters. Pure."""

from __future__ import annotations

import datetime as dt
import typing as t
from collections import Counter
from dataclasses import dataclass, replace

from .._client.workers import check_workers
from .._errors import BadInput
from .._text.name_rules import namespace_rule, repository_rule
from .._text.times import DAY, moment

Entry = dict[str, t.Any]

SCOPES = ("superuser", "organization", "user", "repository")
SCOPE_SPEC: dict[str, t.Any] = {
    "scope": {"type": "str", "choices": list(SCOPES), "default": "superuser"},
    "organization": {"type": "str"},
    "repository": {"type": "str"},
    "performer": {"type": "str"},
    "kinds": {"type": "list", "elements": "str"},
    "starttime": {"type": "str", "default": "1d"},
    "endtime": {"type": "str"},
}
STREAM_SPEC: dict[str, t.Any] = {
    **SCOPE_SPEC,
    "namespace": {"type": "str"},
    "workers": {"type": "int", "default": 4},
}
MOST_PARTS = 30
_PLACES = {
    "superuser": "/superuser/",
    "organization": "/organization/{organization}/",
    "user": "/user/",
    "repository": "/repository/{+repository}/",
}
_WHOSE = {
    "superuser": "of the whole registry",
    "organization": "of organization {organization}",
    "user": "of the account itself",
    "repository": "of repository {repository}",
}
# The first Quay is of 2013; nobody has older entries.
_BEGINNING = dt.datetime(2013, 1, 1, tzinfo=dt.timezone.utc)


@dataclass(frozen=True)
class Query:
    """Entries of one scope with start <= time < end; ``end`` None means until now.

    ``stamp`` is the namespace that is added to each entry, where Quay leaves it out.
    """

    scope: str
    start: dt.datetime
    end: dt.datetime | None = None
    organization: str = ""
    repository: str = ""
    performer: str = ""
    kinds: frozenset[str] = frozenset()
    namespace: str = ""
    stamp: Entry | None = None

    @property
    def place(self) -> str:
        """The template of the address that ``logs`` and ``aggregatelogs`` follow."""
        return _PLACES[self.scope]

    @property
    def names(self) -> dict[str, str]:
        """What fills the template."""
        return {"organization": self.organization, "repository": self.repository}

    @property
    def purpose(self) -> str:
        """Completes the sentence "Could not …"."""
        return f"read the usage logs {_WHOSE[self.scope].format(**self.names)}"

    @property
    def quay_filters(self) -> dict[str, str]:
        """What Quay can leave out itself; it knows a performer in some scopes, and no kinds."""
        return {"performer": self.performer} if self.performer and self.scope in ("organization", "user") else {}

    @property
    def countable(self) -> bool:
        """Whether Quay's counts of whole days and kinds are those of the wanted entries."""
        return not (self.namespace or (self.repository and self.scope != "repository")) and (
            not self.performer or bool(self.quay_filters)
        )

    def counts(self, kind: str) -> bool:
        """Whether entries of ``kind`` are wanted."""
        return not self.kinds or kind in self.kinds

    def wants(self, entry: Entry) -> bool:
        """Whether the entry has the wanted kind, performer, namespace and repository; its time is the window's."""
        return (
            self.counts(entry["kind"])
            and (not self.performer or _name(entry, "performer") == self.performer)
            and (not self.namespace or _name(entry, "namespace") == self.namespace)
            and (self.scope == "repository" or not self.repository or self._of_repository(entry))
        )

    def _of_repository(self, entry: Entry) -> bool:
        metadata = entry.get("metadata") or {}
        namespace = metadata.get("namespace") or _name(entry, "namespace") or self.organization
        return self.repository in (metadata.get("repo"), f"{namespace}/{metadata.get('repo')}")


def parts(whole: Query, entries: t.Iterable[Entry]) -> list[Query]:
    """Queries for the greatest parts of ``entries`` of a day, to read them by other lists of Quay."""
    if whole.quay_filters or whole.scope == "repository":
        return []
    spaces: Counter[str] = Counter()
    performers: Counter[tuple[str, str]] = Counter()
    repositories: Counter[tuple[str, str]] = Counter()
    stamps: dict[str, Entry | None] = {}
    for entry in entries:
        metadata = entry.get("metadata") or {}
        space = _name(entry, "namespace") or metadata.get("namespace") or whole.organization
        spaces[space] += 1
        stamps[space] = entry.get("namespace")
        performers[space if whole.scope == "superuser" else "", _name(entry, "performer") or ""] += 1
        repositories[space, metadata.get("repo") or ""] += 1
    plain = replace(whole, performer="", namespace="", repository="")
    owners = {
        space: replace(plain, scope="organization", organization=space, stamp=stamps[space])
        for space in _greatest(spaces)
        if space and whole.scope == "superuser"
    }
    found = list(owners.values())
    for space, performer in _greatest(performers):
        found += [replace(owners.get(space, plain), performer=performer)] if performer else []
    for space, name in _greatest(repositories):
        of_repository = replace(plain, scope="repository", repository=f"{space}/{name}", stamp=stamps[space])
        found += [of_repository] if space and name else []
    # A superuser's list takes no performer, so without an owner it would be the same list again.
    return [part for part in found if part.scope != "superuser"]


def _greatest(counted: Counter[t.Any]) -> list[t.Any]:
    return [key for key, _count in counted.most_common(MOST_PARTS)]


def _name(entry: Entry, key: str) -> str | None:
    return (entry.get(key) or {}).get("name")


def query(options: t.Mapping[str, t.Any], now: dt.datetime) -> Query:
    """The query that the options of SCOPE_SPEC or STREAM_SPEC mean; raises BadInput before any request."""
    scope = options["scope"]
    given: dict[str, t.Any] = {
        name: options.get(name) or "" for name in ("organization", "repository", "namespace", "performer")
    }
    _check_names(scope, given)
    check_workers(options.get("workers", 1))
    start, end = period(options["starttime"], options.get("endtime"), now)
    kinds = frozenset(kind.strip() for kind in options.get("kinds") or ())
    return Query(scope, start, end, kinds=kinds, **given)


def _check_names(scope: str, given: dict[str, str]) -> None:
    for needed in ("organization", "repository"):
        if scope == needed and not given[needed]:
            raise BadInput("scope", scope, f"set {needed} too")
    rules = {"organization": namespace_rule, "namespace": namespace_rule, "repository": repository_rule}
    for name, rule in rules.items():
        broken = rule(given[name]) if given[name] else ""
        if broken:
            raise BadInput(name, given[name], broken)
    for name, only in (("organization", "organization"), ("namespace", "superuser")):
        if given[name] and scope != only:
            raise BadInput(name, given[name], f"use it with scope={only} only; the scope is {scope}")
    if scope in ("superuser", "repository") and given["repository"] and "/" not in given["repository"]:
        raise BadInput("repository", given["repository"], f"for scope {scope}, use the form namespace/repository")


def period(starttime: str, endtime: str | None, now: dt.datetime) -> tuple[dt.datetime, dt.datetime | None]:
    """First second, and the first one that is too late, or None for "until now"; raises BadInput."""
    start = _parsed("starttime", starttime, now)
    end = _parsed("endtime", endtime, now) if endtime else None
    if start > now:
        raise BadInput("starttime", starttime, "use a time in the past")
    if end is not None and end <= start:
        raise BadInput("endtime", endtime, f"use a time after starttime ({starttime})")
    return max(start, _BEGINNING), None if end is None or end > now else max(end, _BEGINNING + DAY)


def _parsed(option: str, text: str, now: dt.datetime) -> dt.datetime:
    try:
        return moment(text, now, end=option == "endtime")
    except ValueError as error:
        raise BadInput(option, text, str(error)) from None
