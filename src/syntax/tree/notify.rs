//! Notifications.

use crate::text::Span;

use super::Ident;

/// `LISTEN`, `NOTIFY`, `UNLISTEN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    /// The whole statement.
    pub span: Span,
    /// Which of the three.
    pub action: NotifyAction,
}

/// What a statement does with a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyAction {
    /// `LISTEN channel`.
    Listen(Ident),
    /// `UNLISTEN channel`.
    Unlisten(Ident),
    /// `UNLISTEN *`: the star.
    UnlistenAll(Span),
    /// `NOTIFY channel`, perhaps with a string.
    Notify(Ident, Option<Span>),
}
