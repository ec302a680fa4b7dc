"""A visitor's hands on the keyboard: what has the focus, and the way to it by Tab alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

FARTHEST = 200
"""Presses of Tab after which something counts as out of reach."""

FOCUSED = """() => {
  const it = document.activeElement;
  const labels = [...(it.labels ?? [])].map((one) => one.innerText).join(" ");
  const label = it.getAttribute("aria-label") || labels;
  const role = it.getAttribute("role") || it.type || it.tagName.toLowerCase();
  const name = (label || (it.options ? "" : it.innerText) || "").replace(/\\s+/g, " ").trim();
  const typed = it.matches("input, textarea") ? it.value : "";
  const value = it.options ? it.selectedOptions[0]?.text : typed;
  return `${role}${it.checked ? ", ticked" : ""}: ${name}${value ? ` = ${value}` : ""}`;
}"""


class Hands:
    """The keyboard of a visitor; nothing here points at an element but the focus itself."""

    def __init__(self, visitor: Visitor) -> None:
        """Take the keyboard of the page that is open."""
        self.visitor = visitor
        self.page = visitor.page

    def focused(self) -> str:
        """Say what has the focus, as `role: name`."""
        return str(self.page.evaluate(FOCUSED))

    def cell(self) -> tuple[str, str]:
        """Say which column the focus stands in, and what the cell holds."""
        key, text = self.page.evaluate(
            "[document.activeElement.dataset.key, document.activeElement.innerText.trim()]"
        )
        return str(key), str(text)

    def press(self, *keys: str) -> Hands:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, text: str) -> Hands:
        """Type over what stands in the field that has the focus."""
        self.press("Control+a")
        self.page.keyboard.type(text)
        return self

    def tab_to(self, wanted: str, *, key: str = "Tab") -> Hands:
        """Press Tab until the focus is on what is wanted: a pattern of `role: name`.

        Raises: AssertionError where it cannot be reached; it tells what was passed.
        """
        passed = [self.focused()]
        while not re.search(wanted, passed[-1]):
            assert len(passed) <= FARTHEST, f"{wanted} is out of reach: {passed}"
            passed.append(self.press(key).focused())
        return self

    def follow(self, wanted: str, *, key: str = "Enter") -> Hands:
        """Tab to a link or button and press it; wait for the page it leads to."""
        self.tab_to(wanted)
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_load_state("networkidle")
        return self
