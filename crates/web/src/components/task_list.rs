//! Task list: the parts of a longer piece of work, each with its state.

use askama::Template;

use super::field::part;
use super::{Content, Html, Tag, Text};
use crate::filters;

options! {
    /// Tasks in the order in which most people do them.
    #[derive(Template)]
    #[template(path = "components/task-list.html")]
    pub struct TaskList {
        /// The tasks.
        pub items: Vec<Task>,
        /// Beginning of the ids; `task-list` where nothing is given.
        pub id_prefix: Text,
        /// Further classes.
        pub classes: Text,
    }

    /// One task.
    pub struct Task {
        /// Its title.
        pub title: TaskText,
        /// Help.
        pub hint: Option<TaskText>,
        /// Its state.
        pub status: TaskStatus,
        /// Where it leads; empty where it cannot be done yet.
        pub href: Text,
        /// Further classes.
        pub classes: Text,
    }

    /// Title or hint of a task.
    pub struct TaskText {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
    }

    /// State of a task: words where it is done, a tag where something is left to do.
    pub struct TaskStatus {
        /// The tag.
        pub tag: Option<Tag>,
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(TaskList);

impl TaskList {
    /// A list of tasks.
    pub fn new(items: impl IntoIterator<Item = Task>) -> Self {
        Self { items: items.into_iter().collect(), ..Self::default() }
    }

    fn prefix(&self) -> Text {
        if self.id_prefix.is_empty() { "task-list".into() } else { self.id_prefix.clone() }
    }

    fn status_id(&self, number: usize) -> Text {
        part(&self.prefix(), &format!("{number}-status"))
    }

    fn hint_id(&self, number: usize) -> Text {
        part(&self.prefix(), &format!("{number}-hint"))
    }
}

impl Task {
    /// A task that is done.
    pub fn done(title: impl Into<Text>, href: impl Into<Text>, status: impl Into<Text>) -> Self {
        let status = TaskStatus { text: status.into(), ..TaskStatus::default() };
        Self { status, ..Self::new(title, href) }
    }

    /// A task that is left to do.
    pub fn open(title: impl Into<Text>, href: impl Into<Text>, status: impl Into<Tag>) -> Self {
        let status = TaskStatus { tag: Some(status.into()), ..TaskStatus::default() };
        Self { status, ..Self::new(title, href) }
    }

    /// Adds a hint.
    pub fn hint(mut self, content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        self.hint = Some(TaskText { text, html, ..TaskText::default() });
        self
    }

    fn new(title: impl Into<Text>, href: impl Into<Text>) -> Self {
        let title = TaskText { text: title.into(), ..TaskText::default() };
        Self { title, href: href.into(), ..Self::default() }
    }
}

impl TaskText {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl TaskStatus {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
