//! `catalog.schema.json`: what `catalog.json` may contain (JSON Schema, draft 2020-12), with what each field means.

use replycode::tables::INDEX_LEN;
use replycode::{Category, MalformedReason, Note, Party, Protocol, Severity, Status, Verdict};
use replycode_catalog::Model;
use serde_json::{Map, Value, json};

use crate::layout::Layout;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut root = Map::new();
    root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    root.insert("title".into(), "The replycode catalogue".into());
    if let Value::Object(catalog) = object("What every reply code of SMTP and FTP means.", catalog()) {
        root.extend(catalog);
    }
    root.insert("$defs".into(), definitions(layout.model));
    let mut text = serde_json::to_string_pretty(&root).expect("a schema is plain data");
    text.push('\n');
    text
}

/// The shapes that the catalogue refers to by name.
fn definitions(model: &Model) -> Value {
    let mut defs = Map::new();
    for (name, description, fields) in objects() {
        defs.insert(name.into(), object(description, fields));
    }
    defs.insert("citation".into(), citation());
    defs.insert("texts".into(), texts(model));
    for (name, description, shape) in values() {
        defs.insert(name.into(), described(description, shape));
    }
    defs.into()
}

/// A field of an object.
struct Field {
    name: &'static str,
    description: &'static str,
    shape: Value,
    required: bool,
}

/// A field that is always there.
fn always(name: &'static str, description: &'static str, shape: Value) -> Field {
    Field { name, description, shape, required: true }
}

/// A field that is left out when there is nothing to say.
fn sometimes(name: &'static str, description: &'static str, shape: Value) -> Field {
    Field { name, description, shape, required: false }
}

/// An object that has these fields and no other.
fn object(description: &str, fields: Vec<Field>) -> Value {
    let required: Vec<_> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let properties = fields.into_iter().map(|field| (field.name.to_owned(), described(field.description, field.shape)));
    json!({
        "description": description,
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "required": required,
        "additionalProperties": false,
    })
}

