//! `catalog.json`: the whole checked model, for programs and for the tests of every language.

use crate::layout::Layout;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut root = serde_json::Map::new();
    root.insert("digest".into(), layout.model.digest().into());
    if let Ok(serde_json::Value::Object(model)) = serde_json::to_value(layout.model) {
        root.extend(model);
    }
    let mut text = serde_json::to_string_pretty(&root).expect("a model is plain data");
    text.push('\n');
    text
}
