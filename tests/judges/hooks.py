"""What Schemathesis has to be told of the document to judge the service by it."""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Tokens of OAuth 2 are bearer tokens. As `oauth2` it would not know where they go, and `ignored_auth` would look at nothing."""
    schemes = raw_schema["components"]["securitySchemes"]
    for name, scheme in schemes.items():
        if scheme["type"] == "oauth2":
            schemes[name] = {"type": "http", "scheme": "bearer"}


@schemathesis.hook
def map_body(context, body):
    """JSON Schema counts 126.0 as an integer. What reads by type does not, and RFC 8259 leaves that to it: whole numbers are sent as such."""
    return whole(body)


def whole(value):
    if isinstance(value, dict):
        return {name: whole(member) for name, member in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
