"""The look of Gradio's own parts: ink blue and container orange, with the system's fonts."""

import gradio as gr
from gradio.themes.utils.colors import Color


def _color(shades: str) -> Color:
    return Color(*shades.split())


INK = _color("#f1f5f9 #e3eaf1 #c9d6e3 #a3b7ca #7590a9 #54718c #3f5a74 #2c465e #1c3347 #122536 #0b1825")
ORANGE = _color("#fff4ec #ffe6d5 #ffc9a8 #ffa873 #f98442 #e0621f #b8480f #963a0d #742e0d #57240d #3a1707")
SYSTEM_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif")
SYSTEM_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")


def theme() -> gr.themes.Base:
    """Return the theme; the colours of the page around it stand in static/base.css under the same names."""
    return gr.themes.Base(
        primary_hue=ORANGE, secondary_hue=INK, neutral_hue=INK, font=SYSTEM_FONT, font_mono=SYSTEM_MONO
    ).set(
        body_background_fill="transparent",
        body_background_fill_dark="transparent",
        body_text_color="var(--text)",
        body_text_color_dark="var(--text)",
        body_text_color_subdued="var(--quiet)",
        body_text_color_subdued_dark="var(--quiet)",
        background_fill_primary="var(--surface)",
        background_fill_primary_dark="var(--surface)",
        background_fill_secondary="var(--page)",
        background_fill_secondary_dark="var(--page)",
        border_color_primary="var(--line)",
        border_color_primary_dark="var(--line)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_shadow_dark="none",
        input_background_fill="var(--surface)",
        input_background_fill_dark="var(--surface)",
        input_placeholder_color="var(--quiet)",
        input_placeholder_color_dark="var(--quiet)",
        link_text_color="var(--accent)",
        link_text_color_dark="var(--accent)",
        code_background_fill="var(--sunken)",
        code_background_fill_dark="var(--sunken)",
    )
