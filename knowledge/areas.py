"""The areas of the field: what people call them, and in which order they are met."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.note import NoteError

AREAS = Path(__file__).with_name("areas.yaml")


class Area(BaseModel):
    """An area: its id as it stands in notes, its name in words, and in a sentence what is in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    about: str = ""


@cache
def known_areas(path: Path = AREAS) -> dict[str, Area]:
    """Return the areas that have a name, by id, in order.

    Raises:
        NoteError: when the list is damaged.
    """
    try:
        entries = TypeAdapter(list[Area]).validate_python(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, ValueError, yaml.YAMLError, ValidationError) as error:
        raise NoteError(path, 1, f"the list of areas is damaged ({error})", "Restore it.") from error
    return {entry.id: entry for entry in entries}


def area_of(area_id: str) -> Area:
    """Return an area; one that the list lacks, as in a vault of one's own, is named by its own words."""
    words = area_id.replace("-", " ")
    return known_areas().get(area_id) or Area(id=area_id, name=words[:1].upper() + words[1:])


def in_order(area_ids: set[str]) -> list[Area]:
    """Return areas in the order of the list, those that it lacks at the end by name."""
    places = {area_id: place for place, area_id in enumerate(known_areas())}
    return sorted(map(area_of, area_ids), key=lambda area: (places.get(area.id, len(places)), area.name))
