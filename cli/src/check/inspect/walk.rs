//! Where the walk goes, and which rules see what.

use super::Inspector;
use crate::check::{
    attributes,
    names::Scope,
    rules::{builder, lints, policy, routing, secrets, tokens},
};
use syn::{
    Attribute, Block, Expr, ExprAssign, ExprCall, ExprMethodCall, FieldValue, File, FnArg, ImplItemConst, ImplItemFn, Item,
    ItemConst, ItemFn, ItemImpl, ItemMod, ItemStatic, Lit, Local, Macro, Pat, Signature, Token, TraitItemFn,
    ext::IdentExt,
    parse::Parser,
    punctuated::Punctuated,
    visit::{self, Visit},
};

impl Inspector<'_> {
    /// Walks an item of this name, which may be for tests only.
    fn inside(&mut self, name: String, attributes: &[Attribute], walk: impl FnOnce(&mut Self)) {
        let before = self.in_test;
        self.in_test |= attributes::is_for_tests(attributes);
        self.items.push(name);
        walk(self);
        self.items.pop();
        self.in_test = before;
    }

    /// Walks the routes that are given to `merge_unsecured`.
    pub(crate) fn on_purpose(&mut self, condition: bool, walk: impl FnOnce(&mut Self)) {
        let before = self.is_unsecured_on_purpose;
        self.is_unsecured_on_purpose |= condition;
        walk(self);
        self.is_unsecured_on_purpose = before;
    }

    /// Walks a function: its variables are its own.
    fn function(&mut self, attributes: &[Attribute], signature: &Signature, walk: impl FnOnce(&mut Self)) {
        let name = signature.ident.unraw().to_string();
        let on_purpose = self.unsecured.contains(&name);
        let routers = std::mem::take(&mut self.routers);
        for input in &signature.inputs {
            if let FnArg::Typed(input) = input {
                routing::declare(self, &input.pat, Some(&input.ty), None);
            }
        }
        self.inside(name, attributes, |inspector| {
            policy::function(inspector, attributes, &signature.ident);
            lints::on_function(inspector, attributes);
            inspector.on_purpose(on_purpose, walk);
        });
        self.routers = routers;
    }
}

impl<'ast> Visit<'ast> for Inspector<'_> {
    fn visit_file(&mut self, file: &'ast File) {
        lints::on_module(self, &file.attrs);
        visit::visit_file(self, file);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let name = item.ident.unraw().to_string();
        self.module.path.push(name.clone());
        self.inside(name, &item.attrs, |inspector| {
            lints::on_module(inspector, &item.attrs);
            visit::visit_item_mod(inspector, item);
        });
        self.module.path.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.attrs, &item.sig, |inspector| visit::visit_item_fn(inspector, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.attrs, &item.sig, |inspector| visit::visit_impl_item_fn(inspector, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.function(&item.attrs, &item.sig, |inspector| visit::visit_trait_item_fn(inspector, item));
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        self.inside("impl".to_owned(), &item.attrs, |inspector| visit::visit_item_impl(inspector, item));
    }

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            // A macro of the workspace is looked at where it is written, as far as its tokens tell.
            Item::Macro(item) => secrets::in_tokens(self, &item.mac.tokens),
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.blocks.push(Scope::of_block(&block.stmts));
        visit::visit_block(self, block);
        self.blocks.pop();
    }

    fn visit_item_const(&mut self, item: &'ast ItemConst) {
        self.inside(item.ident.to_string(), &item.attrs, |inspector| {
            secrets::named(inspector, &item.ident.to_string(), &item.expr);
            visit::visit_item_const(inspector, item);
        });
    }

    fn visit_impl_item_const(&mut self, item: &'ast ImplItemConst) {
        self.inside(item.ident.to_string(), &item.attrs, |inspector| {
            secrets::named(inspector, &item.ident.to_string(), &item.expr);
            visit::visit_impl_item_const(inspector, item);
        });
    }

    fn visit_item_static(&mut self, item: &'ast ItemStatic) {
        self.inside(item.ident.to_string(), &item.attrs, |inspector| {
            secrets::named(inspector, &item.ident.to_string(), &item.expr);
            visit::visit_item_static(inspector, item);
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let init = local.init.as_ref().map(|init| &*init.expr);
        let (pattern, declared) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        routing::declare(self, pattern, declared, init);
        let name = routing::variable(pattern);
        if let (Some(name), Some(init)) = (&name, init) {
            secrets::named(self, name, init);
        }
        let on_purpose = name.is_some_and(|name| self.unsecured.contains(&name));
        self.on_purpose(on_purpose, |inspector| visit::visit_local(inspector, local));
    }

    fn visit_field_value(&mut self, field: &'ast FieldValue) {
        if let syn::Member::Named(name) = &field.member {
            secrets::named(self, &name.unraw().to_string(), &field.expr);
            tokens::switched_off(self, &name.unraw().to_string(), &field.expr);
        }
        visit::visit_field_value(self, field);
    }

    fn visit_expr_assign(&mut self, assignment: &'ast ExprAssign) {
        if let Expr::Field(field) = &*assignment.left
            && let syn::Member::Named(name) = &field.member
        {
            tokens::switched_off(self, &name.unraw().to_string(), &assignment.right);
        }
        visit::visit_expr_assign(self, assignment);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Some(called) = self.called(&call.func) {
            routing::call(self, &called, call);
            secrets::call(self, &called, call);
            builder::call(self, &called, call);
            tokens::call(self, &called, call);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        routing::method(self, call);
        secrets::method(self, call);
        builder::method(self, call);
        tokens::method(self, call);
        let is_door = call.method == "merge_unsecured";
        self.visit_expr(&call.receiver);
        self.on_purpose(is_door, |inspector| call.args.iter().for_each(|argument| inspector.visit_expr(argument)));
    }

    fn visit_lit(&mut self, literal: &'ast Lit) {
        secrets::literal(self, literal);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {
        // Documentation shows what a token looks like, and the other attributes are read where they mean something.
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        // Most macros take expressions.
        match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(item.tokens.clone()) {
            Ok(arguments) => arguments.iter().for_each(|argument| self.visit_expr(argument)),
            Err(_) => secrets::in_tokens(self, &item.tokens),
        }
    }
}
