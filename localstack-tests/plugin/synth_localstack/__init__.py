"""What the free LocalStack lacks so that the project's stacks can be applied to it.

    entry points ─┬─ compat       mends what keeps LocalStack from running here, before it starts
                  ├─ providers    services: apprunner and cloudfront (ours), the others moto's
                  ├─ corrections  what the services behind forget, refuse or wait for
                  ├─ recording    every API call as a JSON line
                  └─ routes       /_localstack/state/reset, /_localstack/synth, …/calls

LocalStack finds the entry points through the distribution's metadata, so the folder above this
package on `PYTHONPATH` is enough; nothing needs to be installed.
"""

__version__ = "0.1.0"
