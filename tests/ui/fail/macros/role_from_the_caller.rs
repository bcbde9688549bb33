use portcullis::prelude::*;

macro_rules! handler {
    ($name:ident, $role:literal) => {
        #[secure(role = $role)]
        async fn $name() {}
    };
}

handler!(list, "admn");

fn main() {}
