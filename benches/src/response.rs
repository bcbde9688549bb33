//! The head of an HTTP/1.1 answer, as far as a load generator has to understand it: the status and where the answer ends.
//! The length is read and believed, not guessed from how much has arrived.

use crate::Result;
use http::StatusCode;

/// An answer whose head is complete.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The bytes of head and body together, arrived or not.
    pub(crate) length: usize,
}

/// The answer at the start of the bytes, or `None` where its head is not complete yet.
pub(crate) fn parse(bytes: &[u8]) -> Result<Option<Answer>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = response.parse(bytes)? else { return Ok(None) };
    let status = StatusCode::from_u16(response.code.ok_or("the answer has no status")?)?;
    let length = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = length.ok_or("the answer has no `Content-Length`")?;
    let body: usize = str::from_utf8(length.value)?.parse()?;
    let length = head.checked_add(body).ok_or("the answer is too long to count")?;
    Ok(Some(Answer { status, length }))
}

#[cfg(test)]
mod tests {
    use super::{Answer, parse};
    use http::StatusCode;

    const WHOLE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx: y\r\n\r\nhello";

    #[test]
    fn an_answer_ends_where_its_length_says_and_not_where_the_bytes_do() -> crate::Result<()> {
        let expected = Some(Answer { status: StatusCode::OK, length: WHOLE.len() });
        for end in 0..WHOLE.len() {
            let (bytes, _) = WHOLE.split_at(end);
            let complete = end >= WHOLE.len() - 5;
            assert_eq!(parse(bytes)?, if complete { Some(Answer { status: StatusCode::OK, length: WHOLE.len() }) } else { None });
        }
        assert_eq!(parse(&[WHOLE, WHOLE].concat())?, expected);
        Ok(())
    }

    #[test]
    fn an_answer_of_unknown_length_is_an_error() {
        for bytes in [
            &b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n",
            b"nonsense",
        ] {
            assert!(parse(bytes).is_err(), "{}", bytes.escape_ascii());
        }
    }
}
