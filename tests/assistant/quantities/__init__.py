"""Tests of how quantities are read; what their helper asserts is explained as in a test."""

import pytest

pytest.register_assert_rewrite("tests.assistant.quantities.reading")
