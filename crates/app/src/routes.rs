//! The one list of addresses: the router, templates, mails and tests all take them from here.

use crate::route::acts::Act;
use uuid::Uuid;
use waymark_domain::account::figure::FigureId;
use waymark_domain::ids::{CommentId, NodeId, ProblemId, SharedId};
use waymark_domain::reference::Reference;
use waymark_store::purge::Old;

/// Who may ask for an address at all; what they then see or may do is the policy's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Anybody.
    Anyone,
    /// Whoever is signed in.
    Member,
    /// Whoever holds a role that answers ideas somewhere.
    Decider,
    /// Administrators.
    Administrator,
    /// Anybody, but only until the first run is done.
    FirstRun,
}

/// What an address is, for the tests that go through all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The name in code.
    pub name: &'static str,
    /// The pattern, with `{field}` for what varies.
    pub pattern: &'static str,
    /// Who may ask for it.
    pub who: Who,
    /// Does it only change things (POST), without a page of its own?
    pub is_act: bool,
}

/// Declares the addresses: a page with `get`, an act that only takes a POST with `act`.
macro_rules! routes {
    ($($(#[$doc:meta])* $kind:ident $name:ident $({ $($field:ident : $type:ty),+ })? = $pattern:literal, $who:ident;)+) => {
        /// An address of the service; `to_string()` writes it.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Route {
            $($(#[$doc])* $name $({ $(#[doc = "What varies in the address."] $field: $type),+ })?,)+
        }

        impl std::fmt::Display for Route {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$name $({ $($field),+ })? => {
                        let path = $pattern.to_owned();
                        $($(let path = path.replace(concat!("{", stringify!($field), "}"), &$field.to_string());)+)?
                        f.write_str(&path)
                    })+
                }
            }
        }

        /// Every address, in the order of the list.
        pub const ALL: &[Known] = &[
            $(Known { name: stringify!($name), pattern: $pattern, who: Who::$who, is_act: routes!(@is $kind) },)+
        ];

        /// The patterns by name, for the router.
        pub mod pattern {
            $(
                #[doc = concat!("`", $pattern, "`")]
                #[expect(non_upper_case_globals, reason = "the names of the routes themselves")]
                pub const $name: &str = $pattern;
            )+
        }
    };
    (@is get) => { false };
    (@is act) => { true };
}

