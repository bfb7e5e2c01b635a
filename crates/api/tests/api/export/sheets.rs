//! Exported files, read back.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::support::{Client, get};

/// A file's header and rows, each cell as text; a workbook's dates as Excel's numbers.
pub type Rows = Vec<Vec<String>>;

pub async fn csv(client: &Client, query: &str) -> Rows {
    let answer = client.ask(get(format!("/export?format=csv{query}"))).await.expect(200);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&answer.body[..]);
    let records = reader.records().map(|record| record.expect("a record"));
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

/// The document without its checkpoint, which tells of the journal and not of the entries.
pub async fn json(client: &Client, query: &str) -> Value {
    let mut file = client.ask(get(format!("/export?format=json{query}"))).await.expect(200).json();
    let checkpoint = file.as_object_mut().and_then(|file| file.remove("checkpoint"));
    assert!(checkpoint.is_some(), "an export carries a checkpoint");
    file
}

/// The workbook.
pub async fn workbook(client: &Client, query: &str) -> Xlsx<Cursor<Vec<u8>>> {
    let answer = client.ask(get(format!("/export?format=xlsx{query}"))).await.expect(200);
    Xlsx::new(Cursor::new(answer.body.to_vec())).expect("a workbook")
}

pub async fn xlsx(client: &Client, query: &str) -> Rows {
    let sheet = workbook(client, query).await.worksheet_range("Entries").expect("the sheet");
    sheet.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(moment) => moment.as_f64().to_string(),
        other => other.to_string(),
    }
}

/// The cells of a column.
pub fn column<'r>(rows: &'r Rows, name: &str) -> Vec<&'r str> {
    let place = rows[0].iter().position(|heading| heading == name).expect("the column");
    rows[1..].iter().map(|row| &*row[place]).collect()
}
