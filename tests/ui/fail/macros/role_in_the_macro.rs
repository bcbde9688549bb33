use portcullis::prelude::*;

macro_rules! handler {
    ($name:ident, $rate:literal) => {
        #[secure(role = "admn", rate = $rate)]
        async fn $name() {}
    };
}

handler!(list, "5/min");

fn main() {}
