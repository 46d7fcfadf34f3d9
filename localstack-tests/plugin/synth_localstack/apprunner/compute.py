"""The CPU and memory of an instance.

Pairs: "App Runner supported configurations",
https://docs.aws.amazon.com/apprunner/latest/dg/architecture.html. Spellings:
https://docs.aws.amazon.com/apprunner/latest/api/API_InstanceConfiguration.html
"""

from collections.abc import Mapping
from typing import Any

from synth_localstack.apprunner.errors import invalid_request

#: CPU units to the amounts of memory in MB that App Runner has for them.
PAIRS: Mapping[int, tuple[int, ...]] = {
    256: (512, 1024),
    512: (1024,),
    1024: (2048, 3072, 4096),
    2048: (4096, 6144),
    4096: (8192, 10240, 12288),
}

DEFAULT_CPU = "1024"
DEFAULT_MEMORY = "2048"


def instance(given: Mapping[str, Any]) -> dict[str, Any]:
    """The instance configuration as the service shows it: units and MB, never vCPU and GB."""
    cpu = _units(given.get("Cpu", DEFAULT_CPU), " vCPU")
    memory = _units(given.get("Memory", DEFAULT_MEMORY), " GB")
    if memory not in PAIRS[cpu]:
        allowed = ", ".join(str(size) for size in PAIRS[cpu])
        raise invalid_request(
            f"Cpu {cpu} and Memory {memory} are not a supported configuration:"
            f" with Cpu {cpu}, Memory is one of {allowed}"
        )
    return {**given, "Cpu": str(cpu), "Memory": str(memory)}


def _units(text: str, suffix: str) -> int:
    """`1 vCPU` and `1024`, or `2 GB` and `2048`, as a number; the pattern was checked before."""
    number = text.removesuffix(suffix)
    return int(number) if number == text else int(float(number) * 1024)
