# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the second door, an operation inside the controller's worker.

Taken for local connections without become, async and environment; else the module runs as ever.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass

from ansible import constants
from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import specified
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import REQUESTS_ERROR
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context, Operation
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError, unexpected
from ansible_collections.dockhand.quay.plugins.module_utils._text.shown import Secrets, visible

display = Display()
SWITCH = "quay_in_worker"
Result = dict[str, t.Any]


@dataclass
class Told:
    """What goes into a result beside what the operation says."""

    secrets: set[str]
    warnings: list[str]
    deprecations: list[Result]


class ActionModule(NormalAction):
    """The base of every action file; each sets OPERATION to its module's."""

    OPERATION: t.ClassVar[Operation]

    def run(self, tmp: t.Any = None, task_vars: Result | None = None) -> Result:
        """The task's result, from the worker or from the module."""
        why_not = self._why_not(task_vars or {})
        if why_not:
            display.vvv(f"{self._task.action}: as a module: {why_not}")
            return t.cast("dict[str, t.Any]", super().run(tmp, task_vars))
        display.vvv(f"{self._task.action}: in the worker")
        return self._run_here(task_vars or {})

    def _why_not(self, task_vars: Result) -> str:
        if not boolean(self._templar.template(task_vars.get(SWITCH, True)), strict=False):
            return f"{SWITCH} is false"
        if self._connection.transport != "local":
            return f"connection {self._connection.transport}"
        if self._connection.become is not None:
            return "become"
        if self._task.async_val:
            return "async"
        if any(self._task.environment or ()):
            return "environment"
        return "requests is not installed here" if REQUESTS_ERROR else ""

    def _run_here(self, task_vars: Result) -> Result:
        operation = self.OPERATION
        validator = ArgumentSpecValidator(operation.argument_spec(), **operation.all_constraints())
        args = specified(_plain(self._task.args), operation.connection)
        checked = validator.validate(args)
        told, params = _told_by(checked), checked.validated_parameters
        told.secrets.update(operation.secrets_in(args))
        if checked.error_messages:
            unsupported = isinstance(checked.errors[0], UnsupportedError)
            message = f"Unsupported parameters for ({self._task.action}) module: " if unsupported else ""
            return self._finish({"failed": True, "msg": message + checked.errors.msg}, params, told, task_vars)
        context = Context(
            params,
            check_mode=bool(self._task.check_mode),
            diff=bool(self._task.diff),
            warn=lambda text: told.warnings.append(visible(remove_values(text, told.secrets))),
            basedir=self._loader.get_basedir(),
            no_log=bool(self._task.no_log),
            secrets=told.secrets,
            tell=lambda text: display.v(remove_values(f"{self._task.action}: {text}", told.secrets)),
        )
        try:
            result = operation.start(context)
        except QuayError as error:
            result = {**error.result, "failed": True, "msg": str(error)}
        except Exception as error:  # a raw traceback could show secrets
            result = {"failed": True, "msg": unexpected(error, self._task.action.rsplit(".", 1)[-1])}
        return self._finish(result, params, told, task_vars)

    def _finish(self, result: Result, params: Result, told: Told, task_vars: Result) -> Result:
        """The result as AnsibleModule would have sent it over the wire."""
        result.setdefault("changed", False)
        if _wants_invocation(task_vars):
            result["invocation"] = {"module_args": params}
        if told.warnings:
            result["warnings"] = list(dict.fromkeys(told.warnings))
        if told.deprecations:
            result["deprecations"] = told.deprecations
        # Flags and nulls at the top stay, as in AnsibleModule.
        kept = {key: value for key, value in result.items() if value is None or isinstance(value, bool)}
        masked = {**remove_values(result, told.secrets), **kept}
        return t.cast("Result", _plain(masked))


def _plain(value: t.Any) -> t.Any:
    """What is left of a value after the journey to a module: no tags, no lazy types, decrypted vault values."""
    return json.loads(json.dumps(value, default=_plainly))


def _plainly(value: t.Any) -> t.Any:
    if isinstance(value, t.Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if isinstance(value, bytes):
        return value.decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _told_by(checked: t.Any) -> Told:
    """No public way leads to what a validation found besides errors (ansible-core 2.16 to 2.21)."""
    return Told(
        secrets=Secrets(checked._no_log_values),
        warnings=[f"Both option {told['option']} and its alias {told['alias']} are set." for told in checked._warnings],
        deprecations=[_deprecation(told) for told in checked._deprecations],
    )


def _deprecation(told: t.Any) -> Result:
    text = told.get("msg") or f"Alias '{told['name']}' is deprecated. See the module docs for more information"
    entry = {
        "msg": text,
        "version": told.get("version"),
        "date": told.get("date"),
        "collection_name": told.get("collection_name"),
    }
    return {key: value for key, value in entry.items() if value is not None}


def _wants_invocation(task_vars: Result) -> bool:
    try:
        return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=task_vars))
    except AnsibleError:
        # Older cores know no such setting and always have it.
        return True
