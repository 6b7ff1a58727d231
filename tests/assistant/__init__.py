"""Tests of the assistant; what a shared helper asserts is explained as in a test."""

import pytest

pytest.register_assert_rewrite("tests.assistant.talking")
