//! Choosing among functions or operators of one name (`func_match_argtypes`, `func_select_candidate`; manual, 10.2 and 10.3).

use super::ExprType;
use super::coerce::{Context, can_coerce};
use super::family::{Preferred, base_type, category};
use super::polymorphic::{accepts, consistent, is_polymorphic};
use crate::catalog::model::TypeUse;
use crate::catalog::store::Catalog;
use crate::syntax::Version;

/// What choosing gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice<T> {
    /// This one.
    One(T),
    /// None takes such arguments.
    None,
    /// Several do, and none better than the others.
    Ambiguous,
    /// It can't be told, but it is one of these.
    Untold(Vec<T>),
}

/// Chooses by the types that `declared` gives of each candidate: as many as there are arguments.
pub(super) fn choose<T: Clone>(
    catalog: &Catalog,
    version: Version,
    candidates: &[T],
    arguments: &[ExprType],
    declared: impl Fn(&T) -> Vec<Option<TypeUse>>,
) -> Choice<T> {
    let mut fitting: Vec<(T, Vec<TypeUse>)> = Vec::new();
    let mut untold: Vec<T> = Vec::new();
    for candidate in candidates {
        let types = declared(candidate);
        let Some(known) = types.iter().cloned().collect::<Option<Vec<TypeUse>>>() else {
            untold.push(candidate.clone());
            continue;
        };
        match fits(catalog, version, &known, arguments) {
            Some(true) => fitting.push((candidate.clone(), known)),
            Some(false) => {}
            None => untold.push(candidate.clone()),
        }
    }
    if !untold.is_empty() {
        untold.extend(fitting.into_iter().map(|(candidate, _)| candidate));
        return Choice::Untold(untold);
    }
    select(catalog, version, fitting, arguments)
}

/// Whether all hold; none if that can't be told.
fn all(mut answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    if answers.any(|answer| {
        result = if answer.is_none() { None } else { result };
        answer == Some(false)
    }) {
        return Some(false);
    }
    result
}

/// Whether what is declared takes these arguments (`can_coerce_type`); none if that can't be told.
fn fits(catalog: &Catalog, version: Version, declared: &[TypeUse], arguments: &[ExprType]) -> Option<bool> {
    let each = declared.iter().zip(arguments).map(|(declared, argument)| match is_polymorphic(declared) {
        true => accepts(catalog, declared, argument),
        false => can_coerce(catalog, version, argument, declared, Context::Implicit),
    });
    all(each.chain(std::iter::once_with(|| consistent(catalog, version, declared, arguments))))
}

/// The one that fits best.
fn select<T: Clone>(catalog: &Catalog, version: Version, mut fitting: Vec<(T, Vec<TypeUse>)>, arguments: &[ExprType]) -> Choice<T> {
    if fitting.len() <= 1 {
        return fitting.pop().map_or(Choice::None, |(candidate, _)| Choice::One(candidate));
    }
    let bases: Vec<Option<TypeUse>> = arguments.iter().map(|argument| argument.known().and_then(|ty| base_type(catalog, ty))).collect();
    // Those with the most arguments of exactly that type.
    let exact = |types: &[TypeUse]| {
        types.iter().zip(&bases).filter(|(declared, base)| base.as_ref().is_some_and(|base| base.is_same_type(declared))).count()
    };
    keep_best(&mut fitting, |types| exact(types));
    if let [(only, _)] = &fitting[..] {
        return Choice::One(only.clone());
    }
    // Those with the most arguments of that type or of the preferred type of its category.
    let liked = |types: &[TypeUse]| {
        types
            .iter()
            .zip(&bases)
            .filter(|(declared, base)| {
                let Some(base) = base else { return false };
                if base.is_same_type(declared) {
                    return true;
                }
                let own = category(catalog, base).map(|(letter, _)| letter);
                category(catalog, declared).is_some_and(|(letter, preferred)| Some(letter) == own && preferred == Preferred::Yes)
            })
            .count()
    };
    keep_best(&mut fitting, |types| liked(types));
    if let [(only, _)] = &fitting[..] {
        return Choice::One(only.clone());
    }
    by_literals(catalog, version, fitting, arguments, &bases)
}

fn keep_best<T>(fitting: &mut Vec<(T, Vec<TypeUse>)>, score: impl Fn(&[TypeUse]) -> usize) {
    let best = fitting.iter().map(|(_, types)| score(types)).max().unwrap_or(0);
    fitting.retain(|(_, types)| score(types) == best);
}

/// What constants in quotes are taken for: strings if some candidate takes one, else what all agree in.
fn by_literals<T: Clone>(
    catalog: &Catalog,
    version: Version,
    mut fitting: Vec<(T, Vec<TypeUse>)>,
    arguments: &[ExprType],
    bases: &[Option<TypeUse>],
) -> Choice<T> {
    let literals: Vec<usize> = (0..arguments.len()).filter(|at| arguments[*at] == ExprType::Literal).collect();
    if literals.is_empty() {
        return Choice::Ambiguous;
    }
    let mut resolved = true;
    let mut slots: Vec<(usize, char, bool)> = Vec::new();
    for &at in &literals {
        let mut letter: Option<char> = None;
        let mut preferred = false;
        let mut conflict = false;
        for (_, types) in &fitting {
            let Some((own, is_preferred)) = category(catalog, &types[at]) else { continue };
            let is_preferred = is_preferred == Preferred::Yes;
            match letter {
                None => (letter, preferred) = (Some(own), is_preferred),
                Some(found) if found == own => preferred |= is_preferred,
                Some(_) if own == 'S' => (letter, preferred) = (Some('S'), is_preferred),
                Some('S') => {}
                Some(_) => conflict = true,
            }
        }
        match letter {
            Some('S') => slots.push((at, 'S', preferred)),
            Some(letter) if !conflict => slots.push((at, letter, preferred)),
            _ => resolved = false,
        }
    }
    if resolved {
        let strict = |types: &[TypeUse]| {
            slots.iter().all(|(at, letter, wants_preferred)| {
                category(catalog, &types[*at])
                    .is_some_and(|(own, preferred)| own == *letter && (!wants_preferred || preferred == Preferred::Yes))
            })
        };
        if fitting.iter().any(|(_, types)| strict(types)) {
            fitting.retain(|(_, types)| strict(types));
        }
        if let [(only, _)] = &fitting[..] {
            return Choice::One(only.clone());
        }
    }
    // If all known arguments have one type, the constants are tried as that.
    let mut known = bases.iter().flatten();
    if let Some(first) = known.next()
        && known.all(|ty| ty.is_same_type(first))
        && literals.len() < arguments.len()
    {
        let alike = vec![ExprType::Known(first.clone()); arguments.len()];
        let like_first: Vec<&(T, Vec<TypeUse>)> =
            fitting.iter().filter(|(_, types)| fits(catalog, version, types, &alike) == Some(true)).collect();
        if let [(only, _)] = &like_first[..] {
            return Choice::One(only.clone());
        }
    }
    Choice::Ambiguous
}
