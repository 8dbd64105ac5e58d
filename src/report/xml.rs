//! What the XML formats have in common: a document, and text that XML 1.0 can hold.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

/// Where XML is written.
pub(super) type Xml<'o> = Writer<&'o mut dyn Write>;

/// Writes a document whose root element `root` writes.
pub(super) fn document(out: &mut dyn Write, root: impl FnOnce(&mut Xml<'_>) -> io::Result<()>) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    root(&mut xml)?;
    writeln!(xml.into_inner())
}

/// `text` with spaces for what XML 1.0 has no way to say (section 2.2): most control characters, and two that are none.
pub(super) fn sayable(text: &str) -> Cow<'_, str> {
    let is_unsayable = |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.contains(is_unsayable) { text.replace(is_unsayable, " ").into() } else { text.into() }
}
