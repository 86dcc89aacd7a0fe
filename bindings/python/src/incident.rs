//! `find` and `explain_incident`: replies in free text, and the one that decides.

use pyo3::exceptions::{PyLookupError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};
use replycode::{Protocol, ReplyCode};
use replycode_scan::{Explainer, Form, Speaker};

use crate::argument::{self, member};
use crate::bytes::{bytes, text};
use crate::diagnosis::{Cause, Diagnosis, cause_object};
use crate::enhanced::Enhanced;
use crate::entry::Text;
use crate::html::Table;
use crate::rules::Rules;
use crate::vocabulary::Vocabulary;

impl Vocabulary for Speaker {
    fn member(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(py.import("replycode._finder")?.getattr("Speaker")?.call1((self.id(),))?.unbind())
    }
}

impl Vocabulary for Form {
    fn member(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(py.import("replycode._finder")?.getattr("Form")?.call1((self.id(),))?.unbind())
    }
}

pub(crate) fn speaker(id: &str) -> PyResult<Speaker> {
    let found = Speaker::ALL.iter().copied().find(|speaker| speaker.id() == id);
    found.ok_or_else(|| PyValueError::new_err(format!("unknown speaker {id:?}")))
}

pub(crate) fn form(id: &str) -> PyResult<Form> {
    let found = Form::ALL.iter().copied().find(|form| form.id() == id);
    found.ok_or_else(|| PyValueError::new_err(format!("unknown form {id:?}")))
}

/// The stable number of a word of the finder's, or none for another vocabulary.
pub(crate) fn number(vocabulary: &str, id: &str) -> Option<PyResult<u8>> {
    match vocabulary {
        "Speaker" => Some(speaker(id).map(Speaker::number)),
        "Form" => Some(form(id).map(Form::number)),
        _ => None,
    }
}

/// A reply found in a text, from `find` or `explain_incident`.
///
/// >>> import replycode
/// >>> log = "status=bounced (host mx.example.net said: 550 5.1.1 User unknown (in reply to RCPT TO command))"
/// >>> found, = replycode.find(log)
/// >>> found
/// <Found smtp 550 5.1.1 at 42: 'User unknown'>
/// >>> found.command, found.speaker, found.form
/// ('RCPT', <Speaker.SERVER: 'server'>, <Form.LABELLED: 'labelled'>)
/// >>> log[found.offset : found.offset + found.length]
/// '550 5.1.1 User unknown'
///
/// Frozen, hashable, picklable; two that say the same are equal.
#[pyclass(module = "replycode", frozen, eq, hash)]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Found {
    facts: Facts,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Facts {
    offset: usize,
    length: usize,
    protocol: Option<Protocol>,
    code: Option<ReplyCode>,
    enhanced: Option<replycode::Enhanced>,
    command: Option<String>,
    speaker: Speaker,
    form: Form,
    words: Vec<u8>,
}

/// A text that is searched: what was given, and its bytes.
struct Searched<'py> {
    given: Bound<'py, PyAny>,
    bytes: Bound<'py, PyBytes>,
}

impl<'py> Searched<'py> {
    fn new(given: &Bound<'py, PyAny>) -> PyResult<Self> {
        Ok(Searched { given: given.clone(), bytes: bytes(given)? })
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.as_bytes()
    }

    /// A place in the bytes as a place in what was given: a `str` counts characters.
    fn place(&self, place: usize) -> PyResult<usize> {
        let head = self.bytes().get(..place).unwrap_or(self.bytes());
        if !self.given.is_instance_of::<PyString>() || head.is_ascii() {
            return Ok(place);
        }
        text(&PyBytes::new(self.given.py(), head))?.len()
    }

