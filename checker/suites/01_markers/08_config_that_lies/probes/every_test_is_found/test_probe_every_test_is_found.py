"""Functions, methods and classes that pytest collects by itself, and the one that is red."""

ran: list[str] = []


def test_function() -> None:
    ran.append("function")


class TestParcels:
    def test_method(self) -> None:
        ran.append("method")


class TestLabelsOfParcels:
    class TestInside:
        def test_method_of_a_class_inside(self) -> None:
            ran.append("method inside")


def test_all_of_them_have_run() -> None:
    assert ran == ["function", "method", "method inside"]


class TestThatIsWrong:
    def test_method_that_is_wrong(self) -> None:
        assert "P-0001" == "P-0002"
