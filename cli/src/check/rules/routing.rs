//! Handlers that no policy guards, and doors past the guard.

use crate::check::{
    catalogue::{MERGE_UNSECURED, SECURED_IN_PLAIN_ROUTER, UNGUARDED_HANDLER},
    inspect::{Called, Inspector},
    names::{METHODS, Resolved, SERVICES},
};
use proc_macro2::Span;
use std::collections::BTreeSet;
use syn::{
    Expr, ExprCall, ExprMethodCall, File, Pat, Type,
    ext::IdentExt,
    spanned::Spanned,
    visit::{self, Visit},
};

/// `axum::routing::get(handler)`.
pub(crate) fn call(inspector: &mut Inspector<'_>, called: &Called, call: &ExprCall) {
    if is_axum_routing(called)
        && let Some(handler) = call.args.last()
    {
        routed(inspector, handler);
    }
}

/// `get(…).post(handler)`, `router.fallback(handler)` and `merge_unsecured`.
pub(crate) fn method(inspector: &mut Inspector<'_>, call: &ExprMethodCall) {
    let name = call.method.unraw().to_string();
    let Some(last) = call.args.last() else { return };
    match name.as_str() {
        "merge_unsecured" => inspector.report(
            &MERGE_UNSECURED,
            call.method.span(),
            "these routes have no policy: make them a `SecureRouter`, or accept this with the reason that a reviewer can check",
        ),
        "fallback" | "method_not_allowed_fallback" if is_axum_router(inspector, &call.receiver) => routed(inspector, last),
        "route_service" | "nest_service" | "fallback_service"
            if is_axum_router(inspector, &call.receiver) && !comes_from_secured_by(last) =>
        {
            routed(inspector, last);
        }
        name if (METHODS.contains(&name) || SERVICES.contains(&name)) && is_axum_method_router(inspector, &call.receiver) => {
            routed(inspector, last);
        }
        _ => {}
    }
}

/// A handler or service that an axum router routes.
fn routed(inspector: &mut Inspector<'_>, handler: &Expr) {
    if inspector.is_unsecured_on_purpose {
        return;
    }
    let handler = root(handler);
    let Expr::Path(path) = handler else {
        return unguarded(inspector, "a closure or a service", handler.span());
    };
    let Some(last) = path.path.segments.last() else { return };
    let name = last.ident.unraw().to_string();
    let secured = match inspector.resolve(&path.path) {
        Resolved::Item(module, item) => inspector.names.function(&module, &item).map(|function| function.secured),
        _ => None,
    };
    if secured.unwrap_or_else(|| inspector.names.is_secured_name(&name)) {
        let message = format!(
            "`{name}` is secured, but this router keeps no manifest: its route is in no lock, and no rule about paths sees it; \
             route it in a `SecureRouter`"
        );
        inspector.report(&SECURED_IN_PLAIN_ROUTER, last.ident.span(), message);
    } else {
        unguarded(inspector, &format!("`{name}`"), last.ident.span());
    }
}

fn unguarded(inspector: &mut Inspector<'_>, what: &str, span: Span) {
    let message = format!(
        "{what} is routed by axum itself, where no policy guards it: give it `#[secure(…)]` and route it in a `SecureRouter`"
    );
    inspector.report(&UNGUARDED_HANDLER, span, message);
}

/// Takes note of a variable that holds an axum router.
pub(crate) fn declare(inspector: &mut Inspector<'_>, pattern: &Pat, declared: Option<&Type>, init: Option<&Expr>) {
    let Some(name) = variable(pattern) else { return };
    let by_type = match declared {
        Some(Type::Path(path)) => inspector.resolve(&path.path).is("axum", &["Router"]),
        _ => false,
    };
    if by_type || init.is_some_and(|init| is_axum_router(inspector, init)) {
        inspector.routers.insert(name);
    } else {
        inspector.routers.remove(&name);
    }
}

/// The variable of a simple pattern.
pub(crate) fn variable(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(pattern) => Some(pattern.ident.unraw().to_string()),
        _ => None,
    }
}

fn is_axum_routing(called: &Called) -> bool {
    called.resolved.item_of("axum").is_some_and(|item| METHODS.contains(&item) || SERVICES.contains(&item))
}

/// Whether a chain of calls begins with `axum::routing::get(…)` or an empty `MethodRouter`.
fn is_axum_method_router(inspector: &Inspector<'_>, expression: &Expr) -> bool {
    match root(expression) {
        Expr::Call(call) => inspector
            .called(&call.func)
            .is_some_and(|called| is_axum_routing(&called) || called.is_of("axum", &["MethodRouter"], &["new", "default"])),
        _ => false,
    }
}

/// Whether a chain of calls begins with an axum router, or with what `secured_by` made one of.
fn is_axum_router(inspector: &Inspector<'_>, expression: &Expr) -> bool {
    if comes_from_secured_by(expression) {
        return true;
    }
    match root(expression) {
        Expr::Call(call) => {
            inspector.called(&call.func).is_some_and(|called| called.is_of("axum", &["Router"], &["new", "default"]))
        }
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| inspector.routers.contains(&name.unraw().to_string())),
        _ => false,
    }
}

/// Whether the chain has `.secured_by(…)` in it.
fn comes_from_secured_by(mut expression: &Expr) -> bool {
    loop {
        match expression {
            Expr::MethodCall(call) if call.method == "secured_by" => return true,
            _ => match receiver(expression) {
                Some(next) => expression = next,
                None => return false,
            },
        }
    }
}

/// Where a chain of method calls begins.
pub(crate) fn root(mut expression: &Expr) -> &Expr {
    while let Some(next) = receiver(expression) {
        expression = next;
    }
    expression
}

fn receiver(expression: &Expr) -> Option<&Expr> {
    match expression {
        Expr::MethodCall(call) => Some(&call.receiver),
        Expr::Try(expression) => Some(&expression.expr),
        Expr::Await(expression) => Some(&expression.base),
        Expr::Paren(expression) => Some(&expression.expr),
        Expr::Group(expression) => Some(&expression.expr),
        Expr::Reference(expression) => Some(&expression.expr),
        _ => None,
    }
}

/// The variables and functions of a source that are given to `merge_unsecured`.
pub(crate) fn given_to_merge_unsecured(file: &File) -> BTreeSet<String> {
    struct Doors(BTreeSet<String>);

    impl<'ast> Visit<'ast> for Doors {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            if call.method == "merge_unsecured"
                && let Some(given) = call.args.first().map(root)
            {
                let given = match given {
                    Expr::Call(call) => &*call.func,
                    given => given,
                };
                if let Expr::Path(path) = given
                    && let Some(last) = path.path.segments.last()
                {
                    self.0.insert(last.ident.unraw().to_string());
                }
            }
            visit::visit_expr_method_call(self, call);
        }
    }

    let mut doors = Doors(BTreeSet::new());
    doors.visit_file(file);
    // `Router::new()` is given where it is made, and says nothing about the others.
    doors.0.remove("new");
    doors.0.remove("default");
    doors.0
}
