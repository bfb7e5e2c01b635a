//! The malformed files are malformed where they say.

use std::collections::BTreeSet;

use foreign_exports::malformed::{self, Blame};

#[test]
fn names_are_unique_and_every_function_is_listed() {
    let all = malformed::all();
    let names: BTreeSet<&str> = all.iter().map(|file| file.name).collect();
    assert_eq!(names.len(), all.len());
    assert_eq!(all.len(), 29);
}

#[test]
fn blamed_lines_exist_and_sound_rows_are_the_others() {
    for file in malformed::all() {
        let Blame::Cells(cells) = &file.blame else { continue };
        let lines = file.bytes.iter().filter(|&&byte| byte == b'\n').count();
        assert!(cells.iter().all(|cell| (2..=lines as u64).contains(&cell.line)), "{}", file.name);
        assert_eq!(file.sound_rows, lines - 1 - cells.len(), "{}", file.name);
    }
}

#[test]
fn files_that_claim_an_encoding_fault_are_not_utf_8_and_the_others_are() {
    for file in malformed::all() {
        let faulty = ["pdf", "utf-16", "latin-1"].contains(&file.name);
        assert_eq!(std::str::from_utf8(&file.bytes).is_err(), faulty, "{}", file.name);
    }
}

#[test]
fn the_large_cell_is_large_and_the_quote_stays_open() {
    assert!(malformed::five_megabyte_cell().bytes.len() > 5_000_000);
    let quotes = malformed::unterminated_quote().bytes.iter().filter(|&&byte| byte == b'"').count();
    assert_eq!(quotes % 2, 1);
    assert!(malformed::nul_bytes().bytes.contains(&0));
}

#[test]
fn in_the_ambiguous_file_no_number_of_a_date_is_over_twelve() {
    let file = malformed::ambiguous_date_order();
    let text = String::from_utf8(file.bytes).expect("UTF-8");
    let dates: Vec<&str> = text.split('"').filter(|cell| cell.ends_with("/2024")).collect();
    assert_eq!(dates.len(), 8);
    for date in dates {
        let numbers: Vec<u32> = date.split('/').map(|part| part.parse().expect("a number")).collect();
        assert!(numbers[0] <= 12 && numbers[1] <= 12 && numbers[0] != numbers[1], "{date}");
    }
}
