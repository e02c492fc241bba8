//! JSON: a list of objects, an object that holds one such list, or one object a line.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::limits;
use super::read::{Format, ReadProblem, Row, Sheet, Stored, assemble};

/// A value whose objects keep the order in which they were written, so that columns come in the order of the file.
enum Tree {
    List(Vec<Tree>),
    Object(Object),
    Plain(Value),
}

type Object = Vec<(String, Tree)>;

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Tree::Object(object))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Plain(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Plain(Value::Null))
    }
}

/// Reads JSON. Lists and objects inside a cell become text: a list of plain values one a comma, all else as JSON.
pub(super) fn read(text: &str, stored: Stored) -> Result<Sheet, ReadProblem> {
    assemble(table(objects(text)?)?, Format::Json, stored)
}

fn objects(text: &str) -> Result<Vec<Object>, ReadProblem> {
    let mut trees = Vec::new();
    for tree in serde_json::Deserializer::from_str(text).into_iter::<Tree>() {
        trees.push(tree.map_err(|error| ReadProblem::BadJson { why: error.to_string() })?);
        if trees.len() > limits::ROWS {
            return Err(ReadProblem::TooManyRows);
        }
    }
    match trees.len() {
        0 => Err(ReadProblem::Empty),
        1 => trees.pop().map_or(Err(ReadProblem::Empty), the_list),
        _ => each_an_object(trees),
    }
}

fn the_list(tree: Tree) -> Result<Vec<Object>, ReadProblem> {
    match tree {
        Tree::List(items) => each_an_object(items),
        Tree::Object(entries) => inner_list(entries),
        Tree::Plain(_) => Err(ReadProblem::NoList),
    }
}

fn each_an_object(items: Vec<Tree>) -> Result<Vec<Object>, ReadProblem> {
    let one = |(index, tree)| match tree {
        Tree::Object(object) => Ok(object),
        Tree::List(_) | Tree::Plain(_) => Err(ReadProblem::NotAnObject { item: index + 1 }),
    };
    items.into_iter().enumerate().map(one).collect()
}

/// The one list of objects inside an object, such as `_challenge` in a feed.
fn inner_list(entries: Object) -> Result<Vec<Object>, ReadProblem> {
    let mut lists: Vec<(String, Vec<Tree>)> = entries.into_iter().filter_map(list_of_objects).collect();
    match lists.len() {
        0 => Err(ReadProblem::NoList),
        1 => each_an_object(lists.pop().map(|(_, items)| items).unwrap_or_default()),
        _ => Err(ReadProblem::SeveralLists { names: lists.into_iter().map(|(name, _)| name).collect() }),
    }
}

fn list_of_objects((name, tree): (String, Tree)) -> Option<(String, Vec<Tree>)> {
    match tree {
        Tree::List(items) if items.iter().any(|item| matches!(item, Tree::Object(_))) => Some((name, items)),
        _ => None,
    }
}

/// Columns by first appearance; the headings stand as row 0, so that the first object is number 1.
fn table(objects: Vec<Object>) -> Result<Vec<Row>, ReadProblem> {
    if objects.len() > limits::ROWS {
        return Err(ReadProblem::TooManyRows);
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows = vec![Row { number: 0, cells: Vec::new() }];
    for (index, object) in objects.into_iter().enumerate() {
        let mut cells = vec![String::new(); places.len()];
        for (name, value) in object {
            let place = place(&mut places, name, &mut rows[0].cells);
            if place >= limits::COLUMNS {
                return Err(ReadProblem::TooManyColumns);
            }
            if place >= cells.len() {
                cells.resize(place + 1, String::new());
            }
            cells[place] = as_text(value);
        }
        rows.push(Row { number: index + 1, cells });
    }
    Ok(rows)
}

fn place(places: &mut HashMap<String, usize>, name: String, headings: &mut Vec<String>) -> usize {
    let next = places.len();
    *places.entry(name).or_insert_with_key(|name| {
        headings.push(name.clone());
        next
    })
}

fn as_text(tree: Tree) -> String {
    match tree {
        Tree::Plain(Value::Null) => String::new(),
        Tree::Plain(Value::String(text)) => text,
        Tree::List(items) if items.iter().all(|item| matches!(item, Tree::Plain(_))) => {
            items.into_iter().map(as_text).collect::<Vec<_>>().join(", ")
        }
        other => into_value(other).to_string(),
    }
}

fn into_value(tree: Tree) -> Value {
    match tree {
        Tree::Plain(value) => value,
        Tree::List(items) => items.into_iter().map(into_value).collect(),
        Tree::Object(entries) => entries.into_iter().map(|(name, tree)| (name, into_value(tree))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read(text, Stored::Utf8).expect("readable")
    }

    #[test]
    fn a_list_of_objects_is_a_sheet_with_columns_in_the_order_of_the_file() {
        let sheet = sheet(r#"[{"title":"A","id":7},{"id":8.5,"z":null,"a":true}]"#);
        assert_eq!(sheet.columns[..2], ["title", "id"]);
        assert_eq!(
            sheet.rows[1],
            Row { number: 2, cells: vec![String::new(), "8.5".into(), String::new(), "true".into()] }
        );
    }

    #[test]
    fn an_object_may_hold_the_one_list() {
        let sheet = sheet(r#"{"version":"1","tags":["x"],"_challenge":[{"z":"1","a":"1"},{"a":"2"}]}"#);
        assert_eq!((sheet.rows.len(), sheet.columns), (2, vec!["z".to_owned(), "a".to_owned()]));
    }

    #[test]
    fn one_object_a_line_is_a_list() {
        assert_eq!(sheet("{\"a\":1}\n{\"a\":2}\n").rows.len(), 2);
    }

    #[test]
    fn lists_and_objects_in_a_cell_become_text() {
        let sheet = sheet(r#"[{"a":["x","y"],"b":{"k":[1]}}]"#);
        assert_eq!(sheet.rows[0].cells, ["x, y", r#"{"k":[1]}"#]);
    }

    #[test]
    fn what_is_no_list_of_objects_is_refused_with_a_reason() {
        let cases = [
            ("{\"a\":1}", ReadProblem::NoList),
            ("[1]", ReadProblem::NotAnObject { item: 1 }),
            ("{\"a\":[{}],\"b\":[{}]}", ReadProblem::SeveralLists { names: vec!["a".into(), "b".into()] }),
            ("[{\"a\":\"x\\u0000\"}]", ReadProblem::Nul { row: 1, column: "a".into() }),
            ("[{\"a\\u0000\":\"x\"}]", ReadProblem::Nul { row: 0, column: "A".into() }),
            ("[]", ReadProblem::Empty),
        ];
        for (text, problem) in cases {
            assert_eq!(read(text, Stored::Utf8), Err(problem), "{text}");
        }
        assert!(matches!(read("[{\"a\":", Stored::Utf8), Err(ReadProblem::BadJson { .. })));
    }
}
