//! Answers of the engine with some items as they were.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vibesheets_store_dynamodb::keys::Table;

/// Where an item is: the table's full name, partition and sort key.
pub type Place = (String, String, String);
/// The item that was there, if any.
pub type Images = BTreeMap<Place, Option<Value>>;

/// The place of an item or key of a table.
pub fn place_of(table: &str, item: &Value) -> Place {
    let kind = Table::ALL.into_iter().find(|kind| table.ends_with(kind.name())).expect("a table of ours");
    let attribute = |name: &str| item[name]["S"].as_str().expect("a key is text").to_owned();
    (table.to_owned(), attribute(kind.partition_key()), attribute(kind.sort_key()))
}

fn key_of(table: &str, item: &Value) -> Value {
    let kind = Table::ALL.into_iter().find(|kind| table.ends_with(kind.name())).expect("a table of ours");
    let (partition, sort) = (kind.partition_key(), kind.sort_key());
    json!({ partition: item[partition], sort: item[sort] })
}

/// The table and the item or key of each action of a transaction.
fn actions(transaction: &Value) -> impl Iterator<Item = (&str, &Value)> {
    transaction["TransactItems"].as_array().expect("actions").iter().map(|action| {
        let (_, inner) = action.as_object().expect("an action").iter().next().expect("of one kind");
        let item = inner.get("Item").or_else(|| inner.get("Key")).expect("an item or a key");
        (inner["TableName"].as_str().expect("a table"), item)
    })
}

/// The places that a transaction names, to read or to write.
pub fn places_in(transaction: &Value) -> Vec<Place> {
    actions(transaction).map(|(table, item)| place_of(table, item)).collect()
}

/// The transaction that reads the same places.
pub fn gets_of(transaction: &Value) -> Value {
    let get = |(table, item)| json!({ "Get": { "TableName": table, "Key": key_of(table, item) } });
    json!({ "TransactItems": actions(transaction).map(get).collect::<Vec<Value>>() })
}

/// A query of a table is asked for everything, since what a page holds depends on what was there.
pub fn without_pages(request: &mut Value) {
    let request = request.as_object_mut().expect("a request");
    request.remove("Limit");
    request.remove("ExclusiveStartKey");
}

/// Puts `images` into the answer to a read; `asked` is the request as the client made it.
pub fn put_into(answer: &mut Value, operation: &str, asked: &Value, images: &Images) {
    match operation {
        "GetItem" => {
            let table = asked["TableName"].as_str().expect("a table");
            if let Some(image) = images.get(&place_of(table, &asked["Key"])) {
                let answer = answer.as_object_mut().expect("an answer");
                answer.remove("Item");
                answer.extend(image.clone().map(|item| ("Item".to_owned(), item)));
            }
        }
        "BatchGetItem" => {
            for (table, keys) in asked["RequestItems"].as_object().expect("tables") {
                let mut items = items_by_place(table, &answer["Responses"][table]);
                let asked = keys["Keys"].as_array().expect("keys").iter().map(|key| place_of(table, key));
                replace(&mut items, images, |place| asked.clone().any(|asked| asked == *place));
                answer["Responses"][table] = items.into_values().collect();
            }
        }
        "Query" => put_into_query(answer, asked, images),
        _ => {}
    }
}

fn items_by_place(table: &str, items: &Value) -> BTreeMap<Place, Value> {
    let items = items.as_array().into_iter().flatten();
    items.map(|item| (place_of(table, item), item.clone())).collect()
}

fn replace(items: &mut BTreeMap<Place, Value>, images: &Images, is_asked: impl Fn(&Place) -> bool) {
    for (place, image) in images.iter().filter(|(place, _)| is_asked(place)) {
        match image {
            Some(item) => drop(items.insert(place.clone(), item.clone())),
            None => drop(items.remove(place)),
        }
    }
}

fn put_into_query(answer: &mut Value, asked: &Value, images: &Images) {
    let table = asked["TableName"].as_str().expect("a table");
    assert!(answer["LastEvaluatedKey"].is_null(), "all of a partition is read at once");
    let value = |name: &str| asked["ExpressionAttributeValues"][name]["S"].as_str().map(str::to_owned);
    let (partition, first, last) = (value(":partition"), value(":first"), value(":last"));
    let is_asked = |(of, under, sort): &Place| {
        let within = match (&first, &last) {
            (Some(first), Some(last)) => first <= sort && sort <= last,
            (Some(prefix), None) => sort.starts_with(prefix),
            _ => true,
        };
        of == table && Some(under) == partition.as_ref() && within
    };
    let mut items = items_by_place(table, &answer["Items"]);
    replace(&mut items, images, is_asked);
    let mut items: Vec<Value> = items.into_values().collect();
    let backward = asked["ScanIndexForward"] == json!(false);
    if backward {
        items.reverse();
    }
    if let Some(begin) = asked.get("ExclusiveStartKey") {
        let begin = place_of(table, begin);
        items.retain(|item| match backward {
            true => place_of(table, item) < begin,
            false => place_of(table, item) > begin,
        });
    }
    let most = asked["Limit"].as_u64().map_or(usize::MAX, |limit| limit as usize);
    let answer = answer.as_object_mut().expect("an answer");
    if items.len() >= most {
        items.truncate(most);
        let last = items.last().map(|item| key_of(table, item));
        answer.insert("LastEvaluatedKey".to_owned(), last.expect("a limit is at least one"));
    }
    answer.insert("Count".to_owned(), json!(items.len()));
    answer.insert("Items".to_owned(), json!(items));
}
