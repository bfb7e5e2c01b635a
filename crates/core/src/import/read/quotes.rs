//! Whether the quotes of a file are sound.
//!
//! The CSV library reads `"a"b` as `ab` and a quote that never closes to the end of the file. Either way two rows
//! could melt into one that looks right, so neither is read.

use super::records::LineCounter;
use crate::import::{Delimiter, FileRefusal, RefusalCode};

enum State {
    FieldStart,
    Plain,
    Quoted {
        from: usize,
    },
    /// After a quote within a quoted cell: its end, or the first half of a doubled quote.
    Closing {
        from: usize,
    },
}

/// Refuses quoted cells that do not end, or go on after their closing quote.
pub(super) fn check_quotes(text: &str, delimiter: Delimiter) -> Result<(), FileRefusal> {
    let mut state = State::FieldStart;
    for (position, byte) in text.bytes().enumerate() {
        let ends_cell = byte == delimiter.byte() || byte == b'\n' || byte == b'\r';
        state = match state {
            State::Quoted { from } if byte == b'"' => State::Closing { from },
            State::Quoted { from } => State::Quoted { from },
            State::Closing { from } if byte == b'"' => State::Quoted { from },
            _ if ends_cell => State::FieldStart,
            State::Closing { from } => {
                let opened = LineCounter::line_of(text, from);
                return Err(unbalanced(
                    LineCounter::line_of(text, position),
                    format!("the quoted cell that begins on line {opened} goes on after its closing quote"),
                ));
            }
            State::FieldStart if byte == b'"' => State::Quoted { from: position },
            State::FieldStart | State::Plain => State::Plain,
        };
    }
    match state {
        State::Quoted { from } => Err(unbalanced(
            LineCounter::line_of(text, from),
            "the quoted cell that begins here never ends".to_owned(),
        )),
        _ => Ok(()),
    }
}

fn unbalanced(line: u64, what: String) -> FileRefusal {
    let detail = format!("{what}; a quote within a quoted cell is written twice");
    FileRefusal::new(RefusalCode::UnbalancedQuotes, Some(line), detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<u64> {
        check_quotes(text, Delimiter::Comma).err().and_then(|refusal| refusal.line)
    }

    #[test]
    fn quotes_that_swallow_rows_are_found_where_they_are() {
        assert_eq!(line("a,\"b\n,c\"\r\n\"\"\"d\"\"\",\"\"\n5\" pipe,x"), None);
        assert_eq!(line("a\n\"b\nc\n"), Some(2));
        assert_eq!(line("a,\"one,No\nb,\"two\",No\n"), Some(2));
    }
}
