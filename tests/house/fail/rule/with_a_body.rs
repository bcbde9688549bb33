use axum::Json;
use portcullis::prelude::*;

#[derive(serde::Deserialize, garde::Validate)]
struct Payment {
    #[garde(range(max = 1000))]
    amount: u32,
}

#[secure(post = "/payments", role = "user")]
async fn pay(Valid(Json(payment)): Valid<Json<Payment>>) -> String {
    payment.amount.to_string()
}

fn main() {}
