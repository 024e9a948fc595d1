import pytest

import tariffs


@pytest.fixture(autouse=True)
def fresh_tariffs(request):
    tariffs.forget()
    request.addfinalizer(tariffs.forget)
