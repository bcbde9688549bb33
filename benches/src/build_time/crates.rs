//! The crate that is built, once on plain axum and once secured: the same types, the same handlers, the same routes. Both check their
//! bodies by the rules of the types, the plain one by hand; of the callers it asks nothing.

use crate::Result;
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Which of the two it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Plain,
    Secured,
}

/// A crate that was written.
pub(crate) struct Generated {
    pub(crate) folder: PathBuf,
}

impl Generated {
    /// Writes the crate: as many modules as there are rules, and the endpoints spread over them.
    pub(crate) fn write(parent: &Path, kind: Kind, endpoints: usize, rules: usize) -> Result<Self> {
        let name = if kind == Kind::Plain { "plain" } else { "secured" };
        let folder = parent.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        fs::write(folder.join("Cargo.toml"), manifest(name, &root)?)?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        fs::write(folder.join("security.toml"), rule_book(rules))?;
        for module in 0..rules {
            let own = (module..endpoints).step_by(rules).count();
            fs::write(folder.join(format!("src/m{module}.rs")), module_text(kind, module, own))?;
        }
        fs::write(folder.join("src/main.rs"), main_text(kind, rules))?;
        Ok(Self { folder })
    }

    /// Changes the crate without changing what it means.
    pub(crate) fn touch(&self, round: usize) -> Result<()> {
        let file = self.folder.join("src/main.rs");
        let text = fs::read_to_string(&file)?;
        let text = text.lines().filter(|line| !line.starts_with("// round ")).collect::<Vec<_>>().join("\n");
        Ok(fs::write(file, format!("{text}\n// round {round}\n"))?)
    }
}

