import pytest

from member_list import MemberList
from member_sign_up import Reason, Rejected, validate

pytestmark = pytest.mark.asyncio


@pytest.fixture
def members() -> MemberList:
    return MemberList("Soprano@Choir.example", "bass@choir.example", "bass+1@choir.example", "tenor+9@choir.example")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("", Reason.BLANK, id="nothing"),
        pytest.param(" ", Reason.BLANK, id="blank"),
        pytest.param("alto", Reason.MALFORMED, id="no-sign"),
        pytest.param("alto@", Reason.MALFORMED, id="no-host"),
        pytest.param("@choir.example", Reason.MALFORMED, id="no-name"),
        pytest.param("alto@choir@example", Reason.MALFORMED, id="two-signs"),
        pytest.param("bass@choir.example", Reason.TAKEN, id="taken"),
        pytest.param("Bass@Choir.Example", Reason.TAKEN, id="taken-capitals"),
        pytest.param("soprano@choir.example", Reason.TAKEN, id="taken-capitals-in-register"),
        pytest.param("  bass@choir.example", Reason.TAKEN, id="taken-blanks"),
        pytest.param("bass+1@choir.example", Reason.TAKEN, id="taken-plus"),
    ],
)
async def test_rejections(members: MemberList, typed: str, reason: Reason) -> None:
    with pytest.raises(Rejected, check=lambda error: error.reason == reason):
        await validate(typed, members)


async def test_fit_addresses(members: MemberList) -> None:
    assert await validate(" Alto@choir.example  ", members) == "Alto@choir.example"
    assert await validate("bass+2@choir.example", members) == "bass+2@choir.example"
    assert await validate("tenor@choir.example", members) == "tenor@choir.example"
    assert await validate("bass@opera.example", members) == "bass@opera.example"
