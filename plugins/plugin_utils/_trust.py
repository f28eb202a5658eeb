# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: which texts Ansible takes for templates, in every version of it."""

from __future__ import annotations

import typing as t

__all__ = ["foreign", "template"]

try:
    # Since 2.19 a text is no template unless somebody says so.
    from ansible.template import trust_as_template as template
except ImportError:
    from ansible.utils.unsafe_proxy import wrap_var as _never_template

    def template(text: str) -> str:
        """The text, to be a template."""
        return text

else:

    def _never_template(text: str) -> str:
        return text


def foreign(value: t.Any) -> t.Any:
    """What others may have written, never to be a template. A text that cannot be one needs no mark in listings."""
    if not isinstance(value, str):
        return value
    return _never_template(value) if "{" in value or value.startswith("#jinja2:") else template(value)
