"""AWS App Runner, all operations of the API, without running anything.

    provider   one table of operations; validates, locks, calls the handler
      │
      ├─ call          what a handler gets: account, region, store, request, time
      ├─ store         the resources of an account in a region
      ├─ lifecycle     statuses that change with time
      ├─ pagination    MaxResults and NextToken
      └─ services, domains, autoscaling, observability, connections, vpc_connectors, vpc_ingress,
         tags           one table of operations each
           ├─ configuration, source, compute, roles, network   what a service may consist of
           └─ revisions     names that have numbered configurations

API reference: https://docs.aws.amazon.com/apprunner/latest/api/Welcome.html. Where it is silent the
spelling follows what hashicorp/aws 5.100.0 waits for (internal/service/apprunner).
"""
