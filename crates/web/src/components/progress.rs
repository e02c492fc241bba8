//! Progress: where a record is on its route. The route is fixed, so the steps are known beforehand; what
//! happened on the way is the timeline's to tell.

use askama::Template;

use super::Text;
use crate::filters;

/// The steps of a route.
#[derive(Clone, Debug, Template)]
#[template(path = "components/progress.html")]
pub struct Progress {
    steps: Vec<Step>,
}
is_html!(Progress);

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub name: Text,
    /// Whether it is behind, here or ahead.
    pub state: StepState,
    /// A date or a few words under the name; may be empty.
    pub note: Text,
}

/// Whether a step is behind, here or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Later,
    /// Left out on this route.
    Skipped,
}

impl Progress {
    /// The steps in their order.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { steps: steps.into_iter().collect() }
    }
}

impl Step {
    /// A step.
    pub fn new(name: impl Into<Text>, state: StepState) -> Self {
        Self { name: name.into(), state, note: Text::default() }
    }

    /// Adds a date or a few words.
    pub fn note(self, note: impl Into<Text>) -> Self {
        Self { note: note.into(), ..self }
    }

    fn is_now(&self) -> bool {
        self.state == StepState::Now
    }
}

impl StepState {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Later => "later",
            Self::Skipped => "skipped",
        }
    }

    /// What a screen reader says: shape and colour say it to everyone else.
    const fn key(self) -> &'static str {
        match self {
            Self::Done => "shell-progress-done",
            Self::Now => "shell-progress-now",
            Self::Later => "shell-progress-later",
            Self::Skipped => "shell-progress-skipped",
        }
    }
}
