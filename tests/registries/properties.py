# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold for every registry document: checked in this process, without a playbook around it."""

from __future__ import annotations

import contextlib
import random
import threading
import typing as t
from unittest import mock

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import Clients
from ansible_collections.dockhand.quay.plugins.module_utils._document.item import Item
from ansible_collections.dockhand.quay.plugins.module_utils._engine import operation as operations
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context, Operation
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY, READER
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.export import EXPORT_DOCUMENT

from tests.registries.documents import Document, Maker


class CutError(BaseException):
    """The process dies in the middle of its work."""


def _unheard(_warning: str) -> None:
    return None


def run(
    operation: Operation,
    connection: Document,
    check: bool = False,
    warn: t.Callable[[str], None] = _unheard,
    **options: t.Any,
) -> Document:
    """The result of one task."""
    checked = ArgumentSpecValidator(operation.argument_spec()).validate({**connection, **options})
    assert not checked.error_messages, checked.error_messages
    context = Context(checked.validated_parameters, check, True, warn, ".")
    # As in the process that Ansible has for each task, nothing is known of the server yet.
    with mock.patch.object(operations, "_CLIENTS", Clients()):
        return operation.start(context)


@contextlib.contextmanager
def cut_after(writes: int) -> t.Iterator[None]:
    """All requests fail after so many writes, as if the process had died."""
    lock, left, write, call = threading.Lock(), [writes], QuayClient.write, QuayClient.call

    def counted(client: QuayClient, *arguments: t.Any) -> t.Any:
        with lock:
            left[0] -= 1
        return write(client, *arguments)

    def watched(client: QuayClient, *arguments: t.Any, **named: t.Any) -> t.Any:
        if left[0] < 0:
            raise CutError
        return call(client, *arguments, **named)

    with mock.patch.multiple(QuayClient, write=counted, call=watched), contextlib.suppress(CutError):
        yield


def check_document(seed: int, maker: Maker, connection: Document) -> None:
    """Predicted, applied after cuts, settled, exported, changed by another, and brought back in exclusive mode."""
    chance = random.Random(seed)
    first = maker.document()
    predicted = run(APPLY, connection, check=True, document=first)
    whole = sum(predicted["summary"][action] for action in ("create", "change", "delete"))
    if chance.random() < 0.5:
        with cut_after(chance.randint(0, 2 * whole)):
            run(APPLY, connection, document=first)
    else:
        happened = run(APPLY, connection, document=first)
        assert happened["plan"] == predicted["plan"]
    run(APPLY, connection, document=first)
    check_settled(connection, first)
    check_export(connection, first)
    second = maker.changed(first)
    run(APPLY, connection, document=second)
    check_settled(connection, second)
    with cut_after(chance.randint(0, 10)):
        back(connection, first)
    back(connection, first)
    assert changes(back(connection, first)) == []
    check_settled(connection, first)
    check_export(connection, first)


def back(connection: Document, document: Document, check: bool = False) -> Document:
    """Make the registry hold what is declared, and nothing else."""
    options = {"exclusive": READER.exclusive, "max_deletions": 1000, "allow_data_loss": True}
    return run(APPLY, connection, check, document=document, **options)


def check_settled(connection: Document, document: Document) -> None:
    again = run(APPLY, connection, document=document)
    assert changes(again) == [] and not again["changed"], again["plan"]


def changes(result: Document) -> list[Document]:
    """The plan without what Quay cannot change, such as the description of a robot."""
    return [line for line in result["plan"] if line["action"] != "keep"]


def check_export(connection: Document, document: Document) -> None:
    """An export has all that is declared, and applied it changes nothing."""
    names = [organization["name"] for organization in document["organizations"]]
    options = {"organizations": names, "sections": sections_of(document)}
    check_settled(connection, run(EXPORT_DOCUMENT, connection, **options)["document"])
    exported = run(EXPORT_DOCUMENT, connection, defaults=True, **options)["document"]
    check_settled(connection, exported)
    found = {key(item): item for items in READER.read(exported).items.values() for item in items}
    for items in READER.read(document).items.values():
        for item in items:
            check_item(item, found.get(key(item)))


def check_whole_export(connection: Document) -> None:
    """An export of all that the account can read changes nothing, not even in exclusive mode."""
    # An export leaves out what Quay gave to the account for making a repository.
    exclusive = [name for name in READER.exclusive if name != "perms"]
    for _attempt in range(5):
        exported = run(EXPORT_DOCUMENT, connection, defaults=True, on_unreadable="skip")["document"]
        plan = changes(run(APPLY, connection, check=True, document=exported, exclusive=exclusive))
        if not plan:
            return
        # A difference proves something only of a registry that nobody else changed meanwhile.
        again = run(EXPORT_DOCUMENT, connection, defaults=True, on_unreadable="skip")["document"]
        assert again != exported, plan
    raise AssertionError("others changed the registry all the time")


def sections_of(document: Document) -> list[str]:
    """All that an export can have; users only where the document has some, for who is no superuser cannot list them."""
    return [section.name for section in READER.exported if section.name != "users" or document.get("users")]


def key(item: Item) -> tuple[t.Any, ...]:
    resource = item.section.resource
    return (resource.kind, *(item.params.get(entry.name) for entry in resource.keys))


def check_item(declared: Item, exported: Item | None) -> None:
    assert exported, f"{declared.path} is not in the export"
    sets = set(declared.section.sets)
    for name, value in declared.work.wish.fields.items():
        there = exported.work.wish.fields.get(name)
        if name in sets:
            assert all(entry in there for entry in value), (declared.path, name, value, there)
        else:
            assert there == value, (declared.path, name, value, there)


def remove(connection: Document, document: Document) -> None:
    """Take away what a document has made."""
    gone = {
        "organizations": [{"name": entry["name"], "state": "absent"} for entry in document["organizations"]],
        "users": [{"username": entry["username"], "state": "absent"} for entry in document.get("users", ())],
        "messages": [{"content": entry["content"], "state": "absent"} for entry in document.get("messages", ())],
    }
    with contextlib.suppress(QuayError):
        run(APPLY, connection, document=gone, max_deletions=100)
