//! Operator classes and families (`DefineOpClass`, `AlterOpFamily`).

use std::sync::Arc;

use super::{add_body, link_function, link_type, value};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, OperatorClass, OperatorFamily, Options, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::reference;
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid, types};
use crate::postgres::facts;
use crate::syntax::tree::{
    self, AlterOperatorFamily, CreateOperatorClass, CreateOperatorFamily, FamilyItemKind, Ident, ObjectKind, ObjectName, ObjectRef,
    OperatorClassItem, OperatorFamilyAction, OperatorInClass,
};
use crate::text::Span;

/// What is put into a class or a family: by its kind, number and operands, and what it depends on.
#[derive(Default)]
struct Items {
    said: Vec<(Arc<str>, Arc<str>, Span)>,
    on: Vec<Oid>,
}

/// How many strategies and support functions the methods of PostgreSQL have (`amstrategies`, `amsupport`); none for any number.
fn limits(method: &str) -> (Option<u32>, Option<u32>) {
    match method {
        "btree" => (Some(5), Some(5)),
        "hash" => (Some(1), Some(3)),
        "gist" => (None, Some(11)),
        "gin" => (None, Some(7)),
        "spgist" => (None, Some(6)),
        "brin" => (None, Some(15)),
        _ => (None, None),
    }
}

