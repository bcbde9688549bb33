//! Who is measured: a router, the request it is asked, and the row that it is compared with.
//! Before a measurement each one proves that it does what its name says, since an open door is always fastest.

use crate::{
    Result,
    credentials::{Algorithm, Credentials},
    in_process,
    servers::{SECURITY_HEADERS, Server},
};
use axum::{Router, body::Body};
use http::{
    HeaderMap, HeaderName, HeaderValue, Request, StatusCode,
    header::{ACCEPT, AUTHORIZATION, HOST, USER_AGENT},
};

/// A server with what it is asked.
pub(crate) struct Contestant {
    server: Server,
    /// The algorithm of the token in the request, or `None` where there is no token.
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) router: Router,
    pub(crate) request: RequestTemplate,
}

/// All of them, in the order of the tables.
pub(crate) fn all() -> Result<Vec<Contestant>> {
    let mut all = vec![Contestant::new(Server::Naked, None)?];
    for algorithm in Algorithm::ALL {
        let credentials = Credentials::new(algorithm)?;
        for server in [Server::Naked, Server::ByHand, Server::Guarded] {
            all.push(Contestant::new(server, Some(&credentials))?);
        }
        // What the guard costs does not depend on the algorithm, so one such row says it.
        if algorithm == Algorithm::Es256 {
            all.push(Contestant::new(Server::GuardedWithCors, Some(&credentials))?);
        }
    }
    Ok(all)
}

impl Contestant {
    fn new(server: Server, credentials: Option<&Credentials>) -> Result<Self> {
        Ok(Self {
            server,
            algorithm: credentials.map(|credentials| credentials.algorithm),
            router: server.router(credentials)?,
            request: RequestTemplate::new(credentials.map(|credentials| credentials.token.as_str()))?,
        })
    }

    /// The name of the row.
    pub(crate) fn name(&self) -> String {
        match self.algorithm {
            Some(algorithm) if self.is_baseline() => format!("{} {algorithm} token", self.server),
            Some(algorithm) => format!("{} {algorithm}", self.server),
            None => format!("{} without a token", self.server),
        }
    }

    /// Whether others are compared with this one: it answers the same request, and guards nothing.
    pub(crate) fn is_baseline(&self) -> bool {
        matches!(self.server, Server::Naked)
    }

    /// Fails unless the server answers its request, and, if it guards anything, refuses every request that it must refuse and
    /// writes the headers it must write.
    pub(crate) fn check(&self) -> Result<()> {
        let status = |headers| in_process::call(&self.router, self.request.with(headers)).map(|answer| answer.status());
        let complain = |what: &str| Err(format!("{} {what}", self.name()).into());
        let answer = in_process::call(&self.router, self.request.make())?;
        if answer.status() != StatusCode::OK {
            return complain(&format!("answers {}", answer.status()));
        }
        if self.is_baseline() {
            return Ok(());
        }
        let mut headers = self.request.headers.clone();
        if let Some((name, _)) = SECURITY_HEADERS.iter().find(|(name, value)| answer.headers().get(name) != Some(value)) {
            return complain(&format!("does not write `{name}`"));
        }
        let token = headers.remove(AUTHORIZATION).ok_or("the request has no token")?;
        if status(headers.clone())? != StatusCode::UNAUTHORIZED {
            return complain("lets callers without a token pass");
        }
        headers.insert(AUTHORIZATION, HeaderValue::from_bytes(&forged(token.as_bytes()))?);
        if status(headers)? != StatusCode::UNAUTHORIZED {
            return complain("lets forged tokens pass");
        }
        Ok(())
    }
}

/// The token with a signature that does not hold: its first character is another.
fn forged(token: &[u8]) -> Vec<u8> {
    let mut forged = token.to_vec();
    let signature = forged.iter().rposition(|byte| *byte == b'.').map_or(0, |dot| dot + 1);
    if let Some(byte) = forged.get_mut(signature) {
        *byte = if *byte == b'A' { b'B' } else { b'A' };
    }
    forged
}

/// The request of a contestant, for a socket and for a call.
pub(crate) struct RequestTemplate {
    headers: HeaderMap,
}

impl RequestTemplate {
    const PATH: &'static str = "/items/7";

    fn new(token: Option<&str>) -> Result<Self> {
        let mut headers = HeaderMap::from_iter([
            (HOST, HeaderValue::from_static("localhost")),
            (USER_AGENT, HeaderValue::from_static("portcullis-benches")),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (HeaderName::from_static("accept-encoding"), HeaderValue::from_static("gzip, br")),
        ]);
        if let Some(token) = token {
            headers.insert(AUTHORIZATION, HeaderValue::try_from(format!("Bearer {token}"))?);
        }
        Ok(Self { headers })
    }

    /// The request as HTTP/1.1 writes it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("GET {} HTTP/1.1\r\n", Self::PATH).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes
    }

    /// The request as a server hands it to its service.
    pub(crate) fn make(&self) -> Request<Body> {
        self.with(self.headers.clone())
    }

    fn with(&self, headers: HeaderMap) -> Request<Body> {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = http::Uri::from_static(Self::PATH);
        *request.headers_mut() = headers;
        request.extensions_mut().insert(in_process::PEER);
        request
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_server_does_what_its_name_says() -> crate::Result<()> {
        super::all()?.iter().try_for_each(super::Contestant::check)
    }
}