/// A shape with its description in front.
fn described(description: &str, shape: Value) -> Value {
    let mut out = Map::new();
    out.insert("description".into(), description.into());
    if let Value::Object(shape) = shape {
        out.extend(shape);
    }
    out.into()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A list that is left out rather than empty.
fn filled(items: Value) -> Value {
    json!({ "type": "array", "items": items, "minItems": 1, "uniqueItems": true })
}

fn integer(first: u16, last: u16) -> Value {
    json!({ "type": "integer", "minimum": first, "maximum": last })
}

fn words() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn one_of<T: Copy>(all: &[T], id: fn(T) -> &'static str) -> Value {
    json!({ "enum": all.iter().map(|member| id(*member)).collect::<Vec<_>>() })
}

fn verdicts() -> Value {
    one_of(Verdict::ALL, Verdict::id)
}

/// Values that are no objects.
fn values() -> Vec<(&'static str, &'static str, Value)> {
    let last = INDEX_LEN as u16 - 1;
    vec![
        (
            "id",
            "A stable id; constants in Rust, C and Python are named after it.",
            pattern("^[a-z][a-z0-9]*(_[a-z0-9]+)*$"),
        ),
        ("reply_code", "A reply code: three digits.", integer(100, last)),
        (
            "enhanced_code",
            "An enhanced status code, class.subject.detail (RFC 3463 section 2), for instance 5.7.606.",
            pattern(r"^[245]\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$"),
        ),
        ("rfc", "The number of an RFC.", integer(1, u16::MAX)),
    ]
}

/// Name, description and fields of each kind of object.
fn objects() -> Vec<(&'static str, &'static str, Vec<Field>)> {
    vec![
        ("language", "A language.", language()),
        ("protocol", "What the catalogue says of one protocol.", protocol()),
        ("severity", "What a first digit says (RFC 5321 section 4.2.1, RFC 959 section 4.2).", severity()),
        ("category", "What a second digit says (RFC 5321 section 4.2.1, RFC 959 section 4.2).", category()),
        ("reply", "One code. The key is protocol and code: many numbers are in use in both protocols.", reply()),
        ("sense", "One meaning of a code.", sense()),
        ("override", "A verdict that differs from the severity's.", override_of_verdict()),
        ("command", "A command and the codes that answer it.", command()),
        ("flow", "One code that may answer a command.", flow()),
        ("enhanced", "The enhanced status codes (RFC 3463 and the IANA registry).", enhanced()),
        ("class", "What the first number of an enhanced status code says.", class()),
        ("subject", "What the second number of an enhanced status code says.", subject()),
        ("detail", "What the second and the third number of an enhanced status code say together.", detail()),
        ("not_reply", "A number found where a reply code is expected, but sent by no server.", not_reply()),
        ("cause", "What really went wrong, as far as a reply's words, codes and command tell.", cause()),
        ("rule", "If a reply is like this, that is the cause. The first rule that fits decides.", rule()),
        (
            "condition",
            "What a reply must be like: everything that is asked for here, and of each list one item.",
            condition(),
        ),
        ("note", "A way in which a server's reply deviates from the RFC.", parser_word(one_of(Note::ALL, Note::id))),
        (
            "malformed",
            "A reason for which bytes are no reply.",
            parser_word(one_of(MalformedReason::ALL, MalformedReason::id)),
        ),
        ("deprecation", "Why an entry should no longer be used. Entries are never removed.", deprecation()),
    ]
}

fn catalog() -> Vec<Field> {
    vec![
        always("generated", "Says that the file is generated, from what and by what.", words()),
        always(
            "digest",
            "SHA-256 of everything that the catalogue says, the same in every library made from it.",
            pattern("^[0-9a-f]{64}$"),
        ),
        always(
            "version",
            "The catalogue's version: year, month, a count within the month, and for an overlay a suffix.",
            pattern(r"^[0-9]+\.[0-9]+\.[0-9]+(\+[0-9A-Za-z.-]+)?$"),
        ),
        always("languages", "The languages that every text is in, by number.", filled(reference("language"))),
        always("protocols", "The protocols, by number.", list(reference("protocol"))),
        always("enhanced", "The enhanced status codes of mail systems.", reference("enhanced")),
        always("not_replies", "Numbers that are no reply codes, ascending.", list(reference("not_reply"))),
        always("causes", "What really goes wrong, by number.", list(reference("cause"))),
        always("rules", "Which reply has which cause; tried in this order.", list(reference("rule"))),
        always("notes", "What the reply parser notes of a server, by number.", list(reference("note"))),
        always("malformed", "Why the reply parser takes bytes for no reply, by number.", list(reference("malformed"))),
    ]
}

fn language() -> Vec<Field> {
    vec![
        always("id", "Its tag (BCP 47), the key of texts.", words()),
        always("number", "Its stable number, as the libraries use it.", integer(0, 15)),
        always("name", "Its name in itself.", words()),
    ]
}

fn protocol() -> Vec<Field> {
    vec![
        always("id", "The stable id.", one_of(Protocol::ALL, Protocol::id)),
        always("name", "The name for people.", words()),
        always("severities", "First digits.", list(reference("severity"))),
        always("categories", "Second digits.", list(reference("category"))),
        always("replies", "Codes that RFCs define or a registry names, ascending.", list(reference("reply"))),
        always(
            "field",
            "Codes as seen on the wire beside or against the RFCs, ascending; a code may be in both lists.",
            list(reference("reply")),
        ),
        always("commands", "Commands and the codes that answer them, by number.", list(reference("command"))),
    ]
}

fn severity() -> Vec<Field> {
    let mut fields = vec![
        always("digits", "The first digits that have this severity.", filled(integer(0, 9))),
        always(
            "verdict",
            "What to do with the same attempt; also the verdict of every sense that has none of its own.",
            verdicts(),
        ),
    ];
    fields.extend(entry(one_of(Severity::ALL, Severity::id)));
    fields
}

fn category() -> Vec<Field> {
    let mut fields = vec![always("digits", "The second digits that have this category.", filled(integer(0, 9)))];
    fields.extend(entry(one_of(Category::ALL, Category::id)));
    // A category does not say what to do.
    fields.iter_mut().filter(|field| field.name == "action").for_each(|action| action.required = false);
    fields
}

fn reply() -> Vec<Field> {
    vec![
        always("code", "The code.", reference("reply_code")),
        always(
            "senses",
            "Its meanings; the first is the one to show when the command is unknown.",
            filled(reference("sense")),
        ),
    ]
}

fn sense() -> Vec<Field> {
    let mut fields = entry(reference("id"));
    fields.extend([
        sometimes(
            "commands",
            "The commands that it answers, which tell the senses of a code apart; left out: any.",
            filled(words()),
        ),
        sometimes("verdict", "Set where the verdict is not the severity's.", reference("override")),
        sometimes("enhanced", "The enhanced status codes that belong to it.", filled(reference("enhanced_code"))),
    ]);
    fields
}

fn override_of_verdict() -> Vec<Field> {
    vec![always("is", "The verdict.", verdicts()), always("reason", "Why, with its source.", words())]
}

fn command() -> Vec<Field> {
    vec![
        always(
            "verb",
            "The verb in upper case; in lower case what is no verb: any, connect, data-end (end of the message).",
            words(),
        ),
        always("number", "The stable number within the protocol.", integer(0, 254)),
        always(
            "replies",
            "What may answer it; a code stands once for each source that says so.",
            list(reference("flow")),
        ),
    ]
}

fn flow() -> Vec<Field> {
    vec![
        always("code", "The code.", integer(100, 999)),
        always("source", "Who says so.", reference("citation")),
        sometimes("note", "When, in English.", words()),
    ]
}

fn enhanced() -> Vec<Field> {
    vec![
        always("classes", "The first number: 2, 4 or 5.", list(reference("class"))),
        always("subjects", "The second number: 0 to 7.", list(reference("subject"))),
        always("details", "The registered details, ascending.", list(reference("detail"))),
    ]
}

fn class() -> Vec<Field> {
    let about = "2 success, 4 persistent transient failure, 5 permanent failure.";
    numbered(vec![always("class", about, json!({ "enum": [2, 4, 5] }))])
}

fn subject() -> Vec<Field> {
    numbered(vec![always("subject", "The second number.", integer(0, 7))])
}

fn detail() -> Vec<Field> {
    let code = json!({ "anyOf": [reference("reply_code"), { "enum": [2, 4, 5] }] });
    numbered(vec![
        always("subject", "The second number.", integer(0, 7)),
        always("detail", "The third number.", integer(0, 999)),
        always("codes", "The registry's associated reply codes; 2, 4 or 5: every code that begins so.", list(code)),
    ])
}

fn not_reply() -> Vec<Field> {
    numbered(vec![
        always("number", "The number; 0 stands for any that is not listed.", integer(0, u16::MAX)),
        always("verdict", "What to do with the same attempt.", verdicts()),
    ])
}

fn cause() -> Vec<Field> {
    let texts = || reference("texts");
    let steps = json!({ "type": "array", "items": texts(), "minItems": 2, "maxItems": 5 });
    vec![
        always("id", "The stable id.", reference("id")),
        always("number", "The stable number.", integer(1, 254)),
        always("verdict", "What to do with the same attempt, as far as the reply's severity allows.", verdicts()),
        always("party", "Who must act.", one_of(Party::ALL, Party::id)),
        always("title", "One line for a status page, at most 32 columns wide.", texts()),
        always("meaning", "One or two sentences: what went wrong.", texts()),
        always("action", "What to check or change, step by step, the device's settings first.", steps),
    ]
}

fn rule() -> Vec<Field> {
    let replies = || filled(words());
    vec![
        always("id", "The stable id.", pattern("^[a-z][a-z0-9-]{0,30}$")),
        always("cause", "The id of the cause.", reference("id")),
        always("when", "What the reply must be like.", reference("condition")),
        sometimes("verdict", "Set where the verdict is not the severity's.", reference("override")),
        always("source", "Where it comes from: the server whose words these are, or the document.", words()),
        always("yes", "Replies for which this rule decides.", replies()),
        always("no", "Replies for which it does not.", replies()),
    ]
}

fn condition() -> Vec<Field> {
    let phrases = || filled(pattern("^[^ A-Z]+( [^ A-Z]+)*$"));
    vec![
        sometimes("protocol", "The protocol; left out: either.", one_of(Protocol::ALL, Protocol::id)),
        sometimes(
            "severity",
            "The severity of the reply; left out where no code is asked for: any but the positive ones.",
            filled(one_of(Severity::ALL, Severity::id)),
        ),
        sometimes("codes", "The reply code.", filled(reference("reply_code"))),
        sometimes(
            "enhanced",
            "The enhanced status code: 5.7.1, 5.7.* for any detail, X.7.1 for any class, X.7.* for both.",
            filled(pattern(r"^[245X]\.([0-9]|1[0-5])\.(\*|0|[1-9][0-9]{0,2})$")),
        ),
        sometimes("commands", "The command that it answers.", filled(words())),
        sometimes(
            "phrases",
            "Words that are in its text, whatever the case of ASCII letters, from the start of a word.",
            phrases(),
        ),
        sometimes("also", "Words of which one must be there as well.", phrases()),
        sometimes("without", "Words that must not be there.", phrases()),
    ]
}

fn parser_word(id: Value) -> Vec<Field> {
    let mut fields = vec![always("number", "The number, the same in every library.", integer(1, u8::MAX.into()))];
    fields.extend(entry(id));
    fields
}

fn deprecation() -> Vec<Field> {
    vec![
        always("reason", "Why.", words()),
        sometimes("renamed_to", "The id to use instead.", reference("id")),
        sometimes("note", "Anything else.", words()),
    ]
}

/// Numbers and the words for them.
fn numbered(mut fields: Vec<Field>) -> Vec<Field> {
    fields.extend(entry(reference("id")));
    fields
}

/// What every entry has: an id, a source, words.
fn entry(id: Value) -> Vec<Field> {
    let texts = || reference("texts");
    vec![
        always("id", "The stable id.", id),
        sometimes(
            "phrase",
            "The canonical words, exactly: of the RFC, of the server, or the symbolic name of a number.",
            words(),
        ),
        always("source", "Where it comes from.", reference("citation")),
        sometimes("since", "The RFC that first had it, where an older one did.", reference("rfc")),
        sometimes(
            "status",
            "current: an RFC in force defines it; obsolete: withdrawn or replaced; experimental: of an experimental or \
             informational RFC; mentioned: a registry names it, no RFC defines it; field: seen on the wire. \
             Left out: current.",
            one_of(Status::ALL, Status::id),
        ),
        sometimes("aliases", "Other words for the same.", filled(words())),
        always("title", "One line for a status page, at most 32 columns wide.", texts()),
        always("meaning", "One or two sentences: what the server said.", texts()),
        always("action", "What a technician should check or change, the likeliest first.", texts()),
        sometimes("note", "Background: other uses of the number, history, errors in the RFCs.", texts()),
        sometimes("deprecated", "Set when it should no longer be used.", reference("deprecation")),
    ]
}

fn citation() -> Value {
    let mut schema = object(
        "Where a fact comes from: an RFC, a registry, or the field.",
        vec![
            sometimes("rfc", "The RFC.", reference("rfc")),
            sometimes(
                "section",
                "The section of the RFC, or the name of a part without number.",
                json!({ "type": "string" }),
            ),
            sometimes("iana", "What a registry entry rests on, if no RFC has it.", words()),
            sometimes("field", "Where it was seen, if neither an RFC nor a registry has it.", words()),
            sometimes("see", "Further RFCs.", filled(reference("rfc"))),
        ],
    );
    schema["anyOf"] = json!([{ "required": ["rfc"] }, { "required": ["iana"] }, { "required": ["field"] }]);
    schema
}

/// A text in each language of the catalogue.
fn texts(model: &Model) -> Value {
    let languages = model.languages().iter();
    let properties: Map<_, _> = languages
        .map(|language| (language.id.to_string(), described(&format!("The text in {}.", *language.name), words())))
        .collect();
    let required: Vec<_> = properties.keys().cloned().collect();
    json!({
        "description": "A text in every language of the catalogue, by language tag.",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
