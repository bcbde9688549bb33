use axum::Json;
use portcullis::prelude::*;

macro_rules! handler {
    ($name:ident, $input:ty) => {
        #[secure(authenticated)]
        async fn $name(_: $input) {}
    };
}

handler!(create, Json<u8>);

fn main() {}
