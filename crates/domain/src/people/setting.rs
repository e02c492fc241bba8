//! Settings by node: each is inherited down the tree until a node says otherwise.

use crate::people::host::Host;
use crate::people::second_factor::Demand;
use serde::{Deserialize, Serialize};

/// Who sees a record (specification, Who sees a record).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeenBy {
    /// Those who handle it.
    Handlers,
    /// My organisation: the body.
    #[default]
    Body,
    /// All bodies here.
    Bodies,
    /// Everyone, without signing in.
    Everyone,
}

impl SeenBy {
    /// From the narrowest to the widest.
    pub const ALL: [Self; 4] = [Self::Handlers, Self::Body, Self::Bodies, Self::Everyone];

    /// The name in URLs and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handlers => "handlers",
            Self::Body => "body",
            Self::Bodies => "bodies",
            Self::Everyone => "everyone",
        }
    }

    /// The value of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.name() == name)
    }
}

/// A way to reach help that is not this service (specification, Doors).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Danger now.
    Danger,
    /// Wrongdoing.
    Wrongdoing,
    /// A complaint about care or service.
    Complaint,
    /// Help for me.
    Help,
    /// Press or information request.
    Press,
}

impl Door {
    /// Every door, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Danger, Self::Wrongdoing, Self::Complaint, Self::Help, Self::Press];

    /// The name in URLs and the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Wrongdoing => "wrongdoing",
            Self::Complaint => "complaint",
            Self::Help => "help",
            Self::Press => "press",
        }
    }

    /// The door of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.name() == name)
    }
}

/// One setting with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "setting", content = "value")]
pub enum Setting {
    /// Who may see ideas unless said otherwise.
    SeenBy(SeenBy),
    /// The most pence that *go* may carry here.
    GoPence(u32),
    /// A door's number or address, as it is shown and written to.
    Door(Door, String),
    /// Where complaints about the service itself and its data go.
    Complaints(String),
    /// The mail hosts of the staff, in order: whoever confirms an address of one becomes a member.
    MailHosts(Vec<Host>),
    /// Whether who holds a powerful role has to show a second factor.
    SecondFactor(Demand),
    /// Are ideas taken from people who have no account here?
    TakesPublic(bool),
}

/// The most pounds that *go* may carry without a board, at any node (specification, Levels: organisation).
const GO_POUNDS_MAX: u32 = 50_000;

impl Setting {
    /// The most that *go* may carry at a node, in whole pounds; nothing where that is more than any node may allow.
    pub fn go_pounds(pounds: u32) -> Option<Self> {
        (pounds <= GO_POUNDS_MAX).then_some(Self::GoPence(pounds * 100))
    }

    /// The name under which the value is kept; two settings of one name replace each other.
    pub fn key(&self) -> String {
        match self {
            Self::SeenBy(_) => "seen-by".to_owned(),
            Self::GoPence(_) => "go-pence".to_owned(),
            Self::Door(door, _) => format!("door-{}", door.name()),
            Self::Complaints(_) => "complaints".to_owned(),
            Self::MailHosts(_) => "mail-hosts".to_owned(),
            Self::SecondFactor(_) => "second-factor".to_owned(),
            Self::TakesPublic(_) => "takes-public".to_owned(),
        }
    }
}

/// What applies at a node: its own settings over those of the nodes above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Who may see ideas unless said otherwise.
    pub seen_by: SeenBy,
    /// The most pence that *go* may carry.
    pub go_pence: u32,
    /// The doors that are set.
    pub doors: Vec<(Door, String)>,
    /// Where complaints about the service itself and its data go, where somebody said so.
    pub complaints: Option<String>,
    /// The mail hosts of the staff.
    pub mail_hosts: Vec<Host>,
    /// Whether who holds a powerful role has to show a second factor.
    pub second_factor: Demand,
    /// Are ideas taken from people who have no account here? Not until a node says so: somebody has to read them.
    pub takes_public: bool,
}

