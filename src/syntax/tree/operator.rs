//! Operators' changes, operator classes and families, and the access methods that they serve.

use crate::text::Span;

use super::{Ident, Name, OperatorRef, RoutineRef, Setting, TypeName};

/// `CREATE OPERATOR CLASS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperatorClass {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// `DEFAULT` for its type.
    pub default: Option<Span>,
    /// The type.
    pub ty: TypeName,
    /// The access method.
    pub method: Ident,
    /// `FAMILY name`; a new one of its own name if it is not written.
    pub family: Option<Name>,
    /// What it holds.
    pub items: Vec<OperatorClassItem>,
}

/// An operator, function or storage type of an operator class or family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorClassItem {
    /// `OPERATOR 1 < (integer, integer) FOR SEARCH`
    Operator {
        /// The strategy number.
        number: Span,
        /// Which operator.
        operator: OperatorInClass,
        /// What it is for; search if nothing is written.
        purpose: Option<OperatorPurpose>,
    },
    /// `FUNCTION 1 (integer, integer) btint4cmp(integer, integer)`
    Function {
        /// The support number.
        number: Span,
        /// The operand types that it is for, where they are not the function's own.
        operands: Vec<TypeName>,
        /// Which function.
        function: RoutineRef,
    },
    /// `STORAGE type`
    Storage(TypeName),
}

/// An operator of an operator class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorInClass {
    /// Without operands: those of the class's type. The last part is the operator's sign.
    Named(Name),
    /// With operands.
    Typed(Box<OperatorRef>),
}

/// What an operator of a class is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperatorPurpose {
    /// `FOR SEARCH`
    Search(Span),
    /// `FOR ORDER BY family`
    OrderBy(Name),
}

/// `CREATE OPERATOR FAMILY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperatorFamily {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// The access method.
    pub method: Ident,
}

/// `ALTER OPERATOR FAMILY … ADD, DROP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterOperatorFamily {
    /// The whole statement.
    pub span: Span,
    /// The family.
    pub name: Name,
    /// The access method.
    pub method: Ident,
    /// What happens to it.
    pub action: OperatorFamilyAction,
}

/// What happens to an operator family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorFamilyAction {
    /// `ADD …`
    Add(Vec<OperatorClassItem>),
    /// `DROP …`
    Drop(Vec<DroppedFamilyItem>),
}

/// `OPERATOR 1 (integer, integer)` or `FUNCTION 1 (integer)`, as an operator family loses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedFamilyItem {
    /// All of it.
    pub span: Span,
    /// Which of the two.
    pub kind: FamilyItemKind,
    /// The strategy or support number.
    pub number: Span,
    /// The operand types.
    pub operands: Vec<TypeName>,
}

/// What an operator family holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FamilyItemKind {
    Operator,
    Function,
}

/// `ALTER OPERATOR … SET (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterOperator {
    /// The whole statement.
    pub span: Span,
    /// The operator.
    pub operator: OperatorRef,
    /// What it is told.
    pub options: Vec<Setting>,
}

/// `CREATE ACCESS METHOD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAccessMethod {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Ident,
    /// What it is for.
    pub kind: AccessMethodKind,
    /// `HANDLER function`
    pub handler: Name,
}

/// What an access method is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AccessMethodKind {
    Index,
    Table,
}
