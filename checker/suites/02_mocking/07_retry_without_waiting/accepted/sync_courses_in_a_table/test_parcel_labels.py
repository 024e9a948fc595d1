import asyncio

import pytest

from parcel_labels import CarrierError, Label, LabelDesk, Parcel

OK = Label("ok", b"...")


class Recorder:
    def __init__(self, answers):
        self.answers = iter(answers)
        self.course = []
        self.keys = []

    async def create_label(self, parcel, key):
        self.course.append("ask")
        self.keys.append(key)
        self.parcel = parcel
        answer = next(self.answers)
        if isinstance(answer, int):
            raise CarrierError(answer)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def sleep(self, seconds):
        self.course.append(seconds)


def run(recorder, parcel=Parcel(5, 5)):
    try:
        result = asyncio.run(LabelDesk(recorder, sleep=recorder.sleep).label(parcel))
    except CarrierError as error:
        result = error.status
    assert recorder.parcel is parcel
    assert all(isinstance(key, str) for key in recorder.keys)
    assert len(set(recorder.keys)) == 1
    return result


@pytest.mark.parametrize(
    "answers, result, course",
    [
        ([OK], OK, "ask"),
        ([500, OK], OK, "ask 0.25 ask"),
        ([503, 503, OK], OK, "ask 0.25 ask 0.5 ask"),
        ([503, 502, 500, OK], OK, "ask 0.25 ask 0.5 ask 1.0 ask"),
        ([503, 502, 500, 501, 599, OK], 501, "ask 0.25 ask 0.5 ask 1.0 ask"),
        ([404, OK], 404, "ask"),
        ([499, OK], 499, "ask"),
        ([500, 499, OK], 499, "ask 0.25 ask"),
        ([500, 500, 500, 400], 400, "ask 0.25 ask 0.5 ask 1.0 ask"),
    ],
)
def test_course(answers, result, course):
    recorder = Recorder(answers)
    assert run(recorder) == result
    assert " ".join(map(str, recorder.course)) == course


def test_same_object_is_raised():
    errors = [CarrierError(500) for _ in range(4)]
    with pytest.raises(CarrierError) as caught:
        recorder = Recorder(errors)
        asyncio.run(LabelDesk(recorder, sleep=recorder.sleep).label(Parcel(1, 1)))
    assert caught.value is errors[3]


def test_other_exception():
    recorder = Recorder([TimeoutError("gateway"), OK])
    with pytest.raises(TimeoutError):
        run(recorder)
    assert recorder.course == ["ask"]


def test_same_desk_again():
    recorder = Recorder([500, OK, 500, OK])
    desk = LabelDesk(recorder, sleep=recorder.sleep)

    async def twice():
        await desk.label(Parcel(1, 1))
        await desk.label(Parcel(2, 2))

    asyncio.run(twice())
    assert recorder.course == ["ask", 0.25, "ask"] * 2


def test_key_changes():
    first, second = Recorder([OK]), Recorder([OK])
    run(first)
    run(second)
    assert first.keys != second.keys
