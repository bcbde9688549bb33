use portcullis::{Header, secure};

struct Trace;

#[secure(public = "anybody may")]
async fn traced(_: Header<Trace>) {}

fn main() {}