    fn found(&self, core: &replycode_scan::Found) -> PyResult<Found> {
        let mut words = vec![0; core.text.end.saturating_sub(core.text.start) + 1];
        let length = core.copy_words(self.bytes(), &mut words).len();
        words.truncate(length);
        let offset = self.place(core.offset)?;
        Ok(Found {
            facts: Facts {
                offset,
                length: self.place(core.offset.saturating_add(core.len))?.saturating_sub(offset),
                protocol: core.protocol,
                code: core.code,
                enhanced: core.enhanced,
                command: core.command.map(str::to_owned),
                speaker: core.speaker,
                form: core.form,
                words,
            },
        })
    }
}

#[pymethods]
impl Found {
    /// Where the reply begins in the text: characters of a str, bytes of bytes.
    #[getter]
    fn offset(&self) -> usize {
        self.facts.offset
    }

    /// How many it takes, all its lines with what stands between them.
    #[getter]
    fn length(&self) -> usize {
        self.facts.length
    }

    /// The Protocol, as far as the form, the words around or the caller tell, or None.
    #[getter]
    fn protocol(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.facts.protocol.map(|protocol| protocol.member(py)).transpose()
    }

    /// The reply code, or None where only an enhanced status code is written.
    #[getter]
    fn code(&self) -> Option<u16> {
        self.facts.code.map(ReplyCode::get)
    }

    /// The enhanced status code: an Enhanced, or None.
    #[getter]
    fn enhanced(&self) -> Option<Enhanced> {
        self.facts.enhanced.map(|code| Enhanced { code })
    }

    /// The verb of the command that it answers, upper case, where the text shows it, or None.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.facts.command.as_deref()
    }

    /// Who says it: a Speaker.
    #[getter]
    fn speaker(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.facts.speaker.member(py)
    }

    /// How it is written down: a Form.
    #[getter]
    fn form(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.facts.form.member(py)
    }

    /// The words of the reply in one line, without codes, marks and line ends.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        text(&PyBytes::new(py, &self.facts.words))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Found {}>", self.shown(py)?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let facts = &self.facts;
        let place = (facts.offset, facts.length);
        let codes = (facts.protocol.map(Protocol::id), self.code(), self.enhanced());
        let kind = (facts.speaker.id(), facts.form.id());
        let all = (place, codes, facts.command.as_deref(), kind, PyBytes::new(py, &facts.words));
        Ok((py.import("replycode._replycode")?.getattr("found_again")?, all.into_pyobject(py)?))
    }
}

impl Found {
    /// `smtp 550 5.1.1 at 42: 'User unknown'`.
    fn shown(&self, py: Python<'_>) -> PyResult<String> {
        let facts = &self.facts;
        let codes = [
            facts.protocol.map(|protocol| protocol.id().to_owned()),
            facts.code.map(|code| code.to_string()),
            facts.enhanced.map(|code| code.to_string()),
        ];
        let words: String = String::from_utf8_lossy(&facts.words).chars().take(80).collect();
        let more = if words.len() < facts.words.len() { "..." } else { "" };
        let words = PyString::new(py, &words).repr()?;
        let codes: Vec<String> = codes.into_iter().flatten().collect();
        Ok(format!("{} at {}: {words}{more}", codes.join(" "), facts.offset))
    }
}

