//! The core's diagnosis and the finder, as far as the features have them.

#[cfg(feature = "diagnosis")]
mod diagnosis;
#[cfg(not(feature = "diagnosis"))]
#[path = "engine/no_diagnosis.rs"]
mod diagnosis;
#[cfg(feature = "incident")]
mod incident;
#[cfg(not(feature = "incident"))]
#[path = "engine/no_incident.rs"]
mod incident;

pub(crate) use diagnosis::{basis_id, cause, cause_at, diagnose, number_and_party, rule};
pub(crate) use incident::{form_id, incident, speaker_id};
