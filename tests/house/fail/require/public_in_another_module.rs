mod probes {
    use portcullis::prelude::*;

    #[secure(get = "/ready", public = "load balancers probe it", rate = "60/min")]
    pub async fn ready() {}
}

mod admin {
    use portcullis::prelude::*;

    #[secure(get = "/admin/ready", public = "load balancers probe it", rate = "60/min")]
    pub async fn ready() {}
}

fn main() {}