routes! {
    /// What this is, and the way in.
    get Home = "/", Anyone;
    /// Is the process there?
    get Live = "/health/live", Anyone;
    /// Can it answer, database included?
    get Ready = "/health/ready", Anyone;
    /// What the service keeps of people.
    get Privacy = "/privacy", Anyone;
    /// Who can use the service.
    get Accessibility = "/accessibility", Anyone;
    /// Complain about how this service is run.
    get Complaint = "/complaint", Anyone;
    /// What programs can do here, in plain words.
    get Api = "/api", Anyone;
    /// The same for programs: every operation, described (`OpenAPI`). The operations themselves are a list of their own.
    get Description = "/api/v1/openapi.json", Anyone;
    /// Sign in.
    get SignIn = "/sign-in", Anyone;
    /// Leave to sign in at the provider.
    get Leave = "/sign-in/elsewhere", Anyone;
    /// Come back from the provider.
    get Elsewhere = "/sign-in/elsewhere/back", Anyone;
    /// Show the second factor.
    get Code = "/sign-in/code", Member;
    /// Sign out.
    act SignOut = "/sign-out", Member;
    /// Go on with a session that would soon end unused.
    act StillThere = "/still-there", Member;
    // People: the first run, signing in, one's own account, administration.
    /// What the first run asks for.
    get Start = "/start", FirstRun;
    /// One question of the first run.
    get StartStep { step: crate::people::start::Step } = "/start/{step}", FirstRun;
    /// The answers of the first run, to be checked and sent.
    get StartCheck = "/start/check", FirstRun;
    /// The first run is done: the link for the wall.
    get StartDone = "/start/done", Administrator;
    /// Ask for a new password.
    get Forgotten = "/sign-in/new-password", Anyone;
    /// A link that works once.
    get Ticket { secret: String } = "/ticket/{secret}", Anyone;
    /// One's own name, language, mails, cover and roles.
    get Me = "/me", Member;
    /// Where one is signed in.
    get Sessions = "/me/sessions", Member;
    /// Sign out elsewhere.
    get EndOwnSessions = "/me/sessions/end", Member;
    /// Change one's own password.
    get Password = "/me/password", Member;
    /// One's own second factor.
    get SecondFactor = "/me/second-factor", Member;
    /// Set up a second factor.
    get SetUpFactor = "/me/second-factor/set-up", Member;
    /// Get new recovery codes.
    get RecoveryCodes = "/me/second-factor/codes", Member;
    /// Take one's second factor away.
    get RemoveFactor = "/me/second-factor/remove", Member;
    /// Tokens for one's programs.
    get Tokens = "/me/tokens", Member;
    /// End a token.
    act EndToken { token: Uuid } = "/me/tokens/{token}/end", Member;
    /// What is held about oneself.
    get OwnData = "/me/data", Member;
    /// The same as a file.
    get OwnDataFile = "/me/data.json", Member;
    /// Close one's own account.
    get CloseOwn = "/me/close", Member;
    /// Say that one is away.
    get Cover = "/me/cover", Member;
    /// Take back an absence.
    act EndCover { cover: uuid::Uuid } = "/me/cover/{cover}/end", Member;
    /// The nodes that an administrator reaches.
    get Admin = "/admin", Administrator;
    /// The people at a node and below it.
    get AdminPeople { node: NodeId } = "/admin/nodes/{node}/people", Administrator;
    /// A node.
    get AdminNode { node: NodeId } = "/admin/nodes/{node}", Administrator;
    /// Put a node below one.
    get AddNode { node: NodeId } = "/admin/nodes/{node}/add", Administrator;
    /// Give a node another name.
    get RenameNode { node: NodeId } = "/admin/nodes/{node}/name", Administrator;
    /// Put a node elsewhere.
    get MoveNode { node: NodeId } = "/admin/nodes/{node}/move", Administrator;
    /// Close a node.
    get CloseNode { node: NodeId } = "/admin/nodes/{node}/close", Administrator;
    /// What applies at a node.
    get NodeSettings { node: NodeId } = "/admin/nodes/{node}/settings", Administrator;
    /// Invite somebody to a node.
    get Invite { node: NodeId } = "/admin/nodes/{node}/invite", Administrator;
    /// End a role.
    get EndRole { node: NodeId, grant: uuid::Uuid } = "/admin/nodes/{node}/roles/{grant}/end", Administrator;
    /// Sign somebody out everywhere.
    get EndSessions { account: uuid::Uuid } = "/admin/accounts/{account}/sessions", Administrator;
    /// Close an account.
    get CloseAccount { account: uuid::Uuid } = "/admin/accounts/{account}/close", Administrator;
    /// Take somebody's second factor away.
    get ResetFactor { account: uuid::Uuid } = "/admin/accounts/{account}/second-factor", Administrator;
    /// How mails are sent.
    get AdminMail = "/admin/mail", Administrator;
    /// Send a test mail to oneself.
    act TestMail = "/admin/mail/test", Administrator;
    /// How long things are kept.
    get Keeping = "/admin/retention", Administrator;
    /// How long one of them is kept.
    get KeepFor { kept: Old } = "/admin/retention/{kept}", Administrator;
    /// The auditor's address, the day's root, the last seal. Auditors read it, too.
    get Seals = "/admin/seals", Member;
    /// What was done that is no record's history, and who looked: for auditors.
    get Audit = "/audit", Member;
    /// The same as a table for a spreadsheet.
    get AuditTable = "/audit.csv", Member;
    /// The same for a program.
    get AuditData = "/audit.json", Member;
    /// The newest of it for a feed reader.
    get AuditFeed = "/audit.atom", Member;
    /// Newcomers who wait to be let in, and roles that wait for a second yes.
    get Waiting = "/waiting", Member;
    /// Let a newcomer in, or not.
    act LetIn { newcomer: Uuid } = "/waiting/newcomers/{newcomer}", Member;
    /// Say yes or no to a role that was asked for.
    act SecondYes { ask: Uuid } = "/waiting/roles/{ask}", Member;
    /// Say yes or no to taking somebody's second factor away.
    act ResetYes { reset: Uuid } = "/waiting/second-factors/{reset}", Member;
    /// A record.
    get Record { reference: Reference } = "/records/{reference}", Anyone;
    /// Say something about a record.
    act Comment { reference: Reference } = "/records/{reference}/comments", Member;
    /// Take back what one said.
    act TakeBackComment { reference: Reference, comment: CommentId } =
        "/records/{reference}/comments/{comment}/take-back", Member;
    /// Take a comment away, or leave it.
    get ModerateComment { reference: Reference, comment: CommentId } =
        "/records/{reference}/comments/{comment}/moderate", Member;
    // The route: a record's history, answering it, and every other act on it.
    /// What happened to a record.
    get History { reference: Reference } = "/records/{reference}/history", Anyone;
    /// Answer a record.
    get Answer { reference: Reference } = "/records/{reference}/answer", Member;
    /// Any other act on a record, by its name.
    get Act { reference: Reference, act: Act } = "/records/{reference}/{act}", Member;
    /// Write how everything stands that has been without news for long.
    get NewsRound = "/work/news", Member;
    /// Answers that many records get.
    get Shared = "/shared", Member;
    /// The same as a table for a spreadsheet.
    get SharedTable = "/shared.csv", Member;
    /// The same for a program.
    get SharedData = "/shared.json", Member;
    /// The same for a feed reader.
    get SharedFeed = "/shared.atom", Member;
    /// Answer several records at once.
    get ShareAnswer = "/shared/new", Member;
    /// An answer that many records get.
    get SharedAnswer { shared: SharedId } = "/shared/{shared}", Member;
    /// Read a shared answer again.
    get RereadShared { shared: SharedId } = "/shared/{shared}/again", Member;
    /// Mask words in a shared answer.
    get MaskShared { shared: SharedId } = "/shared/{shared}/mask", Member;
    /// What waits for me.
    get Work = "/work", Member;
    /// The same as a table for a spreadsheet.
    get WorkTable = "/work.csv", Member;
    /// The same for a program.
    get WorkData = "/work.json", Member;
    /// The same for a feed reader.
    get WorkFeed = "/work.atom", Member;
    /// Ideas and problems.
    get Ideas = "/ideas", Anyone;
    /// The same as a table for a spreadsheet.
    get IdeasTable = "/ideas.csv", Anyone;
    /// The same for a program.
    get IdeasData = "/ideas.json", Anyone;
    /// The newest of them for a feed reader.
    get IdeasFeed = "/ideas.atom", Anyone;
    /// Ideas and problems told at or below a node.
    get Place { node: NodeId } = "/places/{node}", Anyone;
    /// What is late at or below a node.
    get Late { node: NodeId } = "/places/{node}/late", Member;
    /// The same as a table for a spreadsheet.
    get LateTable { node: NodeId } = "/places/{node}/late.csv", Member;
    /// The same for a program.
    get LateData { node: NodeId } = "/places/{node}/late.json", Member;
    /// The same for a feed reader.
    get LateFeed { node: NodeId } = "/places/{node}/late.atom", Member;
    // Account: the figures of a node.
    /// The six figures of a node.
    get Figures { node: NodeId } = "/places/{node}/figures", Member;
    /// A figure of a node as a table for a spreadsheet.
    get FigureTable { node: NodeId, figure: FigureId } = "/places/{node}/figures/{figure}/table.csv", Member;

    // Import: a file on its way in.
    /// Choose a file and where it goes.
    get Import = "/import", Member;
    /// A file: what would come in, how far it is, what became of it.
    get ImportFile { file: Uuid } = "/import/{file}", Member;
    /// Which column of a file holds what.
    get ImportColumns { file: Uuid } = "/import/{file}/columns", Member;
    /// All faults and notices of a file as CSV.
    get ImportFaults { file: Uuid } = "/import/{file}/faults.csv", Member;

    // Telling: from the form to the receipt.
    /// Tell an idea or a problem.
    get Tell = "/tell", Anyone;
    /// List what was done already.
    get TellDone = "/tell/done", Anyone;
    /// What is half typed.
    get Drafts = "/drafts", Anyone;
    /// A draft's form.
    get Draft { draft: Uuid } = "/drafts/{draft}", Anyone;
    /// Where a draft is told.
    get DraftPlace { draft: Uuid } = "/drafts/{draft}/place", Anyone;
    /// Who could say yes, by name.
    get DraftWho { draft: Uuid } = "/drafts/{draft}/who", Anyone;
    /// Whose idea it is.
    get DraftWhose { draft: Uuid } = "/drafts/{draft}/whose", Anyone;
    /// A group with shares.
    get DraftGroup { draft: Uuid } = "/drafts/{draft}/group", Anyone;
    /// On behalf of somebody.
    get DraftBehalf { draft: Uuid } = "/drafts/{draft}/behalf", Anyone;
    /// Whether a draft is for somebody else.
    get DraftDoor { draft: Uuid } = "/drafts/{draft}/door", Anyone;
    /// Records like a draft.
    get DraftSimilar { draft: Uuid } = "/drafts/{draft}/similar", Anyone;
    /// Check answers.
    get DraftCheck { draft: Uuid } = "/drafts/{draft}/check", Anyone;
    /// Delete a draft.
    get DraftDelete { draft: Uuid } = "/drafts/{draft}/delete", Anyone;
    /// Send a draft.
    act DraftSend { draft: Uuid } = "/drafts/{draft}/send", Anyone;
    /// Send a draft without an account.
    act DraftPublic { draft: Uuid } = "/drafts/{draft}/send-without-account", Anyone;
    /// Say who one is, by a link to one's work mail.
    act DraftConfirm { draft: Uuid } = "/drafts/{draft}/confirm", Anyone;
    /// How far it is what was sent to a door.
    get Delivered { message: Uuid } = "/delivered/{message}", Anyone;
    /// Answer what came to a door, as its channel.
    get AnswerDoor { secret: String } = "/answer-door/{secret}", Anyone;
    /// Come back with a code to what one told with a hidden name.
    get ComeBack = "/come-back", Anyone;
    /// Have a hidden name opened, as one of two.
    get OpenName { reference: Reference } = "/records/{reference}/open", Member;
    /// Say why one opens a record that one sees only to check.
    get Look { reference: Reference } = "/records/{reference}/look", Member;
    /// Put one's name on what one told without it.
    get GiveName { reference: Reference } = "/records/{reference}/name", Member;
    /// Mask words in what somebody told.
    get MaskWords { reference: Reference } = "/records/{reference}/mask", Member;
    /// Put a name on what one told without an account.
    get Credit { reference: Reference } = "/records/{reference}/credit", Member;
    /// What waits for a moderator.
    get Moderation = "/moderation", Member;
    /// List a record, or not, or leave it.
    get Moderate { reference: Reference } = "/records/{reference}/moderate", Member;
    /// Say that something is wrong with a record.
    get Report { reference: Reference } = "/records/{reference}/report", Anyone;
    /// What moderators did at or below a node.
    get ModerationLog { node: NodeId } = "/places/{node}/moderation", Member;
    /// The same as a table for a spreadsheet.
    get ModerationTable { node: NodeId } = "/places/{node}/moderation.csv", Member;
    /// The same for a program.
    get ModerationData { node: NodeId } = "/places/{node}/moderation.json", Member;
    /// The same for a feed reader.
    get ModerationFeed { node: NodeId } = "/places/{node}/moderation.atom", Member;
    /// An opener's key.
    get Opener = "/opener", Member;
    /// What is held back until somebody has read it.
    get HeldBack { held: Uuid } = "/held/{held}", Member;
    /// The receipt of what was told.
    get Sent { reference: Reference } = "/told/{reference}", Anyone;
    /// Problems that ideas can be told to.
    get Problems = "/problems", Anyone;
    /// The same as a table for a spreadsheet.
    get ProblemsTable = "/problems.csv", Anyone;
    /// The same for a program.
    get ProblemsData = "/problems.json", Anyone;
    /// The same for a feed reader.
    get ProblemsFeed = "/problems.atom", Anyone;
    /// A problem.
    get Problem { problem: ProblemId } = "/problems/{problem}", Anyone;
    /// Mask words in a problem.
    get MaskProblem { problem: ProblemId } = "/problems/{problem}/mask", Member;
    /// The wall sheet of a place.
    get Wall { node: NodeId } = "/places/{node}/wall", Anyone;
    /// The QR poster of a place.
    get Poster { node: NodeId } = "/places/{node}/poster", Anyone;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_given_twice() {
        let mut patterns: Vec<&str> = ALL.iter().map(|known| known.pattern).collect();
        patterns.sort_unstable();
        let all = patterns.len();
        patterns.dedup();
        assert_eq!(patterns.len(), all);
    }

    #[test]
    fn an_address_is_written_with_what_varies() {
        let reference = Reference::new(2026, 7);
        assert_eq!(
            Route::Record { reference: reference.clone() }.to_string(),
            format!("/records/{reference}")
        );
    }
}
