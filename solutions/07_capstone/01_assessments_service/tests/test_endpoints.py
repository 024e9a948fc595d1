"""5 to 15, 24: what authors and learners can do, and what they are told."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from assessments.dao import AssessmentDao
from assessments.mail import GatewayBusy, GatewayRefused, Mailer
from assessments.progress import ProgressBoard
from assessments.service import AssessmentService
from conftest import Deliver, Given
from fakes import (
    ADA,
    KIM,
    LEE,
    MILK,
    NOW,
    Clock,
    Gateway,
    Naps,
    User,
    milk_of,
    refused,
    seat_of,
    seen,
)

pytestmark = pytest.mark.asyncio

SHOWN = MILK | {"author": ADA, "closes_at": NOW + 86_400}
SHOWN.pop("days")


async def test_an_assessment_is_created_and_shown_to_everybody(ada: User, kim: User) -> None:
    response = await ada.ask("POST", "", MILK | {"title": " Milk "})

    number = response.json()["id"]
    assert seen(response) == (201, SHOWN | {"id": number})
    assert response.headers["Location"] == f"/assessments/{number}"
    assert seen(await kim.ask("GET", f"/{number}")) == (200, SHOWN | {"id": number})


async def test_it_closes_after_as_many_days_as_were_asked_for(ada: User, clock: Clock) -> None:
    clock.now = NOW + 5

    number = await ada.create(days=3)

    shown = (await ada.ask("GET", f"/{number}")).json()
    assert shown["closes_at"] == NOW + 5 + 3 * 86_400


async def test_a_title_is_taken_once_by_an_author(ada: User, lee: User, given: Given) -> None:
    await given(milk_of())

    assert seen(await ada.ask("POST", "", MILK | {"days": 2})) == refused(409, "title_taken")
    assert await lee.create() != 2


async def test_a_seat_is_paid_in_full(lee: User, given: Given, deliver: Deliver) -> None:
    await given(milk_of(), seat_of(LEE, 2, 899), seat_of(KIM, 2, 1), seat_of(LEE, 1, 1))

    steps = [("PUT", "answers/1", {"value": 1}), ("POST", "submission", None), ("GET", "seat", None)]
    for method, path, body in steps:
        response = await lee.ask(method, f"/2/{path}", body)
        assert seen(response) == refused(402, "not_paid")

    await deliver("evt_4", 2, LEE, cents=1)
    assert (await lee.seat(2))["paid_cents"] == 900


async def test_answers_are_counted_and_replaced(kim: User, given: Given) -> None:
    await given(
        milk_of(), seat_of(KIM, 2), seat_of(LEE, 2), answers={(2, LEE): [0, 0], (1, KIM): [0]}
    )

    counted = []
    for question, value in [(3, 1), (3, 5), (1, 2), (2, 4)]:
        counted.append(seen(await kim.ask("PUT", f"/2/answers/{question}", {"value": value})))

    assert counted == [(200, {"answered": n, "questions": 3}) for n in (1, 1, 2, 3)]
    await kim.submit(2)
    mean = (await kim.seat(2))["mean"]
    assert isinstance(mean, float)
    assert abs(mean - 11 / 3) < 1e-9


async def test_there_is_no_such_question(kim: User, tea: int) -> None:
    for question in (0, 3):
        response = await kim.ask("PUT", f"/{tea}/answers/{question}", {"value": 1})

        assert seen(response) == refused(404, "no_such_question")


async def test_a_seat_from_the_first_answer_to_the_rating(
    ada: User, kim: User, lee: User, tea: int, given: Given, clock: Clock, gateway: Gateway
) -> None:
    await given(seat_of(LEE))
    seat = {"learner": KIM, "paid_cents": 900, "answered": 0}
    nothing = {"submitted_at": None, "mean": None, "points": None}
    assert await kim.seat(tea) == seat | nothing
    await kim.answer(tea, 5, 2)
    assert await kim.seat(tea) == seat | nothing | {"answered": 2}
    assert seen(await ada.rate(tea, KIM)) == refused(409, "not_submitted")

    clock.now += 7
    submitted = await kim.submit(tea)
    assert seen(submitted) == (201, {"submitted_at": NOW + 7, "mailed": True})
    clock.now += 7
    after = seat | {"answered": 2, "submitted_at": NOW + 7, "mean": 3.5, "points": None}
    assert await kim.seat(tea) == after

    for points in (0, 80):
        rated = {"learner": KIM, "points": points, "mailed": True}
        assert seen(await ada.rate(tea, KIM, points)) == (200, rated)
        assert await kim.seat(tea) == after | {"points": points}
    assert await lee.seat(tea) == seat | nothing | {"learner": LEE}
    assert gateway.sent == [
        (ADA, "Submitted: Tea", f"{KIM} has submitted."),
        (KIM, "Rated: Tea", "0 points"),
        (KIM, "Rated: Tea", "80 points"),
    ]


async def test_not_all_is_answered(kim: User, tea: int, given: Given, gateway: Gateway) -> None:
    await given(seat_of(LEE), answers={(tea, LEE): [1, 1], (tea, KIM): [1]})

    assert seen(await kim.submit(tea)) == refused(409, "incomplete")
    assert gateway.asked == []
    await kim.answer(tea, 1, 1)
    assert (await kim.submit(tea)).status_code == 201


async def test_nothing_is_answered_or_submitted_afterwards(
    kim: User, lee: User, tea: int, given: Given, gateway: Gateway
) -> None:
    await given(seat_of(LEE), answers={(tea, KIM): [1, 2]})
    await kim.submit(tea)

    response = await kim.ask("PUT", f"/{tea}/answers/1", {"value": 5})

    assert seen(response) == refused(409, "submitted")
    assert seen(await kim.submit(tea)) == refused(409, "submitted")
    assert (await kim.seat(tea))["mean"] == 1.5
    assert len(gateway.sent) == 1
    await lee.answer(tea, 1)


async def test_the_moment_it_closes(kim: User, tea: int, given: Given, clock: Clock) -> None:
    await given(answers={(tea, KIM): [1, 1]})
    clock.now = NOW + 86_400

    response = await kim.ask("PUT", f"/{tea}/answers/1", {"value": 5})

    assert seen(response) == refused(409, "closed")
    assert seen(await kim.submit(tea)) == refused(409, "closed")
    clock.now = NOW + 86_399
    await kim.answer(tea, 1)
    assert (await kim.submit(tea)).status_code == 201


async def test_a_learner_who_never_paid_cannot_be_rated(ada: User, tea: int) -> None:
    assert seen(await ada.rate(tea, LEE)) == refused(404, "no_such_learner")


async def test_only_the_author_may(kim: User, tea: int, given: Given, gateway: Gateway) -> None:
    await given(seat_of(LEE, submitted_at=NOW))

    async with asyncio.timeout(0.5):
        told = [
            seen(await kim.rate(tea, LEE, 100)),
            seen(await kim.ask("POST", f"/{tea}/reminders")),
            seen(await kim.ask("GET", f"/{tea}/progress")),
        ]

    assert told == [refused(403, "not_author")] * 3
    assert gateway.asked == []


async def test_there_is_no_such_assessment(ada: User, tea: int) -> None:
    steps: list[tuple[str, str, object]] = [
        ("GET", "", None),
        ("PUT", "/answers/1", {"value": 1}),
        ("POST", "/submission", None),
        ("GET", "/seat", None),
        ("PUT", "/ratings/kim@x.org", {"points": 1}),
        ("POST", "/reminders", None),
        ("GET", "/progress", None),
    ]
    async with asyncio.timeout(0.5):
        told = [seen(await ada.ask(method, f"/{tea + 1}{path}", body)) for method, path, body in steps]

    assert told == [refused(404, "no_such_assessment")] * len(steps)


async def test_reminders_go_to_those_who_wait(
    ada: User, tea: int, given: Given, gateway: Gateway
) -> None:
    await given(
        milk_of(),
        seat_of(LEE),
        seat_of("mo@x.org"),
        seat_of("done@x.org", submitted_at=NOW),
        seat_of("poor@x.org", paid_cents=899),
        seat_of("milk@x.org", 2),
    )
    gateway.steps[LEE].append(GatewayRefused())

    response = await ada.ask("POST", f"/{tea}/reminders")

    status, body = seen(response)
    assert isinstance(body, dict)
    assert status == 200
    assert sorted(body.pop("sent")) == [KIM, "mo@x.org"]
    assert body == {"failed": [LEE]}
    mail = ("Reminder: Tea", "Your answers are waited for.")
    assert sorted(gateway.asked) == [(KIM, *mail), (LEE, *mail), ("mo@x.org", *mail)]


async def test_reminders_do_not_wait_for_each_other(
    ada: User, app: FastAPI, tea: int, given: Given, gateway: Gateway, naps: Naps
) -> None:
    app.state.mailer = Mailer(gateway, naps)  # with time enough to wait for each other
    await given(seat_of(LEE), seat_of("mo@x.org"))
    everybody = asyncio.Barrier(3)
    for learner in (KIM, LEE, "mo@x.org"):
        gateway.steps[learner].append(everybody.wait)

    async with asyncio.timeout(0.5):
        response = await ada.ask("POST", f"/{tea}/reminders")

    sent: list[str] = response.json()["sent"]
    assert sorted(sent) == [KIM, LEE, "mo@x.org"]


@pytest.mark.parametrize("error", [GatewayBusy(), GatewayRefused()])
async def test_a_mail_that_fails_changes_nothing_else(
    ada: User, kim: User, tea: int, given: Given, gateway: Gateway, error: Exception
) -> None:
    gateway.steps[ADA].extend([error] * 3)
    gateway.steps[KIM].extend([error] * 3)
    await given(answers={(tea, KIM): [1, 1]})

    submitted = await kim.submit(tea)
    rated = await ada.rate(tea, KIM)

    assert seen(submitted) == (201, {"submitted_at": NOW, "mailed": False})
    assert seen(rated) == (200, {"learner": KIM, "points": 80, "mailed": False})
    seat = await kim.seat(tea)
    assert (seat["submitted_at"], seat["points"]) == (NOW, 80)


async def test_what_a_mail_tells_is_stored(
    app: FastAPI,
    ada: User,
    kim: User,
    tea: int,
    given: Given,
    gateway: Gateway,
    naps: Naps,
    sessions: async_sessionmaker[AsyncSession],
) -> None:
    app.state.mailer = Mailer(gateway, naps)  # with time enough to look
    found: list[tuple[int | None, int | None]] = []

    async def look() -> None:
        async with sessions() as session:
            seat = await AssessmentDao(session).find_seat(tea, KIM)
            assert seat is not None
            found.append((seat.submitted_at, seat.points))

    gateway.steps[ADA].append(look)
    gateway.steps[KIM].append(look)
    await given(answers={(tea, KIM): [1, 1]})
    await kim.submit(tea)
    await ada.rate(tea, KIM)

    assert found == [(NOW, None), (NOW, 80)]


async def test_the_service_says_what_the_endpoints_say(
    sessions: async_sessionmaker[AsyncSession], mailer: Mailer, clock: Clock, tea: int
) -> None:
    async with sessions() as session:
        service = AssessmentService(AssessmentDao(session), mailer, ProgressBoard(), clock)

        answered = await service.answer(KIM, tea, 2, 5)

        assert (answered.answered, answered.questions) == (1, 2)
