"""The file of words for units is checked when it is read."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from assistant.embedded.quantities.units_data import UNITS, read_units


def test_a_mistake_in_the_words_is_refused(tmp_path: Any):
    data = yaml.safe_load(UNITS.read_text("utf-8"))
    data["units"]["week"].append("day")
    path = tmp_path / "units.yaml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(ValidationError, match="'day' stands both under"):
        read_units(path)
    del data["percents"]
    path.write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(ValidationError, match="percents"):
        read_units(path)
