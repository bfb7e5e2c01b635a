//! A record as an item.

use jiff::Timestamp;
use vibesheets_core::{
    CommandId,
    journal::{Append, Hash, Head, Operation, Payload, Record, StreamId},
    store::{StoreError, StoredRecord},
};

use crate::{
    item::{Item, NewItem, Reading},
    keys::{JOURNAL, Key},
    packed::{pack, unpack},
};

/// The most packed bytes of a payload that stand in the record's own item: the head of a stream is read with each clock
/// command, and two such items are one read unit.
const MOST_INLINE_BYTES: usize = 1500;
/// The most bytes of a part: an item has at most 400 KB.
const PART_BYTES: usize = 350_000;

const TIME: &str = "time";
const ACTOR: &str = "actor";
const OPERATION: &str = "operation";
const COMMAND: &str = "command";
const DIGEST: &str = "digest";
const PREVIOUS: &str = "previous";
const HASH: &str = "hash";
const SALT: &str = "salt";
const PAYLOAD: &str = "payload";
const PARTS: &str = "parts";

/// The record's item, and the items of its payload's parts.
pub(super) fn items(append: &Append) -> (NewItem, Vec<NewItem>) {
    let record = &append.record;
    sealed(&Key::record(record.stream, record.seq), record.seq, link(record), &append.payload)
}

/// The record's item without a payload.
pub(super) fn link(record: &Record) -> NewItem {
    NewItem::new(Key::record(record.stream, record.seq))
        .number(TIME, record.time.as_microsecond())
        .text(ACTOR, record.actor)
        .text(OPERATION, record.operation)
        .bytes(COMMAND, *record.command.as_bytes())
        .bytes(DIGEST, record.digest.0)
        .bytes(PREVIOUS, record.previous.0)
        .bytes(HASH, record.hash.0)
}

/// `item` with a payload, and the items of its parts.
fn sealed(key: &Key, seq: u64, item: NewItem, payload: &Payload) -> (NewItem, Vec<NewItem>) {
    let item = item.bytes(SALT, payload.salt);
    let packed = pack(&payload.body);
    if packed.len() <= MOST_INLINE_BYTES {
        return (item.bytes(PAYLOAD, packed), Vec::new());
    }
    let parts: Vec<NewItem> = packed
        .chunks(PART_BYTES)
        .enumerate()
        .map(|(part, bytes)| NewItem::new(Key::payload_part(key, seq, part)).bytes(PAYLOAD, bytes))
        .collect();
    (item.number(PARTS, parts.len() as i128), parts)
}

/// The record's item with `left` in the place of its payload, that payload's parts, and the places of parts that are no longer
/// needed.
pub(super) fn with_payload(
    key: &Key,
    seq: u64,
    item: Item,
    left: Option<&Payload>,
) -> Result<(NewItem, Vec<NewItem>, Vec<Key>), StoreError> {
    let parts_before = parts(&item)?;
    let mut kept = NewItem { key: key.clone(), attributes: item };
    for name in [SALT, PAYLOAD, PARTS] {
        kept.attributes.remove(name);
    }
    let (item, parts) = match left {
        Some(payload) => sealed(key, seq, kept, payload),
        None => (kept, Vec::new()),
    };
    let obsolete = (parts.len()..parts_before).map(|part| Key::payload_part(key, seq, part)).collect();
    Ok((item, parts, obsolete))
}

/// The hash that a record's item carries.
pub(crate) fn hash_of(item: &Item) -> Result<Hash, StoreError> {
    Reading::new("record", item).array(HASH).map(Hash)
}

/// The head that a record's item is, while it is the last.
pub(crate) fn head_of(item: &Item) -> Result<Head, StoreError> {
    Ok(Head { seq: seq(item)?, hash: hash_of(item)?, time: time(item)? })
}

/// What a record's item says was done.
pub(crate) fn operation_of(item: &Item) -> Result<Operation, StoreError> {
    Reading::new("record", item).parsed(OPERATION)
}

fn seq(item: &Item) -> Result<u64, StoreError> {
    let reading = Reading::new("record", item);
    let sort = reading.text("item")?;
    sort.strip_prefix(JOURNAL).and_then(|seq| seq.parse().ok()).ok_or_else(|| reading.damaged("item"))
}

fn time(item: &Item) -> Result<Timestamp, StoreError> {
    let reading = Reading::new("record", item);
    Timestamp::from_microsecond(reading.number(TIME)?).map_err(|_| reading.damaged(TIME))
}

/// How many parts the payload of a record's item has beside it.
pub(super) fn parts(item: &Item) -> Result<usize, StoreError> {
    let reading = Reading::new("record", item);
    if reading.has(PARTS) { reading.number(PARTS) } else { Ok(0) }
}

/// The bytes of one part.
pub(super) fn part(item: &Item) -> Result<&[u8], StoreError> {
    Reading::new("part of a payload", item).bytes(PAYLOAD)
}

/// The record of an item, and the payload of the item or of the parts.
pub(super) fn stored(stream: StreamId, item: &Item, parts: &[u8]) -> Result<StoredRecord, StoreError> {
    let reading = Reading::new("record", item);
    let record = Record {
        stream,
        seq: seq(item)?,
        time: time(item)?,
        actor: reading.parsed(ACTOR)?,
        operation: operation_of(item)?,
        command: CommandId::from_bytes(reading.array(COMMAND)?),
        digest: Hash(reading.array(DIGEST)?),
        previous: Hash(reading.array(PREVIOUS)?),
        hash: hash_of(item)?,
    };
    // An erased payload has lost its salt too.
    let payload = if reading.has(SALT) {
        let packed = reading.find_bytes(PAYLOAD).unwrap_or(parts);
        let body = unpack(packed).map_err(|_| reading.damaged(PAYLOAD))?;
        Some(Payload { salt: reading.array(SALT)?, body })
    } else {
        None
    };
    Ok(StoredRecord { record, payload, commit: None })
}
