"""The shape of the routes: nothing runs in a thread, nobody asks for what nobody gives."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from aiogram import Dispatcher, F, Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Filter, and_f, invert_f, or_f

from bot.chat import Gesture
from handlers.telegram.routes import build_dispatcher

PROVIDED = {"bot", "bots", "dispatcher", "event_update", "event_router", "handler"}
PROVIDED |= {"cause", "received_at", "aside"}
"""What aiogram and our reader put beside an event; filters add their own keys."""
FROM_FILTERS = {"gesture"}
LONGEST_BODY = 15


class Nobody:
    async def hear(self, _: Gesture) -> None: ...


def routers(root: Router) -> Iterator[Router]:
    yield root
    for child in root.sub_routers:
        yield from routers(child)


def handlers(root: Router) -> Iterator[HandlerObject]:
    for router in routers(root):
        for name, observer in router.observers.items():
            if name == "update":
                continue  # aiogram's own
            yield from observer.handlers


def filters(root: Router) -> Iterator[FilterObject]:
    for router in routers(root):
        for observer in router.observers.values():
            yield from observer._handler.filters or []
    for handler in handlers(root):
        yield from handler.filters or []


def is_asynchronous(given: FilterObject) -> bool:
    """Also inside what combines filters: those look asynchronous whatever they hold."""
    inner = [getattr(given.callback, "target", None), *getattr(given.callback, "targets", ())]
    return given.awaitable and all(is_asynchronous(each) for each in inner if each is not None)


def unknown_parameters(handler: HandlerObject) -> set[str]:
    event, *_ = inspect.signature(handler.callback).parameters
    return handler.params - {event} - PROVIDED - FROM_FILTERS


@pytest.fixture(scope="module")
def dispatcher() -> Dispatcher:
    return build_dispatcher(Nobody())


def test_no_filter_runs_in_a_thread(dispatcher: Dispatcher) -> None:
    found = list(filters(dispatcher))
    assert found
    assert [each.callback for each in found if not is_asynchronous(each)] == []


def test_no_handler_runs_in_a_thread(dispatcher: Dispatcher) -> None:
    found = list(handlers(dispatcher))
    assert found
    assert [each.callback for each in found if not each.awaitable] == []


def test_every_handler_asks_only_for_what_it_is_given(dispatcher: Dispatcher) -> None:
    asked = {each.callback: unknown_parameters(each) for each in handlers(dispatcher)}
    assert {callback: names for callback, names in asked.items() if names} == {}


def test_every_filter_asks_only_for_what_it_is_given(dispatcher: Dispatcher) -> None:
    for each in filters(dispatcher):
        _, *names = inspect.signature(each.callback).parameters
        assert set(names) <= PROVIDED


def test_handlers_are_short(dispatcher: Dispatcher) -> None:
    for each in handlers(dispatcher):
        assert len(inspect.getsource(each.callback).splitlines()) <= LONGEST_BODY + 2


def test_nothing_is_remembered_and_no_error_is_swallowed(dispatcher: Dispatcher) -> None:
    assert dispatcher.fsm not in dispatcher.update.outer_middleware._middlewares
    assert [router for router in routers(dispatcher) if router.errors.handlers] == []


def test_two_dispatchers_can_be_built_in_one_process() -> None:
    assert build_dispatcher(Nobody()) is not build_dispatcher(Nobody())


class Slow(Filter):
    async def __call__(self, _: Any) -> bool:
        return True


@pytest.mark.parametrize(
    ("given", "passes"),
    [
        (F.text, False),
        (lambda _: True, False),
        (Slow(), True),
        (invert_f(Slow()), True),
        (invert_f(F.text), False),
        (or_f(Slow(), F.text), False),
        (and_f(Slow(), or_f(Slow(), invert_f(F.text))), False),
    ],
    ids=["bare F", "lambda", "class", "not class", "not F", "or F", "deep inside"],
)
def test_this_check_finds_what_hides(given: Any, passes: bool) -> None:
    assert is_asynchronous(FilterObject(given)) is passes


def test_this_check_finds_a_misspelt_parameter() -> None:
    async def hear(event: object, gestrue: Gesture) -> None:
        raise AssertionError((event, gestrue))

    assert unknown_parameters(HandlerObject(hear)) == {"gestrue"}
