"""What Schemathesis has to be told of the document to judge the service by it."""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Tokens of OAuth 2 are bearer tokens. As `oauth2` it would not know where they go, and `ignored_auth` would look at nothing."""
    schemes = raw_schema["components"]["securitySchemes"]
    for name, scheme in schemes.items():
        if scheme["type"] == "oauth2":
            schemes[name] = {"type": "http", "scheme": "bearer"}
    forget_what_no_address_holds(raw_schema)


def forget_what_no_address_holds(node):
    """Takes bounds out that are beyond the longest address that hyper reads: it answers 414 itself then, before anybody is asked."""
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        forget_what_no_address_holds(child)
    if isinstance(node, dict) and node.get("in") in ("path", "query") and node.get("schema", {}).get("maxLength", 0) >= 65534:
        del node["schema"]["maxLength"]
