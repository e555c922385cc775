"""Error budgets: what the target leaves of the window, and what incidents took of it."""

import datetime

from .measures import between, end_of
from .sources import CONFIG, DOCUMENTS, TODAY
from .work import months


def union(spans):
    """Minutes in any of the spans: every minute is looked at."""
    minutes = set()
    for start, end in spans:
        at = int(start.timestamp()) // 60
        minutes.update(range(at, int(end.timestamp()) // 60))
    return len(minutes)


def spent(document, slo, bad, rate):
    """Minutes, and whether they are stated or computed from the impact."""
    if bad is not None:
        return float(bad), "stated"
    own = [window for window in document["windows"] if window.get("service") == slo.get("service")]
    own = own or [window for window in document["windows"] if window.get("service") is None]
    if own:
        length = union([(window["start"], window["end"]) for window in own]) if all(window["start"] and window["end"] for window in own) else None
    else:
        start, end = end_of(document, "started"), end_of(document, "ended")
        length = between(start, end) / 60 if start and end and start <= end else None
    if length is None or not 0 <= (1 if rate is None else rate) <= 1:
        return None, "unknown"
    return length * (1 if rate is None else rate), "computed"


class Budget:
    def __init__(self, slo):
        self.id, self.service = slo["id"], slo.get("service")
        self.target, self.window = slo.get("target", 99.9), slo.get("window-days", 30)
        self.share = (100 - self.target) / 100
        self.allowed = self.window * 1440 * self.share
        self.costs = [
            (document, *spent(document, slo, cost.get("bad_minutes"), cost.get("error_rate")))
            for document in DOCUMENTS
            for cost in document["costs"]
            if cost["slo"] == self.id
        ]
        known = [document["date"] for document, minutes, _ in self.costs if minutes is not None]
        changes = sorted({*known, *(day + datetime.timedelta(days=self.window) for day in known), TODAY})
        self.steps = [(day, self.allowed - self.burned(day)) for day in changes if day <= TODAY]
        self.months = [self.of_month(month) for month in months(min((document["date"] for document, _, _ in self.costs), default=TODAY), TODAY)] if self.costs else []
        self.silent = [document for document in DOCUMENTS if self.service in document["services"] and all(cost["slo"] != self.id for cost in document["costs"])]
        self.left = self.allowed - self.burned(TODAY)
        self.lowest = min([self.allowed, *(left for _, left in self.steps)])

    def burned(self, day):
        return sum(minutes for document, minutes, _ in self.costs if minutes is not None and 0 <= (day - document["date"]).days < self.window)

    def of_month(self, month):
        own = [minutes for document, minutes, _ in self.costs if (document["date"].year, document["date"].month) == (month.year, month.month)]
        days = (months(month, month + datetime.timedelta(days=31))[1] - month).days
        return {"month": month, "burned": sum(minutes for minutes in own if minutes is not None), "allowed": days * 1440 * self.share, "incidents": len(own), "unknown": own.count(None)}

    def months_over(self):
        return sum(month["burned"] > month["allowed"] for month in self.months)


BUDGETS = [Budget(slo) for slo in CONFIG["slo"]]
