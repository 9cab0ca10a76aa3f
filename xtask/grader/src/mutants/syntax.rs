//! The places of a model at which mutation operators may change something.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, Expr, ExprMethodCall, FnArg, GenericParam, ImplItemFn, ItemFn, Pat,
    Signature, Stmt, TypeParamBound, WherePredicate,
};

use super::edit::Edit;

/// A piece of the syntax tree.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    Expr(&'a Expr),
    Statement(&'a Stmt),
    /// The whole body of a function.
    Body(&'a Block),
}

/// The function around a site.
#[derive(Clone)]
pub struct Function {
    /// The names of the arguments that are closures: the work that its caller hands it.
    pub kernels: Vec<String>,
    /// The place of its body, without the braces.
    pub body: Range<usize>,
}

/// A place in the model.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The whole model.
    source: &'a str,
    pub node: Node<'a>,
    /// `None` in a constant.
    pub function: Option<&'a Function>,
}

impl<'a> Site<'a> {
    pub fn text(&self, node: &impl Spanned) -> &'a str {
        &self.source[node.span().byte_range()]
    }

    /// One edit, which replaces the node.
    pub fn replace(&self, node: &impl Spanned, text: impl Into<String>) -> Vec<Edit> {
        vec![Edit::replace(node.span().byte_range(), text)]
    }

    /// One edit, which puts text behind the node.
    pub fn append(&self, node: &impl Spanned, text: impl Into<String>) -> Vec<Edit> {
        vec![Edit::insert(node.span().byte_range().end, text)]
    }

    pub fn expr(&self) -> Option<&'a Expr> {
        match self.node {
            Node::Expr(expr) => Some(expr),
            _ => None,
        }
    }

    pub fn method_call(&self) -> Option<&'a ExprMethodCall> {
        match self.expr()? {
            Expr::MethodCall(call) => Some(call),
            _ => None,
        }
    }

    pub fn statement(&self) -> Option<&'a Stmt> {
        match self.node {
            Node::Statement(statement) => Some(statement),
            _ => None,
        }
    }

    /// A function's body: its place, without the braces.
    pub fn body(&self) -> Option<Range<usize>> {
        match self.node {
            Node::Body(block) => Some(inside(block)),
            _ => None,
        }
    }

    /// Whether the function around this place names something that shares out work.
    pub fn is_in_parallel_function(&self) -> bool {
        self.function.is_some_and(|function| {
            let body = &self.source[function.body.clone()];
            ["par_", "spawn", "install", "join"].iter().any(|word| body.contains(word))
        })
    }

    /// Whether this is a name of a closure that the caller of the function hands it.
    pub fn is_kernel(&self, expr: &Expr) -> bool {
        let name = match expr {
            Expr::Reference(reference) => &*reference.expr,
            expr => expr,
        };
        let mut kernels = self.function.iter().flat_map(|function| &function.kernels);
        matches!(name, Expr::Path(path) if kernels.any(|kernel| path.path.is_ident(kernel)))
    }
}

/// The place of what stands between the braces.
fn inside(block: &Block) -> Range<usize> {
    let braces = block.span().byte_range();
    braces.start + 1..braces.end - 1
}

/// Visits every place of a source text, from its beginning to its end.
///
/// # Errors
///
/// It is not Rust.
pub fn visit_sites(source: &str, mut visit: impl FnMut(Site)) -> syn::Result<()> {
    let file = syn::parse_file(source)?;
    let mut walk = Walk { source, function: None, visit: &mut visit };
    walk.visit_file(&file);
    Ok(())
}

struct Walk<'a> {
    source: &'a str,
    function: Option<Function>,
    visit: &'a mut dyn FnMut(Site),
}

impl Walk<'_> {
    fn site(&mut self, node: Node) {
        (self.visit)(Site { source: self.source, node, function: self.function.as_ref() });
    }

    fn walk_function(&mut self, signature: &Signature, block: &Block) {
        let function = Function { kernels: kernels(signature), body: inside(block) };
        let outer = self.function.replace(function);
        self.site(Node::Body(block));
        self.visit_block(block);
        self.function = outer;
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.walk_function(&function.sig, &function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.walk_function(&function.sig, &function.block);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.site(Node::Statement(statement));
        visit::visit_stmt(self, statement);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.site(Node::Expr(expr));
        visit::visit_expr(self, expr);
    }
}

/// The names of the arguments whose type is bounded by `Fn`, `FnMut` or `FnOnce`.
fn kernels(signature: &Signature) -> Vec<String> {
    let generics = &signature.generics;
    let mut closures = Vec::new();
    for parameter in &generics.params {
        if let GenericParam::Type(parameter) = parameter
            && parameter.bounds.iter().any(is_closure_bound)
        {
            closures.push(parameter.ident.to_string());
        }
    }
    for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Type(predicate) = predicate
            && predicate.bounds.iter().any(is_closure_bound)
            && let syn::Type::Path(path) = &predicate.bounded_ty
        {
            closures.extend(path.path.get_ident().map(ToString::to_string));
        }
    }
    let is_closure = |ty: &syn::Type| match ty {
        syn::Type::ImplTrait(ty) => ty.bounds.iter().any(is_closure_bound),
        syn::Type::Path(path) => closures.iter().any(|closure| path.path.is_ident(closure)),
        _ => false,
    };
    let arguments = signature.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(argument),
        FnArg::Receiver(_) => None,
    });
    let kernels = arguments.filter_map(|argument| {
        let ty = match &*argument.ty {
            syn::Type::Reference(reference) => &*reference.elem,
            ty => ty,
        };
        match &*argument.pat {
            Pat::Ident(name) if is_closure(ty) => Some(name.ident.to_string()),
            _ => None,
        }
    });
    kernels.collect()
}

fn is_closure_bound(bound: &TypeParamBound) -> bool {
    let TypeParamBound::Trait(bound) = bound else { return false };
    let name = bound.path.segments.last();
    name.is_some_and(|name| ["Fn", "FnMut", "FnOnce"].iter().any(|closure| name.ident == closure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures_that_the_caller_hands_over_are_kernels_however_their_types_are_written() {
        let source = "fn all<F, G: FnMut() + Sync>(f: &F, g: G, n: usize, work: impl FnOnce() -> u8) where F: Fn(u8) { 0 }";
        let mut kernels = Vec::new();
        visit_sites(source, |site| {
            if let (Node::Body(_), Some(function)) = (site.node, site.function) {
                kernels.clone_from(&function.kernels);
            }
        })
        .unwrap();
        assert_eq!(kernels, ["f", "g", "work"]);
    }

    #[test]
    fn places_are_those_of_the_text_also_behind_letters_of_several_bytes() {
        let source = "// i · dx\nfn f() { g(\"·\", 7) }";
        let mut seen = Vec::new();
        visit_sites(source, |site| seen.extend(site.expr().map(|expr| site.text(expr).to_owned())))
            .unwrap();
        assert_eq!(seen, ["g(\"·\", 7)", "g", "\"·\"", "7"]);
    }
}
