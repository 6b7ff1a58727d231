"""A sign for each area on the map: a colour and a shape, so that no two areas share both."""

from pydantic import BaseModel, ConfigDict

# Each stands out by 3 to 1 or more from the page, light or dark.
COLOURS = ("#2e7bb6", "#c95a17", "#178577", "#8a63c4", "#bd4b86", "#71802a", "#94713b", "#66798b")
SHAPES = ("circle", "square", "diamond", "triangle-up", "hexagon", "triangle-down", "pentagon")


class Sign(BaseModel):
    """A colour and the name of a shape as Plotly knows it."""

    model_config = ConfigDict(frozen=True)

    colour: str
    shape: str


def signs_of(area_ids: list[str]) -> dict[str, Sign]:
    """Return a sign for each area; neighbours in the list differ in both colour and shape."""
    return {
        area_id: Sign(colour=COLOURS[place % len(COLOURS)], shape=SHAPES[place % len(SHAPES)])
        for place, area_id in enumerate(area_ids)
    }
