"""Who holds an access key."""


def arn(partition: str, account: str, access_key: str | None) -> str | None:
    """The ARN of the principal: the account's root where the key is the account's number."""
    if access_key == account:
        return f"arn:{partition}:iam::{account}:root"
    if access_key is None:
        return None
    from moto.iam.models import iam_backends
    from moto.sts.models import sts_backends

    for user in iam_backends[account][partition].users.values():
        if any(key.access_key_id == access_key for key in user.access_keys):
            return user.arn
    session = sts_backends[account][partition].get_assumed_role_from_access_key(access_key)
    return session.arn if session else None
