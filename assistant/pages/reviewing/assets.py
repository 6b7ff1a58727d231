"""Finds the drawing library that Gradio serves, so that the page draws without loading a second one."""

from functools import cache
from pathlib import Path

import gradio as gr

from assistant.pages.frame import FrameError


@cache
def drawing_library() -> str:
    """Return the address of the script that brings Plotly.

    Raises:
        FrameError: when Gradio serves none.
    """
    folder = Path(gr.__file__).parent / "templates" / "frontend" / "assets"
    found = sorted(folder.glob("PlotlyPlot-*.js"))
    if not found:
        raise FrameError("Gradio serves no Plotly: install the Gradio that constraints.txt names.")
    return f"/assets/{found[0].name}"
