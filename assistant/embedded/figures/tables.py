"""Pasted tables as lists of numbers under the names of their columns."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.embedded.quantities import Quantity, Reading, Table


def table_columns(text: str, tables: Sequence[Table]) -> list[Quantity]:
    """Return each column of numbers as a list; it stands where its heading stands, so that the heading names it."""
    found = []
    for table in tables:
        names = _labels(table)
        start = table.start
        for heading in table.header:
            place = text.find(heading, start, table.end)
            if place < 0:
                continue
            start = place + len(heading)
            values = _numbers(table, heading)
            if values:
                found.append(
                    Quantity(
                        start=place,
                        end=start,
                        text=heading,
                        value=values[0],
                        is_list=True,
                        values=tuple(values),
                        labels=names if len(names) == len(values) else (),
                    )
                )
    return found


def groups_of(text: str, reading: Reading) -> tuple[Quantity, ...]:
    """Return the named numbers of a message that may be one list ("quality 40, delivery 30"), each list as one."""
    found = []
    for group in reading.groups:
        parts = [reading.quantities[index] for index in group.indices]
        if len(parts) > 1 and not any(part.is_list or part.change for part in parts):
            start, end = parts[0].start, parts[-1].end
            values = tuple(part.value for part in parts)
            first = parts[0]
            found.append(
                replace(first, end=end, text=text[start:end], is_list=True, values=values, labels=tuple(group.labels))
            )
    return tuple(found)


def _numbers(table: Table, heading: str) -> list[float]:
    try:
        return table.column(heading)
    except (KeyError, ValueError):
        return []


def _labels(table: Table) -> tuple[str, ...]:
    """Return the first column that holds names."""
    for place, heading in enumerate(table.header):
        if not _numbers(table, heading):
            names = tuple(row[place] for row in table.rows if place < len(row))
            if len(set(names)) == len(names):
                return names
    return ()
