//! Floor 0: text and places in it.
//!
//! Everything above speaks of places as byte offsets ([`Span`]); lines and columns are worked out only where a person or an editor reads
//! them ([`LineIndex`]). Invariant: a span's ends lie on character boundaries of the text it was made for.

mod damage;
mod edit;
mod line_index;
mod source;
mod span;

pub use damage::{Damage, DamageKind};
pub use edit::{Edit, EditConflict, apply};
pub use line_index::{LineIndex, Position};
pub use source::SourceFile;
pub use span::Span;