pub(super) fn create_class(run: &mut Run<'_>, text: &str, create: &CreateOperatorClass) -> Result {
    let schema = run.schema_for(text, create.name)?;
    let method = method(run, text, create.method)?;
    let ty = types::type_use(run, text, &create.ty)?.bare();
    let family = match create.family {
        Some(name) => Some(family(run, text, name, create.method)?),
        None => None,
    };
    let items = items(run, text, &method, Some(&ty), &create.items)?;
    let name = value(text, create.name.object)?;
    let taken = of_method(run, Class::OperatorClass, schema, &name, &method);
    if taken.is_some() {
        let message = format!("operator class \"{name}\" for access method \"{method}\" already exists");
        return Err(Stop::fails("42710", message, create.name.span()));
    }
    if create.default.is_some() && has_default(run, &method, &ty) {
        let shown = types::format_type(&run.catalog, &ty);
        let message = format!("could not make operator class \"{name}\" be default for type {shown}");
        return Err(Stop::fails("42710", message, create.name.span()));
    }
    let mut options: Options = items.said.iter().map(|(key, said, _)| (Arc::clone(key), Arc::clone(said))).collect();
    let family = match family {
        Some(found) => found,
        // A family of the same name is taken, or made.
        None => Some(match of_method(run, Class::OperatorFamily, schema, &name, &method) {
            Some(found) => found,
            None => add_family(run, &name, schema, &method),
        }),
    };
    match family {
        Some(oid) => {
            let shown = crate::catalog::describe::qualified(&run.catalog, oid);
            options.insert("family".into(), shown.into());
        }
        None => drop(create.family.map(|name| options.insert("family".into(), name.object.value(text).into()))),
    }
    let class = OperatorClass { method, ty: Some(ty.clone()), default: create.default.is_some(), definition: Definition { options } };
    let oid = add_body(run, &name, Some(schema), Body::OperatorClass(Arc::new(class)));
    if let Some(family) = family {
        run.catalog.link(oid, family, Dependency::Auto);
    }
    link_type(run, oid, &ty);
    for on in items.on {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    Ok(())
}

/// The access method that is written.
fn method(run: &mut Run<'_>, text: &str, ident: Ident) -> Result<Name> {
    let name = value(text, ident)?;
    if !reference::access_method(run, &name) {
        super::whole(run, text, Class::AccessMethod, "access method", ident)?;
    }
    Ok(name)
}

/// The family that is written; none within for one that PostgreSQL or an extension brings.
fn family(run: &mut Run<'_>, text: &str, name: tree::Name, method: Ident) -> Result<Option<Oid>> {
    let object = ObjectRef { span: name.span(), kind: ObjectKind::OperatorFamily, name: ObjectName::OfMethod { name, method } };
    Ok(reference::expect(run, text, &object)?.map(|address| address.object))
}

fn of_method(run: &Run<'_>, class: Class, schema: Oid, name: &str, method: &str) -> Option<Oid> {
    run.catalog.named(class, schema, name).iter().copied().find(|oid| match run.catalog.get(*oid).map(|object| &object.body) {
        Some(Body::OperatorClass(found)) => *found.method == *method,
        Some(Body::OperatorFamily(found)) => *found.method == *method,
        _ => false,
    })
}

fn has_default(run: &Run<'_>, method: &str, ty: &TypeUse) -> bool {
    let in_system = matches!(ty.id, crate::catalog::model::TypeId::BuiltIn(name)
        if !ty.array && facts::system().default_operator_class(method, name, run.world.target).is_some());
    let is_default = |body: &Body| match body {
        Body::OperatorClass(class) => {
            class.default && *class.method == *method && class.ty.as_ref().is_some_and(|own| own.is_same_type(ty))
        }
        _ => false,
    };
    in_system || run.catalog.objects().any(|(_, object)| is_default(&object.body))
}

fn add_family(run: &mut Run<'_>, name: &str, schema: Oid, method: &Name) -> Oid {
    let family = OperatorFamily { method: Name::clone(method), definition: Definition::default() };
    add_body(run, name, Some(schema), Body::OperatorFamily(Arc::new(family)))
}

/// What is written, each with its operands.
fn items(run: &mut Run<'_>, text: &str, method: &str, own: Option<&TypeUse>, written: &[OperatorClassItem]) -> Result<Items> {
    let (strategies, support) = limits(method);
    let mut items = Items::default();
    for item in written {
        let (key, said, span) = match item {
            OperatorClassItem::Operator { number, operator, .. } => {
                let strategy = numbered(text, *number, strategies, "operator")?;
                let reference = operator_reference(operator);
                let (shown, operands) = match reference {
                    Some(object) => {
                        let oid = reference::expect(run, text, &object)?.map(|address| address.object);
                        items.on.extend(oid);
                        let ObjectName::Operator(written) = &object.name else { continue };
                        let operands = operands(run, text, [written.left.as_ref(), written.right.as_ref()])?;
                        (text[written.name.span()].to_owned(), operands)
                    }
                    None => {
                        let OperatorInClass::Named(name) = operator else { continue };
                        let Some(own) = own else {
                            let message = "operator argument types must be specified in ALTER OPERATOR FAMILY";
                            return Err(Stop::fails("42601", message, name.span()));
                        };
                        let oid = of_own_type(run, text, *name, own)?;
                        items.on.extend(oid);
                        let shown = types::format_type(&run.catalog, own);
                        (text[name.object.span].to_owned(), format!("{shown},{shown}"))
                    }
                };
                (format!("operator {strategy} ({operands})"), shown, *number)
            }
            OperatorClassItem::Function { number, operands: written, function } => {
                let number_of = numbered(text, *number, support, "function")?;
                let object =
                    ObjectRef { span: function.name.span(), kind: ObjectKind::Function, name: ObjectName::Routine(function.clone()) };
                let oid = reference::expect(run, text, &object)?.map(|address| address.object);
                items.on.extend(oid);
                let operands = match (&written[..], own) {
                    ([], Some(own)) => {
                        let shown = types::format_type(&run.catalog, own);
                        format!("{shown},{shown}")
                    }
                    ([], None) => match &function.arguments {
                        Some(arguments) => {
                            let inputs = reference::signature(run, text, arguments)?;
                            inputs.iter().map(|ty| types::format_type(&run.catalog, ty)).collect::<Vec<_>>().join(",")
                        }
                        None => String::new(),
                    },
                    ([only], _) => operands(run, text, [Some(only), Some(only)])?,
                    ([left, right, ..], _) => operands(run, text, [Some(left), Some(right)])?,
                };
                let shown = match oid {
                    Some(oid) => crate::catalog::describe::qualified(&run.catalog, oid),
                    None => function.name.object.value(text).into_owned(),
                };
                (format!("function {number_of} ({operands})"), shown, *number)
            }
            OperatorClassItem::Storage(ty) => {
                let stored = types::type_use(run, text, ty)?;
                if method == "btree" && own.is_some_and(|own| !own.is_same_type(&stored)) {
                    let message = format!("storage type cannot be different from data type for access method \"{method}\"");
                    return Err(Stop::fails("42P17", message, ty.span));
                }
                ("storage".to_owned(), types::format_type(&run.catalog, &stored), ty.span)
            }
        };
        items.said.push((key.into(), said.into(), span));
    }
    Ok(items)
}

fn operator_reference(operator: &OperatorInClass) -> Option<ObjectRef> {
    match operator {
        OperatorInClass::Typed(typed) => {
            Some(ObjectRef { span: typed.name.span(), kind: ObjectKind::Operator, name: ObjectName::Operator(typed.clone()) })
        }
        OperatorInClass::Named(_) => None,
    }
}

/// The operator on two values of a class's own type; none for one that PostgreSQL or an extension brings.
fn of_own_type(run: &mut Run<'_>, text: &str, name: tree::Name, own: &TypeUse) -> Result<Option<Oid>> {
    let sign = &text[name.object.span];
    if let Some(schema) = name.schema {
        run.schema(&schema.value(text), schema.span)?;
    }
    reference::operator_between(run, text, name, own, own)?.ok_or_else(|| {
        let shown = types::format_type(&run.catalog, own);
        Stop::fails("42883", format!("operator does not exist: {shown} {sign} {shown}"), name.span())
    })
}

fn operands(run: &mut Run<'_>, text: &str, written: [Option<&tree::TypeName>; 2]) -> Result<String> {
    let mut shown = Vec::new();
    for ty in written.into_iter().flatten() {
        let ty = types::type_use(run, text, ty)?.bare();
        shown.push(types::format_type(&run.catalog, &ty));
    }
    Ok(shown.join(","))
}

/// A strategy or support number.
fn numbered(text: &str, span: Span, limit: Option<u32>, what: &str) -> Result<u32> {
    let number: u32 = text[span].parse().unwrap_or(u32::MAX);
    if let Some(limit) = limit
        && !(1..=limit).contains(&number)
    {
        return Err(Stop::fails("42P17", format!("invalid {what} number {number}, must be between 1 and {limit}"), span));
    }
    Ok(number)
}

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateOperatorFamily) -> Result {
    let schema = run.schema_for(text, create.name)?;
    let method = method(run, text, create.method)?;
    let name = value(text, create.name.object)?;
    if of_method(run, Class::OperatorFamily, schema, &name, &method).is_some() {
        let message = format!("operator family \"{name}\" for access method \"{method}\" already exists");
        return Err(Stop::fails("42710", message, create.name.span()));
    }
    add_family(run, &name, schema, &method);
    Ok(())
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterOperatorFamily) -> Result {
    let method = method(run, text, alter.method)?;
    let Some(oid) = family(run, text, alter.name, alter.method)? else {
        return Err(Stop::unknown("what becomes of PostgreSQL's own operator families is not followed", alter.name.span()));
    };
    let name = alter.name.object.value(text);
    let mut options = match run.catalog.get(oid).map(|object| &object.body) {
        Some(Body::OperatorFamily(family)) => family.definition.options.clone(),
        _ => Options::new(),
    };
    match &alter.action {
        OperatorFamilyAction::Add(written) => {
            let items = items(run, text, &method, None, written)?;
            for (key, said, span) in items.said {
                if options.insert(Arc::clone(&key), said).is_some() {
                    let shown = key.replacen(" (", "(", 1);
                    return Err(Stop::fails("42710", format!("{shown} already exists in operator family \"{name}\""), span));
                }
            }
            items.on.into_iter().for_each(|on| link_function(run, oid, Some(on)));
        }
        OperatorFamilyAction::Drop(dropped) => {
            let (strategies, support) = limits(&method);
            for item in dropped {
                let (word, limit) = match item.kind {
                    FamilyItemKind::Operator => ("operator", strategies),
                    FamilyItemKind::Function => ("function", support),
                };
                let number = numbered(text, item.number, limit, word)?;
                let (left, right) = (item.operands.first(), item.operands.last());
                let operands = operands(run, text, [left, right])?;
                let key = format!("{word} {number} ({operands})");
                if options.remove(key.as_str()).is_none() {
                    let message = format!("{word} {number}({operands}) does not exist in operator family \"{name}\"");
                    return Err(Stop::fails("42704", message, item.span));
                }
            }
        }
    }
    run.catalog.update(oid, |object| {
        if let Body::OperatorFamily(family) = &mut object.body {
            Arc::make_mut(family).definition.options = options;
        }
    });
    Ok(())
}
