"""Keys by name, from what terminals send."""

from __future__ import annotations

import pytest

from checker.cli.watch.keys import Pasted, decoded


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        pytest.param("q", ["q"], id="a-letter"),
        pytest.param("é?", ["é", "?"], id="two-characters"),
        pytest.param("\x1b[A\x1bOB", ["up", "down"], id="arrows-of-both-modes"),
        pytest.param("\x1b[5~\x1b[F", ["page up", "end"], id="page-keys"),
        pytest.param("\r\x7f", ["enter", "backspace"], id="enter-and-backspace"),
        pytest.param("\x1b", ["escape"], id="escape"),
        pytest.param("\x04", ["q"], id="end-of-input-leaves"),
        pytest.param("\x1b[1;5Cx", ["x"], id="an-unknown-sequence-is-no-key"),
        pytest.param("\x1b[200", [], id="half-a-sequence"),
        pytest.param("\x00\x01", [], id="control-characters"),
    ],
)
def test_keys_have_names(sent: str, keys: list[str]) -> None:
    assert list(decoded(sent)) == keys


def test_pasted_text_is_left_out_even_when_it_comes_in_pieces() -> None:
    pasted = Pasted()
    assert [pasted.without(text) for text in ("a\x1b[200~xy", "n", "q\x1b[201~b", "c")] == ["a", "", "b", "c"]