/// What pickles of found replies are made of.
#[pyfunction]
pub(crate) fn found_again(
    place: (usize, usize),
    codes: (Option<String>, Option<u16>, Option<Bound<'_, PyAny>>),
    command: Option<String>,
    kind: (String, String),
    words: Vec<u8>,
) -> PyResult<Found> {
    Ok(Found {
        facts: Facts {
            offset: place.0,
            length: place.1,
            protocol: codes.0.map(|id| member(&id)).transpose()?,
            code: codes.1.and_then(ReplyCode::new),
            enhanced: codes.2.as_ref().map(argument::enhanced).transpose()?,
            command,
            speaker: speaker(&kind.0)?,
            form: form(&kind.1)?,
            words,
        },
    })
}

/// The replies of servers in a text, in order: a tuple of Found.
///
/// >>> import replycode
/// >>> log = '''> EPSV
/// ... < 500 'EPSV': command not understood.
/// ... > STOR snap.jpg
/// ... < 553 Could not create file.
/// ... '''
/// >>> [(found.code, found.command) for found in replycode.find(log)]
/// [(500, 'EPSV'), (553, 'STOR')]
///
/// The text is anything that people paste or programs log, a str or bytes in any encoding that keeps ASCII digits.
/// `protocol` is the one that is known, "smtp" or "ftp"; what the text itself says for certain prevails. Numbers that
/// are no reply (lines of source, times, addresses, sizes, statuses of HTTP) are passed over.
#[pyfunction]
#[pyo3(signature = (text, protocol = None))]
pub(crate) fn find<'py>(
    py: Python<'py>,
    text: &Bound<'py, PyAny>,
    protocol: Option<&str>,
) -> PyResult<Bound<'py, PyTuple>> {
    let searched = Searched::new(text)?;
    let hint = protocol.map(member).transpose()?;
    let found: Vec<_> = py.detach({
        let bytes = searched.bytes();
        move || replycode_scan::find(bytes, hint).collect()
    });
    PyTuple::new(py, found.iter().map(|found| searched.found(found)).collect::<PyResult<Vec<_>>>()?)
}

/// What a text tells of one attempt, and what went wrong: from `explain_incident`.
///
/// >>> import replycode
/// >>> log = "> PASV\n< 227 Entering Passive Mode (192,0,2,1,221,181)\n> STOR a.jpg\n< 553 Could not create file.\n"
/// >>> incident = replycode.explain_incident(log)
/// >>> incident
/// <Incident ftp_permission_denied: ftp 553 at 70: 'Could not create file.'>
/// >>> incident.deciding.command, incident.verdict, incident.party
/// ('STOR', <Verdict.FIX_FIRST: 'fix_first'>, <Party.SERVER: 'server'>)
///
/// Frozen, hashable, picklable; two that say the same are equal.
#[pyclass(module = "replycode", frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Incident {
    deciding: Option<Found>,
    replies: usize,
    speaker: Option<Speaker>,
    cause: replycode::Cause,
    verdict: replycode::Verdict,
    diagnosis: Option<Diagnosis>,
}

#[pymethods]
impl Incident {
    /// The reply that decided the outcome: a Found, or None if there is no reply, or the server stayed silent.
    #[getter]
    fn deciding(&self) -> Option<Found> {
        self.deciding.clone()
    }

    /// How many replies the text has; `find` gives them.
    #[getter]
    fn replies(&self) -> usize {
        self.replies
    }

    /// Who spoke, of the deciding reply, or else of what the text complains about: a Speaker, or None for an empty text.
    #[getter]
    fn speaker(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.speaker.map(|speaker| speaker.member(py)).transpose()
    }

    /// What went wrong: a Cause.
    #[getter]
    fn cause(&self, py: Python<'_>) -> PyResult<Py<Cause>> {
        cause_object(py, self.cause)
    }

    /// What to do with the same attempt: a Verdict.
    #[getter]
    fn verdict(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.verdict.member(py)
    }

    /// Who must act: a Party.
    #[getter]
    fn party(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.cause.party().member(py)
    }

    /// What is said of the deciding reply, or of the words if there is none: a Diagnosis. None where no words of a server
    /// decide: there are none, or a server that did not answer tells enough.
    #[getter]
    fn diagnosis(&self) -> Option<Diagnosis> {
        self.diagnosis.clone()
    }

