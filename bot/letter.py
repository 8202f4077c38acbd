"""The auditor's letter in one language: what is wrong, how much of it, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.i18n import Tongue
from bot.texts import audit as words
from workflows.auditing.faults import EXAMPLES, Fault, Rule
from workflows.auditing.telling import News


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letters:
    """`pages` is where the runbook lies, with a slash at its end; times are told in `zone`."""

    tongue: Tongue
    zone: tzinfo
    pages: str

    def letter(self, news: News) -> Letter:
        """Only numbers and words of ours: nobody's name, number or complaint."""
        parts = (
            *self._faults(words.NEW, news.fresh, news),
            *self._faults(words.STILL, news.standing, news),
            *self._over(news),
            self.tongue(words.ALL_WELL) if news.is_all_well else "",
            self.tongue(words.SEEN_AT, time=self._time(news.at), zone=str(self.zone)),
        )
        return Letter(self._subject(news), "\n\n".join(part for part in parts if part) + "\n")

    def what(self, fault: Fault) -> str:
        return self.tongue(words.FAULTS[fault.rule])

    def page(self, rule: Rule) -> str:
        return f"{self.pages}{rule.value}.md"

    def line(self, fault: Fault) -> str:
        """One fault as one line, for a terminal."""
        return " · ".join(self._about(fault))

    def _subject(self, news: News) -> str:
        if news.is_all_well:
            return self.tongue(words.SUBJECT_WELL)
        if news.fresh:
            template = words.SUBJECT_NEW if len(news.fresh) == 1 else words.SUBJECT_MORE
            return self.tongue(template, what=self.what(news.fresh[0]))
        if news.over:
            what = self.tongue(words.FAULTS[news.over[0].rule])
            return self.tongue(words.SUBJECT_OVER, what=what)
        return self.tongue(words.SUBJECT_STILL, what=self.what(news.standing[0]))

    def _faults(self, title: str, faults: tuple[Fault, ...], news: News) -> Iterator[str]:
        if faults:
            yield self.tongue(title)
        for fault in faults:
            since = self.tongue(words.SINCE, time=self._time(news.since[fault.rule]))
            what_to_do = self.tongue(words.WHAT_TO_DO, page=self.page(fault.rule))
            first, *more = self._about(fault)
            yield "\n".join((f"✗ {first}", *(f"  {one}" for one in (*more, since, what_to_do))))

    def _about(self, fault: Fault) -> Iterator[str]:
        yield self.what(fault)
        if fault.count > 1 or fault.more or fault.cases:
            yield self.tongue(words.AT_LEAST if fault.more else words.COUNT, n=fault.count)
        if fault.cases:
            named = ", ".join(f"#{number}" for number in fault.cases)
            more = len(fault.cases) == EXAMPLES and (fault.more or fault.count > EXAMPLES)
            yield self.tongue(words.CASES, cases=f"{named}, …" if more else named)
        if fault.detail:
            yield self.tongue(words.DETAIL, detail=fault.detail)

    def _over(self, news: News) -> Iterator[str]:
        if news.over:
            yield self.tongue(words.OVER)
        for over in news.over:
            times = {"since": self._time(over.since), "until": self._time(over.seen)}
            what = self.tongue(words.FAULTS[over.rule])
            yield "✓ " + self.tongue(words.FROM_UNTIL, what=what, **times)

    def _time(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"
