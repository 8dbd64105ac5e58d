//! Functions, procedures, DO blocks, calls; languages and transforms.

use migration_lint::syntax::tree::{
    AlterFunction, Argument, ArgumentMode, Call, CreateFunction, CreateLanguage, CreateTransform, Do, FunctionBody, FunctionOption,
    FunctionOptionKind, ObjectKind, OnNull, Returns, Security, Volatility,
};

use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateFunction) -> Kind {
    let words = f.words;
    if node.kind == ObjectKind::Procedure {
        f.say("procedure");
    }
    f.written("replace", &node.replace);
    f.say(format!("name {}", words.name(node.name)));
    let columns: &[Argument] = match &node.returns {
        Some(Returns::Table(_, columns)) => columns,
        _ => &[],
    };
    f.arguments(node.arguments.direct.iter().chain(columns));
    match &node.returns {
        Some(Returns::Type(ty)) => f.say(format!("returns {}", words.type_name(ty))),
        Some(Returns::Table(..)) => f.say("returns table"),
        None => {}
    }
    f.function_options(&node.options);
    "CreateFunctionStmt"
}

pub fn alter(f: &mut Facts, node: &AlterFunction) -> Kind {
    f.object_kind(node.object.kind);
    f.say(format!("name {}", f.words.object(&node.object)));
    f.function_options(&node.options);
    "AlterFunctionStmt"
}

pub fn do_block(f: &mut Facts, node: &Do) -> Kind {
    let words = f.words;
    f.each("body string", node.bodies.iter().map(|&body| words.string(body).len()));
    f.each("option", node.languages.iter().map(|&language| format!("language={}", words.word_or_string(language))));
    "DoStmt"
}

pub fn call(f: &mut Facts, node: &Call) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    "CallStmt"
}

/// CREATE LANGUAGE; without a handler it creates an extension.
pub fn create_language(f: &mut Facts, node: &CreateLanguage) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    let Some(handlers) = node.handlers else {
        f.written("if-not-exists", &node.replace);
        return "CreateExtensionStmt";
    };
    f.written("replace", &node.replace);
    f.written("trusted", &node.trusted);
    f.say(format!("handler {}", words.name(handlers.call)));
    f.maybe("inline", handlers.inline.map(|function| words.name(function)));
    f.maybe("validator", handlers.validator.map(|function| words.name(function)));
    "CreatePLangStmt"
}

pub fn create_transform(f: &mut Facts, node: &CreateTransform) -> Kind {
    let words = f.words;
    f.say(format!("type {}", words.type_name(&node.ty)));
    f.say(format!("language {}", words.ident(node.language)));
    f.written("replace", &node.replace);
    f.maybe("from-sql", node.from_sql.as_ref().map(|function| words.routine(function)));
    f.maybe("to-sql", node.to_sql.as_ref().map(|function| words.routine(function)));
    "CreateTransformStmt"
}

impl Facts<'_> {
    /// `argument N …` each.
    pub fn arguments<'a>(&mut self, arguments: impl Iterator<Item = &'a Argument>) {
        let words = self.words;
        for (number, argument) in arguments.enumerate() {
            let mode = match argument.mode {
                ArgumentMode::In => "in",
                ArgumentMode::Out => "out",
                ArgumentMode::InOut => "inout",
                ArgumentMode::Variadic => "variadic",
                ArgumentMode::Table => "table",
            };
            let name = argument.name.map_or(String::new(), |name| format!(" name={}", words.ident(name)));
            let default = if argument.default.is_some() { " default" } else { "" };
            self.say(format!("argument {} mode={mode}{name} type={}{default}", number + 1, words.type_name(&argument.ty)));
        }
    }

    fn function_options(&mut self, options: &[FunctionOption]) {
        let words = self.words;
        for option in options {
            self.say(match &option.kind {
                FunctionOptionKind::Body(body) => self.body(body),
                FunctionOptionKind::Variable(setting) => {
                    self.setting(setting);
                    continue;
                }
                FunctionOptionKind::Transform(types) => {
                    self.each("transform", types.iter().map(|ty| words.type_name(ty)));
                    continue;
                }
                FunctionOptionKind::Language(language) => format!("option language={}", words.word_or_string(*language)),
                FunctionOptionKind::Window => "option window=true".to_owned(),
                FunctionOptionKind::Volatility(Volatility::Immutable) => "option volatility=immutable".to_owned(),
                FunctionOptionKind::Volatility(Volatility::Stable) => "option volatility=stable".to_owned(),
                FunctionOptionKind::Volatility(Volatility::Volatile) => "option volatility=volatile".to_owned(),
                FunctionOptionKind::OnNull(OnNull::Called) => "option strict=false".to_owned(),
                FunctionOptionKind::OnNull(OnNull::ReturnsNull) => "option strict=true".to_owned(),
                FunctionOptionKind::Security(Security::Definer) => "option security=true".to_owned(),
                FunctionOptionKind::Security(Security::Invoker) => "option security=false".to_owned(),
                FunctionOptionKind::Leakproof => "option leakproof=true".to_owned(),
                FunctionOptionKind::NotLeakproof => "option leakproof=false".to_owned(),
                FunctionOptionKind::Parallel(word) => format!("option parallel={}", words.ident(*word)),
                FunctionOptionKind::Cost(number) => format!("option cost={}", words.number(*number)),
                FunctionOptionKind::Rows(number) => format!("option rows={}", words.number(*number)),
                FunctionOptionKind::Support(function) => format!("option support={}", words.name(*function)),
            });
        }
    }

    /// `body …`: how long, and of which kind.
    fn body(&self, body: &FunctionBody) -> String {
        let words = self.words;
        match body {
            FunctionBody::Text(literal) => format!("body string {}", words.string(*literal).len()),
            FunctionBody::Object { file, symbol } => {
                format!("body object {} {}", words.string(*file).len(), words.string(*symbol))
            }
            FunctionBody::Return(_) => "body return".to_owned(),
            FunctionBody::Atomic(statements) => format!("body atomic {}", statements.len()),
        }
    }
}
