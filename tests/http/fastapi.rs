//! What FastAPI 0.165 and what it is used with (Starlette 1.10, slowapi 0.1.10, pydantic 2.14) answer wrongly, as measured: one test for
//! each, named for it. What is a mistake in the source does not compile here: those are in `tests/ui/fail/fastapi`.

mod credentials;
mod input;
mod limits;
mod surface;
