import pytest

from synth_localstack.apprunner import compute
from synth_localstack.apprunner.errors import AppRunnerError

CPUS = {"256": 0.25, "512": 0.5, "1024": 1, "2048": 2, "4096": 4}
MEMORIES = (512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288)
#: vCPU and GB, as the developer guide's table has them.
SUPPORTED = {
    (0.25, 0.5), (0.25, 1), (0.5, 1), (1, 2), (1, 3), (1, 4),
    (2, 4), (2, 6), (4, 8), (4, 10), (4, 12),
}  # fmt: skip


@pytest.mark.parametrize("cpu", CPUS)
@pytest.mark.parametrize("memory", MEMORIES)
def test_exactly_the_documented_pairs_are_accepted(cpu: str, memory: int) -> None:
    given = {"Cpu": cpu, "Memory": str(memory)}
    if (CPUS[cpu], memory / 1024) in SUPPORTED:
        assert compute.instance(given) == given
    else:
        with pytest.raises(AppRunnerError, match="not a supported configuration"):
            compute.instance(given)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ({"Cpu": "0.25 vCPU", "Memory": "0.5 GB"}, {"Cpu": "256", "Memory": "512"}),
        ({"Cpu": "4 vCPU", "Memory": "12 GB"}, {"Cpu": "4096", "Memory": "12288"}),
        ({}, {"Cpu": "1024", "Memory": "2048"}),
    ],
)
def test_words_become_units(words: dict[str, str], units: dict[str, str]) -> None:
    assert compute.instance(words) == units