    /// The title of the cause: one line for a status page.
    ///
    /// >>> import replycode
    /// >>> replycode.explain_incident("connect ECONNREFUSED 192.0.2.1:25").title()
    /// 'Not a reply from a server'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        cause_object(py, self.cause)?.get().text(py, Text::Title, lang)
    }

    /// What has happened, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> replycode.explain_incident("< 530 Login incorrect.").meaning("ja") != ""
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        cause_object(py, self.cause)?.get().text(py, Text::Meaning, lang)
    }

    /// What to check or change, as a tuple of steps.
    ///
    /// >>> import replycode
    /// >>> len(replycode.explain_incident("< 530 Login incorrect.").action()) > 1
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyTuple>> {
        cause_object(py, self.cause)?.get().steps(py, lang)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let cause = self.cause.id();
        match (&self.deciding, self.speaker) {
            (Some(found), _) => Ok(format!("<Incident {cause}: {}>", found.shown(py)?)),
            (None, Some(speaker)) => Ok(format!("<Incident {cause}: no reply decides, {} speaks>", speaker.id())),
            (None, None) => Ok(format!("<Incident {cause}>")),
        }
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let mut table = Table::new(&["incident", self.cause.id()]);
        if let Some(found) = &self.deciding {
            table.fact("deciding", &found.shown(py)?);
        }
        table.fact("replies", &self.replies.to_string());
        table.fact("speaker", self.speaker.map_or("", Speaker::id));
        table.fact("verdict", self.verdict.id());
        table.fact("party", self.cause.party().id());
        table.texts(self.cause.entry());
        Ok(table.finish())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.replies, self.cause.number(), self.verdict.number()).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let said = (self.speaker.map(Speaker::id), self.cause.id(), self.verdict.id());
        let all = (self.deciding(), self.replies, said, self.diagnosis(), Rules::of(self.cause.catalog()));
        Ok((py.import("replycode._replycode")?.getattr("incident_again")?, all.into_pyobject(py)?))
    }
}

/// What pickles of incidents are made of.
#[pyfunction]
pub(crate) fn incident_again(
    deciding: Option<Bound<'_, Found>>,
    replies: usize,
    said: (Option<String>, String, String),
    diagnosis: Option<Bound<'_, Diagnosis>>,
    rules: Option<Bound<'_, Rules>>,
) -> PyResult<Incident> {
    let catalog = Rules::catalog(rules.as_ref());
    let missing = || {
        let version = catalog.version();
        PyLookupError::new_err(format!(
            "catalogue {version} has no cause {:?}; was it pickled by a newer replycode?",
            said.1
        ))
    };
    Ok(Incident {
        deciding: deciding.map(|found| found.get().clone()),
        replies,
        speaker: said.0.as_deref().map(speaker).transpose()?,
        cause: catalog.cause(&said.1).ok_or_else(missing)?,
        verdict: member(&said.2)?,
        diagnosis: diagnosis.map(|diagnosis| diagnosis.get().clone()),
    })
}

/// `explain_incident` of a str or bytes, by a site's rules if there are any.
#[pyfunction]
#[pyo3(signature = (text, protocol = None, *, command = None, rules = None))]
pub(crate) fn explain_text(
    py: Python<'_>,
    text: &Bound<'_, PyAny>,
    protocol: Option<&str>,
    command: Option<&Bound<'_, PyAny>>,
    rules: Option<Bound<'_, Rules>>,
) -> PyResult<Incident> {
    let catalog = Rules::catalog(rules.as_ref());
    let searched = Searched::new(text)?;
    let hint = protocol.map(member).transpose()?;
    let verb = command.map(argument::verb).transpose()?;
    let answer = py.detach({
        let (bytes, verb) = (searched.bytes(), verb.as_deref());
        move || Explainer::new(catalog).with_protocol(hint).with_command(verb).incident(bytes)
    });
    let deciding = answer.incident.deciding;
    let protocol = deciding.and_then(|found| found.protocol).or(hint);
    let code = deciding.and_then(|found| found.code);
    Ok(Incident {
        deciding: deciding.map(|found| searched.found(&found)).transpose()?,
        replies: answer.incident.replies,
        speaker: answer.incident.speaker,
        cause: answer.cause,
        verdict: answer.verdict,
        diagnosis: answer.diagnosis.map(|answer| Diagnosis::of(protocol, code, answer)),
    })
}
