# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the first door, an operation as a module on its target. The only place that exits."""

from __future__ import annotations

import os
import typing as t

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import remove_values

from .._client.connection import specified
from .._errors import QuayError, unexpected
from .._text.shown import Secrets, visible
from .operation import Context, Operation


def run_module(operation: Operation) -> None:
    """Run ``operation`` with the task's arguments; leaves by exit_json or fail_json."""

    class Module(AnsibleModule):
        params: dict[str, t.Any]

        def _load_params(self) -> None:
            """Comes before Ansible writes the options to the system's log, or to a failure."""
            super()._load_params()
            self.params = specified(self.params, operation.connection)
            self.no_log_values = Secrets(operation.secrets_in(self.params))

    module = Module(argument_spec=operation.argument_spec(), supports_check_mode=True, **operation.all_constraints())

    def warn(text: str) -> None:
        # Newer cores do not mask a module's warnings.
        module.warn(visible(remove_values(text, module.no_log_values)))

    context = Context(
        module.params,
        module.check_mode,
        module._diff,
        warn,
        os.getcwd(),
        no_log=module.no_log,
        secrets=module.no_log_values,
    )
    failure: str | None = None
    result: dict[str, t.Any] = {}
    try:
        result = operation.start(context)
    except QuayError as error:
        failure, result = str(error), error.result
    except Exception as error:  # a raw traceback could show secrets
        failure = unexpected(error, module._name)
    # Outside the except block: inside it core would add the traceback.
    if failure is not None:
        module.fail_json(msg=failure, **result)
    module.exit_json(**result)
