//! Group *style*: how a migration is written, where PostgreSQL does not mind.

mod ban_commented_code;
mod prefer_uppercase_keywords;
mod require_down_mirror;
mod require_template_order;

pub use ban_commented_code::BanCommentedCode;
pub use prefer_uppercase_keywords::PreferUppercaseKeywords;
pub use require_down_mirror::RequireDownMirror;
pub use require_template_order::RequireTemplateOrder;
