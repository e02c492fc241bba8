//! Components: typed structs with a template each. A page names what it wants in few words,
//! `Input::new("email", "Email address").hint("We send the answer there")`, and writes `{{ email }}`.
//!
//! Those that come from govuk-frontend take its options under its names and are compared with every example it
//! ships (`tests/fixtures.rs`). Words that a component adds by itself come in the reader's language.

#[macro_use]
mod options;
mod html;
mod text;

mod back_link;
mod breadcrumbs;
mod button;
mod character_count;
mod chart;
mod checkboxes;
mod date_input;
mod details;
mod error_message;
mod error_summary;
mod field;
mod fieldset;
mod file_upload;
mod generic_header;
mod hint;
mod input;
mod inset_text;
mod label;
mod language_navigation;
mod link;
mod notification_banner;
mod pagination;
mod panel;
mod password_input;
mod phase_banner;
mod progress;
mod radios;
mod select;
mod service_navigation;
mod skip_link;
mod sub_navigation;
mod summary_list;
mod table;
mod tag;
mod task_list;
mod textarea;
mod timeline;
mod warning_text;

pub use back_link::BackLink;
pub use breadcrumbs::{Breadcrumb, Breadcrumbs};
pub use button::Button;
pub use character_count::CharacterCount;
pub use chart::{Bar, Chart, Group};
pub use checkboxes::{Checkbox, Checkboxes};
pub use date_input::{DateInput, DatePart};
pub use details::Details;
pub use error_message::ErrorMessage;
pub use error_summary::{ErrorSummary, ErrorSummaryItem};
pub use field::FormGroup;
pub use fieldset::{Fieldset, Legend};
pub use file_upload::FileUpload;
pub use generic_header::GenericHeader;
pub use hint::Hint;
pub use html::{Component, Content, Html};
pub use input::{Affix, Input, InputWrapper};
pub use inset_text::InsetText;
pub use label::Label;
pub use language_navigation::{Language, LanguageNavigation};
pub use link::Link;
pub use notification_banner::NotificationBanner;
pub use pagination::{Pagination, PaginationItem, PaginationLink};
pub use panel::{Panel, PanelAction, PanelActions};
pub use password_input::PasswordInput;
pub use phase_banner::PhaseBanner;
pub use progress::{Progress, Step, StepState};
pub use radios::{Radio, Radios};
pub use select::{Select, SelectItem};
pub use service_navigation::{NavigationItem, ServiceNavigation};
pub use skip_link::SkipLink;
pub use sub_navigation::SubNavigation;
pub use summary_list::{Action, Actions, Card, CardTitle, Row, RowText, SummaryList};
pub use table::{Cell, Head, Table};
pub use tag::Tag;
pub use task_list::{Task, TaskList, TaskStatus, TaskText};
pub use text::Text;
pub use textarea::Textarea;
pub use timeline::{Entry, Timeline};
pub use warning_text::WarningText;
