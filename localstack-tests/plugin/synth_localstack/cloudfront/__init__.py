"""AWS CloudFront: distributions and what they refer to, without delivering anything.

    provider       one table of operations; validates, locks, calls the handler
      │
      ├─ documents      create, get, update and delete, generic over the kinds
      │     ├─ kinds         what the API calls each kind, its configuration and its errors
      │     └─ distributions what only a distribution has: defaults, references, certificates
      ├─ lists          Marker and MaxItems
      ├─ invalidations, tags
      └─ store          the resources of an account, and the policies that AWS manages

moto, which has distributions, drops most of their configuration, and has no policies. What is not
in the table (functions, streaming, tenants, real-time logs) is answered with 501.

API reference: https://docs.aws.amazon.com/cloudfront/latest/APIReference/Welcome.html
"""
