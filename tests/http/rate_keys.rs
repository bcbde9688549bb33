//! What calls are counted by: the address of the peer, the principal, all together; and which endpoints share a count.

use crate::support::{Ask, Service, log::Log, token::nobody};
use axum::extract::connect_info::MockConnectInfo;
use portcullis::{prelude::*, routing::MethodRouter};
use std::net::SocketAddr;

#[secure(public = "anybody may", rate = "1/min")]
async fn per_ip() {}

#[secure(authenticated, rate = "1/min")]
async fn per_principal() {}

#[secure(authenticated, rate = "2/min per global")]
async fn global() {}

#[secure(authenticated, rate("1/min per ip", "5/min per global"))]
async fn both() {}

fn service() -> Service {
    let router = SecureRouter::new()
        .route("/ip", get(per_ip))
        .route("/principal", get(per_principal))
        .route("/global", get(global))
        .route("/both", get(both));
    Service::new(router)
}

/// Whether the second caller is stopped by what the first did.
async fn share(service: &Service, first: &str, second: &str) -> bool {
    service.send(Ask::get("/ip").from(first)).await.is(200);
    service.send(Ask::get("/ip").from(second)).await.status == 429
}

#[tokio::test]
async fn a_public_endpoint_counts_by_address() {
    assert!(share(&service(), "192.0.2.1", "192.0.2.1").await);
    assert!(!share(&service(), "192.0.2.1", "192.0.2.2").await);
}

#[tokio::test]
async fn all_of_an_ipv6_64_is_one_address() {
    assert!(share(&service(), "2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff").await);
    assert!(!share(&service(), "2001:db8::1", "2001:db8:0:1::1").await);
}

#[tokio::test]
async fn an_ipv4_address_written_as_ipv6_is_the_same_one() {
    assert!(share(&service(), "::ffff:192.0.2.1", "192.0.2.1").await);
    assert!(!share(&service(), "::ffff:192.0.2.1", "::ffff:192.0.2.2").await);
}

#[tokio::test]
async fn nothing_that_a_client_writes_changes_its_address() {
    let service = service();
    service.send(Ask::get("/ip").from("192.0.2.1")).await.is(200);
    for name in ["x-forwarded-for", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip"] {
        service.send(Ask::get("/ip").from("192.0.2.1").header(name, "198.51.100.7")).await.is(429);
    }
    service.send(Ask::get("/ip").from("192.0.2.1").header("forwarded", "for=198.51.100.7")).await.is(429);
}

#[tokio::test]
async fn without_an_address_a_limit_per_ip_refuses_and_the_log_says_what_to_do() {
    let log = Log::capture();
    service().send(Ask::get("/ip")).await.is_denied(500, "misconfigured");
    assert!(log.only("ERROR").contains("into_make_service_with_connect_info"), "{:?}", log.lines());
}

#[tokio::test]
async fn the_mock_address_of_axum_counts_as_one() {
    let router = SecureRouter::new().route("/ip", get(per_ip)).layer(MockConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
    let service = Service::new(router);
    service.send(Ask::get("/ip")).await.is(200);
    service.send(Ask::get("/ip")).await.is(429);
}

#[tokio::test]
async fn an_authenticated_endpoint_counts_by_principal_wherever_they_call_from() {
    let service = service();
    service.send(Ask::get("/principal").from("192.0.2.1").bearer(&nobody("ann"))).await.is(200);
    service.send(Ask::get("/principal").from("192.0.2.1").bearer(&nobody("eve"))).await.is(200);
    service.send(Ask::get("/principal").from("192.0.2.2").bearer(&nobody("ann"))).await.is(429);
}

#[tokio::test]
async fn a_global_limit_counts_all_callers_together() {
    let service = service();
    service.send(Ask::get("/global").bearer(&nobody("ann"))).await.is(200);
    service.send(Ask::get("/global").bearer(&nobody("eve"))).await.is(200);
    service.send(Ask::get("/global").bearer(&nobody("bob"))).await.is(429);
}

#[tokio::test]
async fn who_is_stopped_by_a_limit_of_his_own_uses_up_nothing_that_all_share() {
    let service = service();
    let ask = |address: &str| Ask::get("/both").from(address).bearer(&nobody("ann"));
    service.send(ask("192.0.2.1")).await.is(200);
    for _ in 0..10 {
        service.send(ask("192.0.2.1")).await.is(429);
    }
    for host in 2..6 {
        service.send(ask(&format!("192.0.2.{host}"))).await.is(200);
    }
    let answer = service.send(ask("192.0.2.6")).await;
    assert_eq!(answer.is(429).json()["violated-policies"], serde_json::json!(["5/min per global"]));
}

#[tokio::test]
async fn the_limit_of_a_principal_comes_before_the_one_that_all_share() {
    #[secure(authenticated, rate("1/min", "2/min per global"))]
    async fn shared() {}
    let service = Service::new(SecureRouter::new().route("/", get(shared)));
    let ask = |subject| Ask::get("/").bearer(&nobody(subject));
    service.send(ask("ann")).await.is(200);
    for _ in 0..5 {
        service.send(ask("ann")).await.is(429);
    }
    service.send(ask("eve")).await.is(200);
    service.send(ask("bob")).await.is(429);
}

/// Two handlers of one name, as two modules of a program may have.
fn one() -> MethodRouter {
    #[secure(public = "anybody may", rate = "1/min per global")]
    async fn list() {}
    get(list)
}

fn other() -> MethodRouter {
    #[secure(public = "anybody may", rate = "1/min per global")]
    async fn list() {}
    get(list)
}

#[tokio::test]
async fn two_handlers_of_one_name_do_not_share_a_limit() {
    let service = Service::new(SecureRouter::new().route("/one", one()).route("/other", other()));
    service.send(Ask::get("/one")).await.is(200);
    service.send(Ask::get("/other")).await.is(200);
    service.send(Ask::get("/one")).await.is(429);
    service.send(Ask::get("/other")).await.is(429);
}

#[tokio::test]
async fn one_handler_that_is_routed_twice_has_one_limit() {
    let nested = SecureRouter::new().route("/", get(per_principal));
    let service = Service::new(SecureRouter::new().route("/a", get(per_principal).post(per_principal)).nest("/b", nested));
    service.send(Ask::get("/a").bearer(&nobody("ann"))).await.is(200);
    service.send(Ask::post("/a").bearer(&nobody("ann"))).await.is(429);
    service.send(Ask::get("/b").bearer(&nobody("ann"))).await.is(429);
}

#[tokio::test]
async fn every_path_of_one_route_shares_its_limit() {
    let service = Service::new(SecureRouter::new().route("/{any}", get(per_ip)));
    service.send(Ask::get("/a").from("192.0.2.1")).await.is(200);
    service.send(Ask::get("/b").from("192.0.2.1")).await.is(429);
    service.send(Ask::get("/%61?x=1").from("192.0.2.1")).await.is(429);
}

#[tokio::test]
async fn a_flood_of_addresses_resets_nobody() {
    let service = Service::with(SecureRouter::new().route("/ip", get(per_ip)), |security| security.tracked_keys(10));
    service.send(Ask::get("/ip").from("192.0.2.1")).await.is(200);
    let mut passed = 0;
    for number in 0..500_u32 {
        let address = std::net::Ipv4Addr::from_bits(0x0a00_0000 + number);
        passed += u32::from(service.send(Ask::get("/ip").from(&address.to_string())).await.status == 200);
    }
    assert_eq!(passed, 9 + 1, "nine that are tracked, and one of all the others together");
    service.send(Ask::get("/ip").from("192.0.2.1")).await.is(429);
}
