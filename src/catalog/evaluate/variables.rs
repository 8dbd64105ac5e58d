//! The variables of PL/pgSQL, and the arguments of functions: by name, the innermost block first.

use std::sync::Arc;

use super::Value;
use crate::catalog::model::TypeUse;
use crate::catalog::object::Name;

/// Everything that a name in an expression may mean besides columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::catalog) struct Variables {
    blocks: Vec<Block>,
    /// `$1` and its followers.
    pub(in crate::catalog) parameters: Vec<Value>,
}

#[derive(Debug, Clone, PartialEq)]
struct Block {
    label: Option<Name>,
    variables: Vec<Variable>,
}

/// A variable.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::catalog) struct Variable {
    /// Its name.
    pub(in crate::catalog) name: Name,
    /// Its type; none of a record, or if that can't be told.
    pub(in crate::catalog) ty: Option<TypeUse>,
    /// What it holds.
    pub(in crate::catalog) value: Value,
    /// NOT NULL
    pub(in crate::catalog) not_null: bool,
    /// CONSTANT
    pub(in crate::catalog) constant: bool,
}

impl Variable {
    /// A variable that may hold anything of its type.
    pub(in crate::catalog) fn new(name: impl Into<Name>, ty: Option<TypeUse>, value: Value) -> Variable {
        Variable { name: name.into(), ty, value, not_null: false, constant: false }
    }
}

impl Variables {
    /// Opens a block.
    pub(in crate::catalog) fn open(&mut self, label: Option<Name>) {
        self.blocks.push(Block { label, variables: Vec::new() });
    }

    /// Closes the innermost block.
    pub(in crate::catalog) fn close(&mut self) {
        self.blocks.pop();
    }

    /// How many blocks are open.
    pub(in crate::catalog) fn depth(&self) -> usize {
        self.blocks.len()
    }

    /// Closes blocks until so many are open.
    pub(in crate::catalog) fn close_to(&mut self, depth: usize) {
        self.blocks.truncate(depth);
    }

    /// Declares a variable in the innermost block.
    pub(in crate::catalog) fn declare(&mut self, variable: Variable) {
        if let Some(block) = self.blocks.last_mut() {
            block.variables.push(variable);
        }
    }

    /// All of them, those that hide others first.
    pub(in crate::catalog) fn all(&self) -> impl Iterator<Item = &Variable> {
        self.blocks.iter().rev().flat_map(|block| block.variables.iter().rev())
    }

    /// The labels of blocks, by which variables may be qualified.
    pub(in crate::catalog) fn labels(&self) -> impl Iterator<Item = &Name> {
        self.blocks.iter().filter_map(|block| block.label.as_ref())
    }

    /// The variable that a name means: `a`, `block.a`.
    pub(in crate::catalog) fn find(&self, parts: &[String]) -> Option<&Variable> {
        match parts {
            [name] => self.all().find(|variable| *variable.name == **name),
            [label, name] => {
                let block = self.blocks.iter().rev().find(|block| block.label.as_deref() == Some(label.as_str()))?;
                block.variables.iter().rev().find(|variable| *variable.name == **name)
            }
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(in crate::catalog) fn find_mut(&mut self, parts: &[String]) -> Option<&mut Variable> {
        match parts {
            [name] => {
                let all = self.blocks.iter_mut().rev().flat_map(|block| block.variables.iter_mut().rev());
                all.into_iter().find(|variable| *variable.name == **name)
            }
            [label, name] => {
                let block = self.blocks.iter_mut().rev().find(|block| block.label.as_deref() == Some(label.as_str()))?;
                block.variables.iter_mut().rev().find(|variable| *variable.name == **name)
            }
            _ => None,
        }
    }

    /// What a name means: a variable, or a field of one.
    pub(super) fn value(&self, parts: &[String]) -> Option<Value> {
        if let Some(variable) = self.find(parts) {
            return Some(variable.value.clone());
        }
        let (field, record) = parts.split_last()?;
        let variable = self.find(record)?;
        Some(field_of(&variable.value, field))
    }
}

/// A field of a record.
pub(super) fn field_of(value: &Value, field: &str) -> Value {
    match value {
        Value::Record(fields) => {
            let found = fields.iter().find(|(name, _)| **name == *field);
            found.map_or(Value::Unknown, |(_, value)| value.clone())
        }
        Value::Null => Value::Null,
        _ => Value::Unknown,
    }
}

/// A row as a record.
pub(in crate::catalog) fn record(columns: &[Name], values: &[Value]) -> Value {
    Value::Record(columns.iter().map(Arc::clone).zip(values.iter().cloned()).collect())
}

impl Variables {
    /// What holds something else in `other` is not known from now on.
    pub(in crate::catalog) fn blur(&mut self, other: &Variables) {
        for (block, others) in self.blocks.iter_mut().zip(&other.blocks) {
            for (variable, other) in block.variables.iter_mut().zip(&others.variables) {
                variable.value = either(&variable.value, &other.value);
            }
        }
    }
}

/// What is known of a value that is one of two; of records, of each field.
pub(in crate::catalog) fn either(one: &Value, other: &Value) -> Value {
    match (one, other) {
        (one, other) if one == other => one.clone(),
        (Value::Record(fields), Value::Record(others))
            if fields.len() == others.len() && fields.iter().zip(others).all(|((one, _), (other, _))| one == other) =>
        {
            Value::Record(fields.iter().zip(others).map(|((name, one), (_, other))| (Arc::clone(name), either(one, other))).collect())
        }
        (Value::Null | Value::Unknown, _) | (_, Value::Null | Value::Unknown) => Value::Unknown,
        _ => Value::NotNull,
    }
}
