"""Charts: the drawing, the table behind it, its legend and its caption, each against the same figures.

A chart hands over what was counted; what is drawn, listed or written of it is held against that, and so is that nothing
else stands there.
"""

from . import parts, say
from .report import check


def lengths(bars, shares):
    """How long they are drawn, as shares of the width."""
    drawn = [float(bar.attributes["width"].removesuffix("%")) for bar in bars]
    check("as many bars", len(drawn), len(shares))
    check("their lengths", [width for width, share in zip(drawn, shares) if abs(width - share * 100) > 0.01], [])


def stacks(figure, heading, series, bars, unit, n, note=""):
    """Rows of stacked bars. `bars` are names with a counter each; series without anything are left out."""
    used = [name for name in series if any(counts[name] for _, counts in bars)]
    totals = [[label, str(sum(counts.values()))] for label, counts in bars]
    drawn, behind = figure.all("table")
    check("the bars", [row[:2] for row in parts.rows(drawn)], totals)
    check("their heads", parts.heads(drawn), [heading, "All"])
    pieces = [f"{label}: {counts[name]} {name}" for label, counts in bars for name in used if counts[name]]
    check("their parts", [title.claim().text() for title in drawn.all("td.bar title")], pieces)
    longest = max(sum(counts.values()) for _, counts in bars)
    lengths(drawn.all("rect.part"), [counts[name] / longest for _, counts in bars for name in used if counts[name]])
    check("the table's heads", parts.heads(behind), [heading, "All", *used])
    check("the table", parts.rows(behind), [[label, str(sum(counts.values())), *(str(counts[name]) for name in used)] for label, counts in bars])
    check("the legend", [item.claim().text() for item in figure.all("ul.chart-legend li")], used)
    parts.caption(figure, f"{unit}, n = {n}." + (f" {note}" if note else ""))


def bars(figure, counts, n, unit="Postmortems"):
    check("the bars", [row[:2] for row in parts.rows(figure.one("table"))], [[label, str(count)] for label, count in counts])
    longest = max(count for _, count in counts)
    lengths([bar for bar in figure.all("rect") if "track" not in bar.classes], [count / longest for _, count in counts])
    parts.caption(figure, f"{unit}, n = {n}.")


def months(figure, by_month, names):
    """`by_month` are first days with a counter each."""
    totals = {name: sum(counts[name] for _, counts in by_month) for name in names}
    most, n = max(sum(counts.values()) for _, counts in by_month), sum(totals.values())
    label = [f"{say.short_month(month.month)} {month.year}" for month, _ in by_month]
    said = ", ".join(f"{totals[name]} {name}" for name in names)
    figure.one("desc").says(f"{n} in all: {said}. At most {most} in a month.")
    pieces = [f"{label[at]}: {counts[name]} {name}" for at, (_, counts) in enumerate(by_month) for name in names if counts[name]]
    check("the parts of the columns", sorted(title.claim().text() for title in figure.all("svg rect title") + figure.all("svg g title")), sorted(pieces))
    years = sorted({month.year for month, _ in by_month})
    # A year has its name where its columns begin, unless there is no room.
    shown = [tick.claim().text() for tick in figure.all("text.date")]
    check("years below the columns", [year for year in shown if int(year) not in years], [])
    lines = [int(tick.claim().text()) for tick in figure.all("text.tick") if "date" not in tick.classes and tick.text().isdigit()]
    check("the lines are at round numbers", (max(lines) >= most, min(lines) * 2), (True, max(lines)))
    check("the legend", [item.claim().text() for item in figure.all("ul.chart-legend li")], [f"{name} {totals[name]}" for name in names])
    table = figure.one("table")
    check("the table's heads", parts.heads(table), ["When", *names, "All"])
    expected = [[label[at], *(str(counts[name]) for name in names), str(sum(counts.values()))] for at, (_, counts) in enumerate(by_month) if counts]
    check("the table", parts.rows(table), expected)
    parts.caption(figure, f"Postmortems per month, n = {n}.")


def matrix(figure, columns, lines, unit, n, note):
    """`lines` are names with a counter each; columns and lines without anything are left out."""
    used = [name for name in columns if any(counts[name] for _, counts in lines)]
    table = figure.one("table")
    check("the columns", [cell.text() for cell in table.all("thead th")][-len(used) :], used)
    expected = [[label, *(str(counts[name]) if counts[name] else "" for name in used)] for label, counts in lines if any(counts.values())]
    check("the matrix", [[cell if cell != "0" else "" for cell in row] for row in parts.rows(table)], expected)
    parts.caption(figure, f"{unit}, n = {n}. {note}")


def punch_card(figure, starts, untimed):
    """`starts` are moments on the clock of their documents."""
    names = [day[:3] for day in say.WEEKDAYS]
    counts = {}
    for at in starts:
        counts[at.weekday(), at.hour] = counts.get((at.weekday(), at.hour), 0) + 1
    of_day = [sum(count for (day, _), count in counts.items() if day == number) for number in range(7)]
    figure.one("desc").says(", ".join(f"{name} {count}" for name, count in zip(names, of_day)) + ".")
    cells = [(f"{names[day]} {hour:02}:00: {count}", str(count)) for (day, hour), count in sorted(counts.items())]
    check("the cells", [title.claim().text() for title in figure.all("rect.cell title")], [name for name, _ in cells])
    check("the counts in them", [text.claim().text() for text in figure.all("text.in-cell")], [count for _, count in cells])
    check("the hours", [tick.claim().text() for tick in figure.all("text.tick")], ["00", "06", "12", "18", "24"])
    told = [", ".join(f"{hour:02}:00 ({counts[day, hour]})" for hour in range(24) if (day, hour) in counts) for day in range(7)]
    check("the table", parts.rows(figure.one("table")), [[name, str(of_day[day]), told[day]] for day, name in enumerate(names)])
    more = f" {untimed} without a known time of day." if untimed else ""
    parts.caption(figure, f"Number of incidents by the hour at which impact began, on the clock of each document, n = {len(starts)}.{more}")


def steps(figure, told):
    """What goes up and down over time: sentences of the description and of each area, levels with a line, rows, caption."""
    figure.one("desc").says(told["description"])
    names = {title.claim().text() for title in figure.all("rect title")}
    check("the areas", names, set(told["areas"]))
    check("as many", len(named(figure, "level")), len(told["areas"]))
    lines = [tick.claim().text() for tick in figure.all("text.tick")]
    check("the levels with a line", lines[: len(told["lines"])], told["lines"])
    first, last = told["span"]
    check("the days on the axis", [text for text in lines[len(told["lines"]) :] if text not in ticks_between(first, last)], [])
    table = figure.one("table")
    check("the table's heads", parts.heads(table), told["heads"])
    check("the table", parts.rows(table), told["rows"])
    parts.caption(figure, told["caption"])


def named(figure, name):
    """Rectangles with a name; those of the legend have none."""
    return [area for area in figure.all(f"rect.{name}") if area.elements()]


def ticks_between(first, last):
    """Every year and every name of a month that may stand below."""
    return {str(year) for year in range(first.year, last.year + 1)} | {name[:3] for name in say.MONTHS}
