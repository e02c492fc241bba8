//! Every form: the list comes from the list of addresses, and the router says which of them take what is sent. A new one
//! without a scene fails here.

use super::kinds::Kind;
use super::scene::Scene;
use super::{admin, files, hidden, people, records, telling};
use waymark_app::people::start::Step;
use waymark_app::route::acts::Act;
use waymark_app::routes::{ALL, Known};
use waymark_testkit::TestApp;

/// Where the scenes of a form are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    People,
    Admin,
    Records,
    Telling,
    Files,
    Hidden,
}

/// A form, in one of its kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    pub known: &'static Known,
    pub variant: &'static str,
    pub room: Room,
}

/// The kinds of a form in which it has other fields or another reader.
fn variants(name: &str) -> Option<(Room, Vec<&'static str>)> {
    let both = || vec!["signed in", "visitor"];
    Some(match name {
        "SignIn" | "SignOut" | "StillThere" | "Forgotten" | "Me" | "EndOwnSessions" | "Password"
        | "Cover" | "EndCover" | "Tokens" | "EndToken" | "StartCheck" | "Code" | "SecondFactor"
        | "SetUpFactor" | "RecoveryCodes" | "RemoveFactor" | "CloseOwn" => (Room::People, vec![""]),
        "Complaint" => (Room::People, both()),
        "StartStep" => (Room::People, Step::ALL.map(Step::name).to_vec()),
        "Ticket" => (Room::People, vec!["password", "confirm"]),
        "AddNode" | "RenameNode" | "MoveNode" | "CloseNode" | "NodeSettings" | "Invite" | "EndRole"
        | "EndSessions" | "CloseAccount" | "AdminMail" | "TestMail" | "KeepFor" | "Seals" | "LetIn"
        | "SecondYes" | "ResetFactor" | "ResetYes" => (Room::Admin, vec![""]),
        "ShareAnswer" | "SharedAnswer" | "RereadShared" | "MaskShared" | "NewsRound" | "Comment"
        | "TakeBackComment" => (Room::Records, vec![""]),
        "Answer" => (Room::Records, vec!["go", "not-now", "stop", "send-on", "meeting"]),
        // Answering has an address of its own.
        "Act" => {
            let acts = Act::ALL.iter().filter(|act| !matches!(act, Act::Answer | Act::Meeting));
            (Room::Records, acts.map(|act| act.name()).collect())
        }
        "Import" | "ImportFile" | "ImportColumns" => (Room::Files, vec![""]),
        "Draft" => (Room::Telling, vec!["signed in", "visitor", "done"]),
        "Tell" | "TellDone" | "DraftPlace" | "DraftWho" | "DraftWhose" | "DraftGroup" | "DraftBehalf"
        | "DraftDoor" | "DraftSimilar" | "DraftDelete" => (Room::Telling, both()),
        "Look" | "HeldBack" | "ComeBack" | "Opener" | "OpenName" | "GiveName" | "MaskWords"
        | "MaskProblem" | "AnswerDoor" | "Credit" | "Moderate" | "ModerateComment" | "Report" => {
            (Room::Hidden, vec![""])
        }
        "DraftSend" => (Room::Telling, vec!["signed in"]),
        "DraftConfirm" | "DraftPublic" => (Room::Telling, vec!["visitor"]),
        _ => return None,
    })
}

/// An address of a pattern, of nothing that there is.
fn sample(pattern: &str) -> String {
    let nil = uuid::Uuid::nil().to_string();
    let fields = [
        "node", "account", "cover", "grant", "token", "file", "draft", "problem", "newcomer", "ask",
        "message", "held", "reset", "shared", "comment",
    ];
    let path =
        fields.iter().fold(pattern.to_owned(), |path, field| path.replace(&format!("{{{field}}}"), &nil));
    let others = [
        ("{figure}", "in-control"),
        ("{kept}", "drafts"),
        ("{secret}", "0"),
        ("{step}", "body"),
        ("{reference}", "WM-2026-0000-00E"),
        ("{act}", "ask"),
    ];
    let path = others.iter().fold(path, |path, (field, value)| path.replace(field, value));
    assert!(!path.contains('{'), "{pattern} has no sample: give it one here");
    path
}

/// Every form there is.
///
/// # Panics
/// Where an address takes what is sent and has no scene, or has one and takes nothing.
pub async fn all(app: &TestApp) -> Vec<Form> {
    let mut forms = Vec::new();
    for known in ALL {
        let takes = app.visitor().post(sample(known.pattern), &[]).await.status != 405;
        let scenes = variants(known.name);
        assert_eq!(takes, scenes.is_some(), "{}: a form without a scene, or a scene without one", known.name);
        let Some((room, variants)) = scenes else { continue };
        forms.extend(variants.into_iter().map(|variant| Form { known, variant, room }));
    }
    forms
}

impl Form {
    /// What it is called in messages.
    pub fn name(&self) -> String {
        format!("{} {}", self.known.name, self.variant).trim().to_owned()
    }

    /// The form where it is shown with its fields.
    pub async fn scene(&self, app: &TestApp) -> Scene {
        let form = (self.known.name, self.variant);
        match self.room {
            Room::People => Box::pin(people::scene(app, form)).await,
            Room::Admin => Box::pin(admin::scene(app, form.0)).await,
            Room::Records => Box::pin(records::scene(app, form)).await,
            Room::Telling => Box::pin(telling::scene(app, form)).await,
            Room::Files => Box::pin(files::scene(app, form.0)).await,
            Room::Hidden => Box::pin(hidden::scene(app, form.0)).await,
        }
    }

    /// Why a kind makes no sense here, where it makes none.
    pub fn leaves_out(&self, kind: Kind) -> Option<&'static str> {
        match (self.known.name, kind) {
            ("SignIn", Kind::Replay) => Some("who sends a right password again signs in again"),
            ("Tokens", Kind::Replay) => Some(
                "a token is shown once: sent again it leads to the list; api::tokens has that one is made",
            ),
            ("SignIn" | "Forgotten" | "Ticket" | "StartStep" | "StartCheck", Kind::ExpiredSession) => {
                Some("nobody is signed in here")
            }
            ("ComeBack" | "AnswerDoor" | "Credit", Kind::ExpiredSession) => Some("nobody is signed in here"),
            ("CloseOwn", Kind::Replay) => Some("whoever is erased has no session left to send it again"),
            ("Complaint", Kind::ExpiredSession) => Some("whose session has ended sends it as anybody may"),
            ("ComeBack", Kind::Replay) => Some("who types a right code again comes back again"),
            ("SignOut", Kind::ExpiredSession) => Some("whoever is signed out stays so"),
            (_, Kind::ExpiredSession) if self.variant == "visitor" => Some("nobody is signed in here"),
            (
                "SignIn" | "SignOut" | "StillThere" | "Forgotten" | "Me" | "Password" | "CloseOwn"
                | "Complaint" | "Cover" | "Tokens" | "ComeBack" | "Opener" | "AdminMail" | "TestMail"
                | "Seals" | "StartStep" | "StartCheck" | "Code" | "SecondFactor" | "SetUpFactor"
                | "RecoveryCodes" | "RemoveFactor",
                Kind::WrongId,
            ) => Some("no id is in its address or its fields"),
            _ => None,
        }
    }
}
