//! The schema describes `catalog.json`, all of it and nothing else.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{artefact, catalog};

fn schema() -> Value {
    serde_json::from_str(artefact("generated/catalog.schema.json")).expect("the schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("the schema is a schema")
}

#[test]
fn the_schema_is_valid_json_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn the_catalogue_is_valid() {
    let catalog = catalog();
    let errors: Vec<String> =
        validator().iter_errors(&catalog).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0]);
}

#[test]
fn a_broken_copy_is_not() {
    let validator = validator();
    let first_sense = "/protocols/0/replies/0/senses/0";
    // Where, which field (none: the element itself), and what stands there instead.
    let breaks: [(&str, Option<&str>, Value); 32] = [
        ("", Some("extra"), json!(1)),
        (first_sense, Some("titel"), json!({})),
        ("/protocols/0/replies/0", Some("code"), json!(99)),
        ("/protocols/0/replies/0", Some("code"), json!("211")),
        ("/protocols/0/replies/0", Some("code"), json!(660)),
        ("/protocols/0/replies/0", Some("senses"), json!([])),
        (first_sense, Some("status"), json!("retired")),
        (first_sense, Some("verdict"), json!("done")),
        (first_sense, Some("verdict"), json!({ "is": "perhaps", "reason": "none" })),
        (first_sense, Some("id"), json!("System-Status")),
        (first_sense, Some("id"), json!("system__status")),
        (first_sense, Some("source"), json!({ "section": "4.2.3" })),
        (first_sense, Some("source"), json!({ "rfc": 0 })),
        (first_sense, Some("title"), json!({ "en": "only one language" })),
        (first_sense, Some("title"), json!({ "en": "three", "ja": "三つ", "tlh": "wej" })),
        (first_sense, Some("enhanced"), json!(["3.1.1"])),
        (first_sense, Some("enhanced"), json!(["5.01.1"])),
        (first_sense, Some("aliases"), json!([])),
        ("/protocols/0/severities/0", Some("id"), json!("fatal")),
        ("/enhanced/details/0/codes", None, json!([3])),
        ("/digest", None, json!("0123")),
        ("/causes/0", Some("number"), json!(0)),
        ("/causes/0", Some("party"), json!("the cat")),
        ("/causes/0", Some("action"), json!([{ "en": "one step", "ja": "一つ" }])),
        ("/rules/0", Some("id"), json!("under_score")),
        ("/rules/0", Some("yes"), json!([])),
        ("/rules/0/when", Some("phrases"), json!(["Upper case"])),
        ("/rules/0/when", Some("phrases"), json!(["two  blanks"])),
        ("/rules/0/when", Some("enhanced"), json!(["5.*.1"])),
        ("/rules/0/when", Some("code"), json!(535)),
        ("/notes/0", Some("id"), json!("bare_lf")),
        ("/malformed/0", Some("number"), json!(0)),
    ];
    for (place, field, value) in breaks {
        let mut copy = catalog();
        let element = copy.pointer_mut(place).unwrap_or_else(|| panic!("the catalogue has no {place}"));
        match field {
            Some(field) => element[field] = value.clone(),
            None => *element = value.clone(),
        }
        assert!(!validator.is_valid(&copy), "{place} {field:?}: {value} was accepted");
    }
}

#[test]
fn what_is_required_cannot_be_left_out() {
    let validator = validator();
    for (place, field) in [
        ("", "version"),
        ("/protocols/1", "field"),
        ("/protocols/1/replies/0/senses/0", "action"),
        ("/protocols/1/replies/0/senses/0", "meaning"),
        ("/protocols/1/severities/0", "verdict"),
        ("/not_replies/0", "number"),
        ("/causes/0", "party"),
        ("/rules/0", "source"),
        ("/notes/0", "number"),
    ] {
        let mut copy = catalog();
        let element = copy.pointer_mut(place).and_then(Value::as_object_mut).expect("an object");
        assert!(element.remove(field).is_some(), "{place} has no {field}");
        assert!(!validator.is_valid(&copy), "{place} without {field} was accepted");
    }
}

#[test]
fn every_object_is_closed_and_every_field_described() {
    let mut objects = 0;
    visit(&schema(), &mut |element| {
        if let Some(fields) = element.get("properties").and_then(Value::as_object) {
            objects += 1;
            assert_eq!(element["additionalProperties"], json!(false), "{element}");
            for (name, field) in fields {
                assert!(field["description"].as_str().is_some_and(|words| words.ends_with('.')), "{name}");
            }
        }
    });
    // The catalogue, and the objects that it is made of.
    assert_eq!(objects, 23);
}

fn visit(value: &Value, look: &mut impl FnMut(&Value)) {
    look(value);
    match value {
        Value::Object(fields) => fields.values().for_each(|value| visit(value, look)),
        Value::Array(items) => items.iter().for_each(|value| visit(value, look)),
        _ => {}
    }
}