impl Default for Settings {
    /// What holds where nobody said anything: £500 (specification, Levels: team), and nobody is known by their mail.
    fn default() -> Self {
        Self {
            seen_by: SeenBy::default(),
            go_pence: 50_000,
            doors: Vec::new(),
            complaints: None,
            mail_hosts: Vec::new(),
            second_factor: Demand::default(),
            takes_public: false,
        }
    }
}

impl Settings {
    /// Lays settings over one another, the root's first and the node's own last.
    pub fn layered<'a>(root_first: impl IntoIterator<Item = &'a Setting>) -> Self {
        root_first.into_iter().fold(Self::default(), Self::with)
    }

    fn with(mut self, setting: &Setting) -> Self {
        match setting {
            Setting::SeenBy(seen_by) => self.seen_by = *seen_by,
            Setting::GoPence(pence) => self.go_pence = *pence,
            Setting::Door(door, address) => {
                self.doors.retain(|(known, _)| known != door);
                self.doors.push((*door, address.clone()));
                self.doors.sort_unstable();
            }
            Setting::Complaints(address) => self.complaints = Some(address.clone()),
            Setting::MailHosts(hosts) => self.mail_hosts.clone_from(hosts),
            Setting::SecondFactor(demand) => self.second_factor = *demand,
            Setting::TakesPublic(takes) => self.takes_public = *takes,
        }
        self
    }

    /// Would a setting change anything here? What is inherited is not said again, so that it can still change above.
    pub fn is_news(&self, setting: &Setting) -> bool {
        self.clone().with(setting) != *self
    }

    /// Is an address one of the staff's?
    pub fn knows_mail(&self, mail: &str) -> bool {
        Host::of_mail(mail).is_some_and(|host| self.mail_hosts.contains(&host))
    }

    /// Are all doors set? Until they are, the form is not opened to people.
    pub fn doors_are_set(&self) -> bool {
        Door::ALL.into_iter().all(|door| self.doors.iter().any(|(known, _)| *known == door))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_node_that_speaks_is_heard() {
        let root = [Setting::GoPence(10_000), Setting::Door(Door::Help, "1".into())];
        let own = [Setting::SeenBy(SeenBy::Handlers), Setting::Door(Door::Help, "2".into())];
        let settings = Settings::layered(root.iter().chain(&own));
        assert_eq!((settings.seen_by, settings.go_pence), (SeenBy::Handlers, 10_000));
        assert_eq!(settings.doors, [(Door::Help, "2".to_owned())]);
        assert!(!settings.doors_are_set());
        assert!(settings.is_news(&Setting::GoPence(1)) && !settings.is_news(&Setting::GoPence(10_000)));
    }

    #[test]
    fn no_node_may_allow_more_than_an_organisation_decides() {
        assert_eq!(Setting::go_pounds(50_000), Some(Setting::GoPence(5_000_000)));
        assert_eq!(Setting::go_pounds(50_001), None);
        assert_eq!(Setting::go_pounds(0), Some(Setting::GoPence(0)));
    }

    #[test]
    fn staff_are_known_by_the_host_itself_and_nobody_else_is() {
        let hosts = crate::people::host::hosts("riverside.example").unwrap();
        let settings = Settings::layered(&[Setting::MailHosts(hosts)]);
        assert!(settings.knows_mail("Ada@RIVERSIDE.example"));
        for other in
            ["ada@mail.riverside.example", "ada@riverside.example.org", "ada@gmail.com", "riverside.example"]
        {
            assert!(!settings.knows_mail(other), "{other}");
        }
        assert!(!Settings::default().knows_mail("ada@riverside.example"));
        let closed = Setting::MailHosts(Vec::new());
        let own = Settings::layered([&Setting::MailHosts(settings.mail_hosts), &closed]);
        assert!(!own.knows_mail("ada@riverside.example"), "a node below can say that nobody is");
    }
}