/// A manifest with the versions of this workspace, outside of it.
fn manifest(name: &str, root: &Path) -> Result<String> {
    let workspace = fs::read_to_string(root.join("Cargo.toml"))?;
    let table = workspace.split("[workspace.dependencies]").nth(1).and_then(|rest| rest.split("[workspace.lints").next());
    let table = table.ok_or("the manifest of the workspace has no dependencies")?;
    let table = table.replace("path = \"", &format!("path = \"{}/", root.display()));
    Ok(format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         axum = {{ workspace = true, features = [\"http1\"] }}\ngarde = {{ workspace = true }}\n\
         portcullis = {{ workspace = true, features = [\"default\"] }}\nserde = {{ workspace = true }}\n\
         tokio = {{ workspace = true, features = [\"net\", \"rt-multi-thread\", \"macros\"] }}\n\n\
         [workspace]\n\n[workspace.dependencies]{table}\n[profile.dev]\ndebug = \"line-tables-only\"\n"
    ))
}

/// A rule for each module.
fn rule_book(rules: usize) -> String {
    let mut text =
        "[roles]\nuser = []\nadmin = [\"user\"]\n\n[defaults]\nrate = \"100/min\"\n\n[require]\nrate = true\n".to_owned();
    for rule in 0..rules {
        let _ = write!(
            text,
            "\n[[rule]]\nname = \"module {rule}\"\npaths = [\"/m{rule}/**\"]\nrole = \"user\"\nrate_at_most = \"600/min\"\n"
        );
    }
    text
}

/// The handlers of a module and its routes. Each endpoint has types of its own, as those of a service have: one in three takes a body with
/// rules, and the others answer with a document.
fn module_text(kind: Kind, module: usize, endpoints: usize) -> String {
    let secured = kind == Kind::Secured;
    let mut text =
        "use crate::App;\nuse axum::{Json, extract::{Path, State}, http::StatusCode};\nuse serde::{Deserialize, Serialize};\n"
            .to_owned();
    text.push_str(if secured {
        "use portcullis::prelude::*;\n"
    } else {
        "use axum::{Router, routing::{delete, get, post}};\nuse garde::Validate;\n"
    });
    let mut routes = String::new();
    for endpoint in 0..endpoints {
        let (method, parameter) = match endpoint % 3 {
            0 => ("get", "/{id}"),
            1 => ("post", ""),
            _ => ("delete", "/{id}"),
        };
        let path = format!("/m{module}/e{endpoint}{parameter}");
        text.push_str(&types(endpoint));
        if secured {
            let rate = if endpoint % 2 == 0 { ", rate = \"5/min\"" } else { "" };
            let _ = write!(text, "\n#[secure({method} = \"{path}\", role = \"admin\"{rate})]");
            let _ = write!(routes, "\n        .mount(e{endpoint})");
        } else {
            let _ = write!(routes, "\n        .route(\"{path}\", {method}(e{endpoint}))");
        }
        text.push_str(&handler(secured, endpoint));
    }
    let router = if secured { "SecureRouter<App>" } else { "Router<App>" };
    let _ = write!(text, "\npub fn routes(router: {router}) -> {router} {{\n    router{routes}\n}}\n");
    text
}

fn types(endpoint: usize) -> String {
    if endpoint % 3 == 1 {
        return format!(
            "\n#[derive(Deserialize, Serialize, garde::Validate)]\npub struct New{endpoint} {{\n    #[garde(length(max = 50))]\n    name: String,\n    \
             #[garde(length(max = 254))]\n    email: String,\n    #[garde(range(max = 150))]\n    age: u32,\n}}\n"
        );
    }
    format!(
        "\n#[derive(Serialize)]\npub struct Document{endpoint} {{\n    id: u64,\n    title: String,\n    tags: Vec<String>,\n}}\n"
    )
}

fn handler(secured: bool, endpoint: usize) -> String {
    if endpoint % 3 == 1 {
        let (pattern, ty) = if secured { ("Valid(Json(new))", "Valid<Json<New") } else { ("Json(new)", "Json<New") };
        let end = if secured { ">>" } else { ">" };
        let check = if secured { "" } else { "    new.validate().map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;\n" };
        return format!(
            "\npub async fn e{endpoint}(State(app): State<App>, {pattern}: {ty}{endpoint}{end}) -> Result<Json<New{endpoint}>, StatusCode> {{\n\
             {check}    app.keep(&new.name).await.ok_or(StatusCode::CONFLICT)?;\n    Ok(Json(new))\n}}\n"
        );
    }
    format!(
        "\npub async fn e{endpoint}(Path(id): Path<u64>, State(app): State<App>) -> Result<Json<Document{endpoint}>, StatusCode> {{\n    \
         let title = app.find(id).await.ok_or(StatusCode::NOT_FOUND)?;\n    \
         Ok(Json(Document{endpoint} {{ id, tags: vec![title.to_lowercase()], title }}))\n}}\n"
    )
}

fn main_text(kind: Kind, modules: usize) -> String {
    let mut text = String::new();
    for module in 0..modules {
        let _ = writeln!(text, "mod m{module};");
    }
    text.push_str(
        "\n#[derive(Clone)]\npub struct App;\n\nimpl App {\n    async fn find(&self, id: u64) -> Option<String> {\n        \
         (id > 0).then(|| id.to_string())\n    }\n\n    async fn keep(&self, name: &str) -> Option<u64> {\n        name.parse().ok()\n    }\n}\n\n#[tokio::main]\nasync fn main() {\n",
    );
    text.push_str(match kind {
        Kind::Plain => "    let mut router = axum::Router::new();\n",
        Kind::Secured => "    let mut router = portcullis::SecureRouter::new();\n",
    });
    for module in 0..modules {
        let _ = writeln!(text, "    router = m{module}::routes(router);");
    }
    if kind == Kind::Secured {
        text.push_str(
            "    let key = portcullis::jwt::JwtKey::hs256(&[7; 32]).unwrap();\n    \
             let jwt = portcullis::jwt::Jwt::new(\"https://id.example.com\", \"https://api.example.com\", key);\n    \
             let security = portcullis::Security::builder(portcullis::rule_book!()).jwt(jwt).build().unwrap();\n",
        );
    }
    text.push_str("    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:0\").await.unwrap();\n");
    text.push_str(match kind {
        Kind::Plain => "    axum::serve(listener, router.with_state(App)).await.unwrap();\n}\n",
        Kind::Secured => "    axum::serve(listener, router.with_state(App).secured_by(security).unwrap()).await.unwrap();\n}\n",
    });
    text
}
