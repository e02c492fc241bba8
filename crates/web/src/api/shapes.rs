//! The shapes of answers. A name is nothing where the person is no longer known, words are nothing once erased.

use super::schema::{ActName, shapes};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use waymark_domain::find::stage::{AnswerKind, Outcome, Reason, Stage};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Language;

shapes! {
    /// What somebody wrote.
    Words {
        /// The words; null once they were erased.
        text: Option<String>,
        /// The language they are in.
        language: Language,
    }

    /// A place in the tree.
    Place {
        /// Its id.
        id: Uuid,
        /// Its name.
        name: String,
    }

    /// A place found by its name.
    PlaceFound {
        /// Its id.
        id: Uuid,
        /// Its name.
        name: String,
        /// The name of the organisation that it is part of; empty where it is one itself.
        body: String,
    }

    /// Places found by their name.
    Places {
        /// The places, at most ten.
        items: Vec<PlaceFound>,
    }

    /// A place with its level.
    PlaceAt {
        /// Its id.
        id: Uuid,
        /// Its name.
        name: String,
        /// Which level of the tree it is at.
        level: String,
    }

    /// A place with what is above and below it.
    Branch {
        /// The place.
        place: PlaceAt,
        /// What is above it, the nearest first.
        above: Vec<PlaceAt>,
        /// What is right below it, by name.
        below: Vec<PlaceAt>,
    }

    /// A role that is held.
    Held {
        /// The role.
        role: Role,
        /// The name of the place where it is held.
        place: String,
    }

    /// The token that came with the request.
    TokenFacts {
        /// What its owner calls it.
        name: String,
        /// What it may do.
        scopes: Vec<&'static str>,
        /// When it ends.
        ends_at: DateTime<Utc>,
    }

    /// Who is asking.
    Me {
        /// The person's name.
        name: String,
        /// The person's language.
        language: Language,
        /// The roles that the person holds now.
        roles: Vec<Held>,
        /// The token.
        token: TokenFacts,
    }

    /// A record on a list; days are those where it is handled.
    Item {
        /// What people call it by.
        reference: String,
        /// Its title.
        title: Words,
        /// Is it a problem without a solution?
        is_problem: bool,
        /// Where it stands.
        stage: Stage,
        /// Where it is handled.
        place: Place,
        /// When it was sent.
        sent_at: DateTime<Utc>,
        /// The day of the next thing.
        next_on: Option<NaiveDate>,
        /// Since which day it is late.
        late_since: Option<NaiveDate>,
        /// The name of whoever has it; null once it is late, but in your own work.
        owner: Option<String>,
        /// The address of its page.
        url: String,
    }

    /// A page of ideas and problems that were told.
    Ideas {
        /// The records, newest first.
        items: Vec<Item>,
        /// How many there are; counted up to 1,001.
        count: i64,
        /// Ask for this as `after` to go on; null at the end.
        next: Option<String>,
    }

    /// A record that is late.
    LateItem {
        /// The record.
        record: Item,
        /// Working days since the day that was missed.
        days: u32,
        /// With which role it is; null where it is with whoever tries it.
        with: Option<Held>,
    }

    /// What is late at or below a place.
    Late {
        /// The place.
        place: Place,
        /// The records, at most a hundred.
        items: Vec<LateItem>,
    }

    /// A problem that ideas can be told to, on a list.
    ProblemItem {
        /// Its id.
        id: Uuid,
        /// What it is called.
        title: String,
        /// The language of the title.
        language: Language,
        /// The name of the organisation whose it is.
        body: String,
        /// Are answers sought now?
        seeks_answers: bool,
        /// The last day for answers.
        closes_on: Option<NaiveDate>,
        /// The address of its page.
        url: String,
    }

    /// A page of problems that ideas can be told to.
    Problems {
        /// The problems, newest first.
        items: Vec<ProblemItem>,
        /// Ask for this as `after` to go on; null at the end.
        next: Option<String>,
    }

    /// A problem that ideas can be told to.
    ProblemShown {
        /// Its id.
        id: Uuid,
        /// How often it was changed.
        version: u32,
        /// What it is called.
        title: String,
        /// The language of its texts.
        language: Language,
        /// What the difficulty is.
        problem: String,
        /// Further sections; empty where there are none.
        details: String,
        /// The name of the organisation whose it is.
        body: String,
        /// From which day answers are sought.
        opens_on: Option<NaiveDate>,
        /// The last day for answers.
        closes_on: Option<NaiveDate>,
        /// The money in it, in its source’s words.
        money: Option<String>,
        /// Where it was published.
        source_url: Option<String>,
        /// Are answers sought now?
        seeks_answers: bool,
        /// The address of its page.
        url: String,
    }

    /// Somebody who brought a record.
    Contributor {
        /// The person’s name.
        name: Option<String>,
        /// The person’s share in percent.
        share_percent: u8,
    }

    /// A try that was granted.
    Trial {
        /// Who tries it.
        who: Option<String>,
        /// Hours granted.
        hours: u32,
        /// Hours that were had.
        hours_had: Option<u32>,
        /// Whose budget they come from.
        hours_from: Option<Words>,
        /// Money granted, in pence.
        pence: u32,
    }

    /// What came of a try or of what was done already.
    Lines {
        /// What was done.
        did: Words,
        /// What changed.
        changed: Words,
        /// What becomes of it.
        outcome: Outcome,
    }

    /// An answer.
    Answer {
        /// Which of the four.
        kind: AnswerKind,
        /// Who gave it.
        by: Option<String>,
        /// On which day.
        on: NaiveDate,
        /// Why.
        reason: Option<Reason>,
        /// In the decider’s own words.
        words: Option<Words>,
        /// What would change it, or what is waited for.
        would_change: Option<Words>,
        /// The day on which it is read again.
        until: Option<NaiveDate>,
        /// The meeting in which it was decided, with the reference of its minutes.
        meeting: Option<Words>,
        /// Who typed it for the decider.
        typed_by: Option<String>,
        /// What the contributor said to *was this an answer?*
        was_answer: Option<bool>,
    }

    /// A record.
    Record {
        /// What people call it by.
        reference: String,
        /// How often it was changed: send it with an act, and the act is not done where somebody was quicker.
        version: u32,
        /// Its title.
        title: Words,
        /// What the problem is.
        problem: Words,
        /// What they would do; null where nobody knows yet.
        solution: Option<Words>,
        /// Where it stands.
        stage: Stage,
        /// Has the date of the next thing passed?
        is_late: bool,
        /// What happens next, in a sentence.
        next: String,
        /// The day of the next thing.
        next_on: Option<NaiveDate>,
        /// The name of whoever has it.
        owner: Option<String>,
        /// Where it was told.
        place: Place,
        /// Where it is handled.
        handled_at: Place,
        /// Who brought it.
        brought_by: Vec<Contributor>,
        /// Who typed it for them.
        assisted_by: Option<String>,
        /// Who told the same later.
        also_told: Vec<Option<String>>,
        /// When it was sent.
        sent_at: DateTime<Utc>,
        /// Who sees it.
        seen_by: SeenBy,
        /// How many days its step usually takes there, by what all people there see; null where there are too few to say.
        usual_days: Option<i64>,
        /// The question that waits for the contributor.
        question: Option<Words>,
        /// The answer it has.
        answer: Option<Answer>,
        /// The answer that somebody else looked at again, once theirs is there.
        reviewed: Option<Answer>,
        /// The try.
        trial: Option<Trial>,
        /// What came of it.
        lines: Option<Lines>,
        /// Why it is with whom it is, in sentences.
        explained: Vec<String>,
        /// What you can do now, the most needed first.
        acts: Vec<ActName>,
        /// The address of its page.
        url: String,
    }

    /// Something that happened to a record.
    Happened {
        /// Its place in the order of what happened, from 1.
        version: u32,
        /// What kind of thing.
        kind: &'static str,
        /// When.
        at: DateTime<Utc>,
        /// Who did it; null where time did, and where words went from it that were masked in a shared answer.
        by: Option<String>,
        /// What happened, in a sentence.
        summary: String,
        /// What was written with it.
        words: Vec<Words>,
    }

    /// Everything that happened to a record: its history and its conversation.
    History {
        /// What people call it by.
        reference: String,
        /// How often it was changed.
        version: u32,
        /// What happened, newest first.
        items: Vec<Happened>,
    }

    /// Something that waits for you.
    Waiting {
        /// The record.
        record: Item,
        /// What is to be done.
        act: ActName,
        /// By when.
        due_on: Option<NaiveDate>,
        /// Did the contributor ask why it is late?
        why_asked: bool,
        /// How many told the same later and hear the answer too.
        also_told: i64,
    }

    /// Your work.
    Work {
        /// What waits for you, the earliest day first.
        waiting: Vec<Waiting>,
        /// What you may still take over as finder.
        to_take_over: Vec<Item>,
        /// What you have that waits for a day or for somebody else.
        later: Vec<Item>,
        /// What you brought, and what you told too.
        brought: Vec<Item>,
        /// Where you answer.
        places: Vec<Place>,
        /// Is there more of any kind than was asked for? A greater `limit` gives it.
        is_more: bool,
    }

    /// A record like a text.
    Like {
        /// What people call it by.
        reference: String,
        /// Its title.
        title: Words,
        /// Where it stands.
        stage: Stage,
        /// Is it yours to answer? Then nothing can be added to it by you.
        is_yours: bool,
        /// The words that both have.
        shared: Vec<String>,
        /// The address of its page.
        url: String,
    }

    /// Records like a text.
    Likes {
        /// At most five, the most alike first.
        items: Vec<Like>,
    }

    /// Words of a text that could tell who somebody is.
    Named {
        /// What they look like: `name`, `health`, `police`, `case`, `pupil`, `insurance`, `telephone`, `mail` or `postcode`.
        looks: &'static str,
        /// The words.
        words: String,
    }

    /// What in a text could tell who somebody is.
    Names {
        /// Each once, in the order of the text, at most ten.
        items: Vec<Named>,
    }

    /// Where a record stands now.
    Standing {
        /// What people call it by.
        reference: String,
        /// How often it was changed.
        version: u32,
        /// Its stage.
        stage: Stage,
        /// The day of the next thing.
        next_on: Option<NaiveDate>,
        /// The address of its page.
        url: String,
    }
}
