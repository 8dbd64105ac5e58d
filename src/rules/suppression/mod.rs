//! Group *suppression*: whether the comments that allow findings are sound.

mod ban_unknown_suppression;
mod ban_unused_suppression;
mod require_suppression_reason;

pub use ban_unknown_suppression::BanUnknownSuppression;
pub use ban_unused_suppression::BanUnusedSuppression;
pub use require_suppression_reason::RequireSuppressionReason;
