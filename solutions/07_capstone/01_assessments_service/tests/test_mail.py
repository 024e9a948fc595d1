"""26, 27: mail that arrives, or is known not to."""

import asyncio

import pytest

from assessments.mail import GatewayBusy, GatewayRefused, Mailer, MailFailed
from fakes import ADA, KIM, Gateway, Naps, hang

pytestmark = pytest.mark.asyncio

HELLO = (ADA, "Hello", "How are you?")


async def test_a_mail_is_handed_over_once(mailer: Mailer, gateway: Gateway, naps: Naps) -> None:
    await mailer.send(*HELLO)

    assert gateway.asked == gateway.sent == [HELLO]
    assert naps.taken == []


@pytest.mark.parametrize("step", [GatewayBusy(), hang])
async def test_a_third_attempt_may_be_the_good_one(
    mailer: Mailer, gateway: Gateway, naps: Naps, step: object
) -> None:
    gateway.steps[ADA].extend([step, step])  # type: ignore[list-item]

    async with asyncio.timeout(0.5):
        await mailer.send(*HELLO)

    assert gateway.asked == [HELLO] * 3
    assert gateway.sent == [HELLO]
    assert naps.taken == [1.0, 2.0]


@pytest.mark.parametrize("step", [GatewayBusy(), hang])
async def test_there_is_no_fourth_attempt(
    mailer: Mailer, gateway: Gateway, naps: Naps, step: object
) -> None:
    gateway.steps[ADA].extend([step] * 3)  # type: ignore[list-item]

    with pytest.raises(MailFailed):
        async with asyncio.timeout(0.5):
            await mailer.send(*HELLO)

    assert gateway.asked == [HELLO] * 3
    assert naps.taken == [1.0, 2.0]


async def test_a_refused_mail_is_not_tried_again(
    mailer: Mailer, gateway: Gateway, naps: Naps
) -> None:
    gateway.steps[ADA].append(GatewayRefused())

    with pytest.raises(MailFailed):
        await mailer.send(*HELLO)

    assert gateway.asked == [HELLO]
    assert naps.taken == []


async def test_an_attempt_that_takes_too_long_is_cancelled(
    mailer: Mailer, gateway: Gateway
) -> None:
    ended: list[str] = []

    async def wait() -> None:
        try:
            await hang()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    gateway.steps[ADA].append(wait)

    async with asyncio.timeout(0.5):
        await mailer.send(*HELLO)

    assert ended == ["cancelled"]


async def test_mails_to_one_recipient_wait_for_each_other_and_for_nobody_else(
    gateway: Gateway, naps: Naps
) -> None:
    mailer = Mailer(gateway, naps)
    free, kim_has_mail = asyncio.Event(), asyncio.Event()

    async def tell() -> None:
        kim_has_mail.set()

    gateway.steps[ADA].append(free.wait)
    gateway.steps[KIM].append(tell)
    async with asyncio.timeout(0.5), asyncio.TaskGroup() as group:
        for to, subject in [(ADA, "1"), (ADA, "2"), (ADA, "3"), (KIM, "4")]:
            group.create_task(mailer.send(to, subject, ""))
        await kim_has_mail.wait()
        asked = [subject for _, subject, _ in gateway.asked]
        free.set()

    assert sorted(asked) == ["1", "4"]
    assert [subject for _, subject, _ in gateway.sent] == ["4", "1", "2", "3"]


async def test_a_mail_keeps_its_place_between_attempts(gateway: Gateway) -> None:
    sleeping, wake = asyncio.Event(), asyncio.Event()

    async def sleep(_seconds: float) -> None:
        sleeping.set()
        await wake.wait()

    mailer = Mailer(gateway, sleep)
    gateway.steps[ADA].append(GatewayBusy())
    async with asyncio.timeout(0.5), asyncio.TaskGroup() as group:
        group.create_task(mailer.send(ADA, "1", ""))
        await sleeping.wait()
        group.create_task(mailer.send(ADA, "2", ""))
        await mailer.send(KIM, "3", "")
        wake.set()

    assert [subject for _, subject, _ in gateway.sent] == ["3", "1", "2"]


@pytest.mark.parametrize("step", [GatewayRefused(), GatewayBusy(), hang])
async def test_a_mail_that_fails_does_not_block_the_next(
    mailer: Mailer, gateway: Gateway, step: object
) -> None:
    gateway.steps[ADA].extend([step] * 3)  # type: ignore[list-item]

    async with asyncio.timeout(0.5):
        with pytest.raises(MailFailed):
            await mailer.send(*HELLO)
        gateway.steps.clear()
        await mailer.send(*HELLO)

    assert gateway.sent == [HELLO]


async def test_cancelling_ends_the_attempt_and_frees_the_recipient(
    gateway: Gateway, naps: Naps
) -> None:
    mailer = Mailer(gateway, naps)
    entered, ended = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        entered.set()
        try:
            await hang()
        finally:
            ended.set()

    gateway.steps[ADA].append(wait)
    async with asyncio.timeout(0.5):
        sending = asyncio.create_task(mailer.send(*HELLO))
        await entered.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

        assert ended.is_set()
        assert gateway.asked == [HELLO]
        await mailer.send(*HELLO)

    assert gateway.sent == [HELLO]
