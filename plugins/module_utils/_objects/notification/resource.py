# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: notifications of repositories (quay endpoints/api/repositorynotification.py).

Quay can neither change one nor keeps two from being the same; several with the same name are told apart by nothing.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.capabilities import require
from ..._client.client import Names, QuayClient, address
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.operation import Context, Params, check_searches, searched
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._errors import BadInput, QuayError
from ..._text.codec import or_none
from ..._text.name_rules import repository_rule, text_rule
from ..repository.read import find_repository, full_name
from . import content

PATH = "/repository/{+repository}/notification/"
NAME = ("title", "event", "method")
OPTIONS = {
    "regexp": {"type": "str", "aliases": ["regex"]},
    "search_string": {"type": "str"},
    "test": {"type": "bool", "default": False},
    "reset_failcount": {"type": "bool", "default": False},
}
CONSTRAINTS = {"mutually_exclusive": [("regexp", "search_string")]}
SEARCHES = ("search_string", "regexp")


def locate(client: QuayClient, params: State) -> Names:
    """The full name of the repository, and how messages call what is meant; raises BadInput."""
    fault = content.fault(params)
    if fault:
        raise fault
    check_searches(params, "notification")
    repository = full_name(client, params["repository"])
    config = params["config"] or {}
    if config.get("type") == "org" and config.get("name") not in (None, repository.partition("/")[0]):
        raise BadInput("config.name", config["name"], "use the organization of the repository")
    text = next(filter(None, (params.get(name) for name in (*SEARCHES, "title"))), "")
    how = " by ".join(filter(None, (params["event"], params["method"])))
    return {"repository": repository, "called": f"{text} ({how})" if text and how else text or how}


def selection(names: Names, options: State) -> t.Callable[[State], bool]:
    """Whether a notification is meant: by a search in the titles, or else by all that is specified of its name.

    Raises BadInput.
    """
    if options.get("search_string"):
        return lambda values: options["search_string"] in values["title"]
    if options.get("regexp"):
        matches = searched(options, "regexp")
        return lambda values: matches(values["title"])
    wanted = {name: names[name] for name in NAME if names[name] is not None}
    return lambda values: bool(wanted) and wanted.items() <= values.items()


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """Those that are meant: the first that is as declared, and the others as its twins.

    Raises ParentMissing and QuayError.
    """
    listed = SHAPE.listed(client, names) or []
    is_meant = selection(names, wish.options)
    found = [(values, entry) for values, entry in zip(map(content.parse, listed), listed) if is_meant(values)]
    if not found:
        if wish.state == "present":
            find_repository(client, names)
        return Observed(None)
    found.sort(key=lambda one: sum(one[0][name] != value for name, value in wish.fields.items()))
    (values, first), *twins = found
    fields = {entry.name: values[entry.name] for entry in NOTIFICATION.fields}
    fields["number_of_failures"] = max(entry["number_of_failures"] for _values, entry in found)
    is_named = names["title"] is not None and not any(wish.options.get(option) for option in SEARCHES)
    facts = {"entry": first, "values": values, "twins": [entry for _values, entry in twins], "event": names["event"]}
    own = {name: values[name] for name in NAME}
    return Observed(fields, {**facts, "is_named": is_named}, names={"id": first["uuid"], **own})


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Only one that is called by its title is changed; what belongs to other events does not count.

    Raises QuayError.
    """
    if wish.state == "absent":
        return wish
    fields, is_new = dict(wish.fields), observed.fields is None
    if is_new:
        _check_new(client, names, wish)
    if not (is_new or observed.facts["is_named"]):
        fields.clear()
    event = names["event"] if is_new else observed.facts["event"]
    if event != content.EXPIRY:
        fields.pop("image_expiry_days", None)
    if wish.options.get("reset_failcount") and not is_new:
        fields["number_of_failures"] = 0
    # Several of the same name are as good as one: to whom they go differs.
    return dataclasses.replace(wish, fields=fields, keep_twins=True)


def _check_new(client: QuayClient, names: Names, wish: Wish) -> None:
    lacking = [name for name in NAME if names[name] is None] + ["config"] * ("config" not in wish.fields)
    if lacking:
        needed = f"{', '.join(lacking)} {'are' if len(lacking) > 1 else 'is'} required"
        raise QuayError(f"{needed}: there is no {NOTIFICATION.title(names)} yet.")
    if names["event"] == content.EXPIRY:
        require(client, "image_expiry")
    if names["method"] == "email":
        require(client, "mail_notifications")


def write(change: Change) -> Steps:
    """A new one begins without failures."""
    differs = change.differs - {"number_of_failures"}
    after = {**change.after, "number_of_failures": change.facts.get("values", {}).get("number_of_failures")}
    steps = list(SHAPE.write(dataclasses.replace(change, after=after, differs=differs)))
    yield from steps
    if "number_of_failures" in change.differs:
        failed = [change.facts["entry"]] * (not steps) + change.facts["twins"]
        for entry in (entry for entry in failed if entry["number_of_failures"]):
            yield change.step("reset the failures of", "POST", SHAPE.entry_path, id=entry["uuid"])


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """The ids of all that are meant afterwards, for the tests."""
    new = [answer for answer in answers if isinstance(answer, dict)]
    kept = [] if new or observed.fields is None else [observed.facts["entry"]]
    return {"ids": [entry["uuid"] for entry in (*new, *kept, *observed.facts.get("twins", ()))]}


def test(context: Context, result: Params) -> None:
    """Queue a test of each; Quay sends it as soon as its worker comes to it, and tells nothing of it.

    Raises QuayError.
    """
    ids = result.pop("ids", [])
    if not (ids and context.params["test"]) or context.check_mode:
        return
    names = {"repository": result["notification"]["repository"]}
    for one in ids:
        path = address(PATH + "{id}/test", {**names, "id": one})
        try:
            context.client.write("POST", path, None, f"test a notification of {names['repository']}")
        except QuayError as error:
            error.result.setdefault("changed", result["changed"])
            raise


SHAPE = Member(
    PATH,
    "notifications",
    "uuid",
    match=NAME,
    update=None,
    parse=content.parse,
    render=content.render,
    parent=find_repository,
    # A superuser is told of none if there is no repository either.
    vague=True,
    view=content.NotificationsView,
)
NOTIFICATION = Resource(
    kind="notification",
    label="{called} of {repository}",
    keys=(
        Field("repository", required=True, rule=repository_rule),
        Field("title", rule=text_rule),
        Field("event", spec={"choices": list(content.EVENTS)}),
        Field("method", spec={"choices": list(content.METHODS)}),
    ),
    fields=(
        Field("config", "dict", canonical=content.canonical, shown=content.shown, spec=content.CONFIG_SPEC),
        Field("image_expiry_days", "int", rule=lambda days: "" if days > 0 else "use 1 or more", spec={"default": 7}),
        Field("vulnerability_level", spec={"choices": list(content.LEVELS)}),
        Field("ref_regex", rule=text_rule, canonical=or_none),
        Field("number_of_failures", "int", on_create=0, computed=True),
    ),
    shape=SHAPE,
    read=read,
    writes=(write,),
    locate=locate,
    adapt=adapt,
    returns=returns,
)
