"""Every API call that a client made, one JSON object a line.

    record     after each answer: who called what, on which resource, and what came of it
      ├─ principal   who holds the access key
      └─ resource    the ARN of what the call was about, where it can be known
    journal    the file: `SYNTH_CALLS`, else one in LocalStack's own folder

Values of parameters are never recorded, except the identifiers that make up an ARN.
`GET /_localstack/synth/calls` serves the file (`routes.calls`).
"""
