//! The crate that is built, once on plain axum and once secured: the same types, the same handlers, the same routes.

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

/// The handlers of a module, one in three of which takes a body, and its routes.
fn module_text(kind: Kind, module: usize, endpoints: usize) -> String {
    let secured = kind == Kind::Secured;
    let mut text =
        "use crate::App;\nuse axum::{Json, extract::{Path, State}};\nuse serde::{Deserialize, Serialize};\n".to_owned();
    text.push_str(if secured { "use portcullis::prelude::*;\n" } else { "use axum::{Router, routing::{delete, get, post}};\n" });
    text.push_str(
        "\n#[derive(Deserialize, Serialize, garde::Validate)]\npub struct Item {\n    #[garde(length(max = 50))]\n    name: String,\n    \
         #[garde(range(max = 150))]\n    count: u32,\n}\n",
    );
    let mut routes = String::new();
    for endpoint in 0..endpoints {
        let (method, path, arguments, body) = match endpoint % 3 {
            0 => ("get", format!("/m{module}/e{endpoint}/{{id}}"), "Path(id): Path<u64>, State(app): State<App>", "app.item(id)"),
            1 if secured => (
                "post",
                format!("/m{module}/e{endpoint}"),
                "State(app): State<App>, Valid(Json(item)): Valid<Json<Item>>",
                "app.keep(item)",
            ),
            1 => ("post", format!("/m{module}/e{endpoint}"), "State(app): State<App>, Json(item): Json<Item>", "app.keep(item)"),
            _ => (
                "delete",
                format!("/m{module}/e{endpoint}/{{id}}"),
                "Path(id): Path<u64>, State(app): State<App>",
                "app.item(id + 1)",
            ),
        };
        if secured {
            let rate = if endpoint % 2 == 0 { ", rate = \"5/min\"" } else { "" };
            let _ = write!(text, "\n#[secure({method} = \"{path}\", role = \"admin\"{rate})]");
            let _ = write!(routes, "\n        .mount(e{endpoint})");
        } else {
            let _ = write!(routes, "\n        .route(\"{path}\", {method}(e{endpoint}))");
        }
        let result = if method == "post" { "Json<Item>" } else { "Json<u64>" };
        let _ = write!(text, "\npub async fn e{endpoint}({arguments}) -> {result} {{\n    Json({body})\n}}\n");
    }
    let router = if secured { "SecureRouter<App>" } else { "Router<App>" };
    let _ = write!(text, "\npub fn routes(router: {router}) -> {router} {{\n    router{routes}\n}}\n");
    text
}

fn main_text(kind: Kind, modules: usize) -> String {
    let mut text = String::new();
    for module in 0..modules {
        let _ = writeln!(text, "mod m{module};");
    }
    text.push_str(
        "\n#[derive(Clone)]\npub struct App;\n\nimpl App {\n    fn item(&self, id: u64) -> u64 {\n        id\n    }\n\n    \
         fn keep<T>(&self, item: T) -> T {\n        item\n    }\n}\n\n#[tokio::main]\nasync fn main() {\n",
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
