use super::*;
use crate::import::columns::{Kind, propose};
use crate::import::faults::Remark;
use crate::import::limits;
use crate::import::read::{Hints, read};
use crate::import::report::Report;
use crate::import::rows::{IdeaState, Level, OrganisationRow, Parent};

fn sheet(text: &str) -> Sheet {
    read(text.as_bytes(), Hints::default()).expect("readable")
}

type Judge<T> = fn(&Sheet, &Mapping, &Ways) -> Judged<T>;

fn judged<T>(kind: Kind, judge: Judge<T>, text: &str) -> Judged<T> {
    let sheet = sheet(text);
    judge(&sheet, &propose(kind, &sheet.columns), &Ways::default())
}

fn faults<T>(judged: &Judged<T>) -> Vec<(usize, &str, String)> {
    judged.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.wrong.to_string())).collect()
}

fn organisations(text: &str) -> Judged<OrganisationRow> {
    judged(Kind::Organisations, judge_organisations, text)
}

#[test]
fn an_idea_comes_in_with_all_that_is_told() {
    let text = "ref,title,problem,solution,name,email,date,status,answer\n\
        7,A <b>ramp</b>,<p>Steps &amp; wheels</p>,A board,Ada,Ada@Example.org,31/3/2026,Accepted,Yes: by May\n\
        8,Light,Dark hall,,,,,,\n";
    let judged = judged(Kind::Ideas, judge_ideas, text);
    assert_eq!(faults(&judged), []);
    let idea = &judged.good[0];
    assert_eq!(
        (idea.external_id.as_str(), idea.title.as_str(), idea.problem.as_str()),
        ("7", "A ramp", "Steps & wheels")
    );
    assert_eq!(idea.told_by_mail.as_deref(), Some("ada@example.org"));
    assert_eq!(idea.told_on.map(|day| day.to_string()).as_deref(), Some("2026-03-31"));
    assert_eq!((idea.state, judged.good[1].state), (IdeaState::Kept, IdeaState::Open));
}

#[test]
fn every_fault_of_a_row_is_named_at_once() {
    let text = "id,title,problem,email,status\n1,,,nobody,mayby\n1,T,P,,\n2,T,P,a@b.org,opne\n3,T,P,,,more\n";
    let judged = judged(Kind::Ideas, judge_ideas, text);
    assert_eq!(
        faults(&judged),
        [
            (2, "title", "the title is missing".to_owned()),
            (2, "problem", "the text is missing".to_owned()),
            (2, "email", "“nobody” is not a mail address".to_owned()),
            (2, "status", "“mayby” is not known here".to_owned()),
            (3, "id", "the identifier “1” stands in row 2 already".to_owned()),
            (4, "status", "“opne” is not known here".to_owned()),
            (5, "Column 6", "the row has 6 cells for 5 headings".to_owned()),
        ]
    );
    assert!(
        judged.faults[5].wrong.mend().starts_with("Did you mean “open”?"),
        "{}",
        judged.faults[5].wrong.mend()
    );
    assert_eq!(judged.good.len(), 0);
}

#[test]
fn lengths_hold_at_the_limit_and_one_beyond() {
    let row =
        |title: usize, text: usize| format!("title,problem\n{},{}\n", "t".repeat(title), "p".repeat(text));
    let count = |title, text| judged(Kind::Ideas, judge_ideas, &row(title, text)).faults.len();
    assert_eq!(count(limits::TITLE_CHARS, limits::TEXT_CHARS), 0);
    assert_eq!(count(limits::TITLE_CHARS + 1, limits::TEXT_CHARS), 1);
    assert_eq!(count(limits::TITLE_CHARS, limits::TEXT_CHARS + 1), 1);
}

#[test]
fn without_identifiers_one_is_made_that_stays_the_same() {
    let text = "title,problem\nA,one\nB,two\nA,one\n";
    let (first, second) = (judged(Kind::Ideas, judge_ideas, text), judged(Kind::Ideas, judge_ideas, text));
    assert_eq!((first.made_ids, first.good[0].external_id.len()), (2, 21));
    assert_eq!(first.good, second.good);
    assert_eq!(faults(&first), [(4, "external-id", "it says the same as row 2".to_owned())]);
}

#[test]
fn formulas_are_kept_as_the_text_they_are() {
    let judged = judged(Kind::Ideas, judge_ideas, "title,problem\n=1+1,@SUM(A1)\n");
    assert_eq!((judged.good[0].title.as_str(), judged.good[0].problem.as_str()), ("=1+1", "@SUM(A1)"));
}

#[test]
fn a_missing_column_is_one_fault_and_not_one_for_each_row() {
    let judged = judged(Kind::Ideas, judge_ideas, "title\nA\nB\n");
    assert_eq!(faults(&judged), [(0, "text", "no column holds the field text".to_owned())]);
}

#[test]
fn what_is_no_date_is_a_notice_or_a_fault_as_set() {
    let sheet = sheet("title,description,submission-end\nA,a,TBD\n");
    let mapping = propose(Kind::Problems, &sheet.columns);
    let lenient = judge_problems(&sheet, &mapping, &Ways::default());
    assert_eq!((lenient.good.len(), lenient.notices.len()), (1, 1));
    assert_eq!(lenient.notices[0].remark.key(), "import-notice-date-left-empty");
    let strict =
        judge_problems(&sheet, &mapping, &Ways { unread_date: UnreadDate::Refuse, ..Ways::default() });
    assert_eq!(
        faults(&strict),
        [(2, "submission-end", "“TBD” is not a date: it says that there is no date yet".to_owned())]
    );
}

#[test]
fn a_long_title_and_a_long_section_lose_nothing() {
    let title = "word ".repeat(40);
    let rules = "A sentence of the rules.\n\n".repeat(3_000);
    let judged =
        judged(Kind::Problems, judge_problems, &format!("title,text,rules\n{title},body,\"{rules}\"\n"));
    let problem = &judged.good[0];
    assert!(problem.title.chars().count() <= limits::TITLE_CHARS && problem.title.ends_with("word…"));
    assert_eq!(problem.text, format!("{}\n\nbody", title.trim()));
    assert!(problem.sections.iter().all(|section| section.text.chars().count() <= limits::SECTION_CHARS));
    let again = problem.sections.iter().map(|section| section.text.as_str()).collect::<Vec<_>>().join("\n\n");
    assert_eq!(again, rules.trim());
    let remarks: Vec<&str> = judged.notices.iter().map(|notice| notice.remark.key()).collect();
    assert_eq!(remarks, ["import-notice-title-shortened", "import-notice-text-divided"]);
}

#[test]
fn an_address_that_is_none_is_left_out() {
    let text = "title,text,url\nA,a,javascript:alert(1)\nB,b,https://example.org/b\n";
    let judged = judged(Kind::Problems, judge_problems, text);
    assert_eq!(judged.good[0].source_url, None);
    assert_eq!(judged.notices[0].remark, Remark::LinkLeftOut { value: "javascript:alert(1)".into() });
    assert_eq!(judged.good[1].source_url.as_deref(), Some("https://example.org/b"));
}

#[test]
fn organisations_come_parents_first() {
    let text = "id,name,parent,level,legal body,calendar,time zone,service areas\n\
        w,Ward 4,St Elsewhere,team,,,,\n\
        h,St Elsewhere,nhs,organisation,yes,England and Wales,europe/london,health; social care\n";
    let judged = organisations(text);
    assert_eq!(faults(&judged), []);
    let (hospital, ward) = (&judged.good[0], &judged.good[1]);
    assert_eq!(hospital.parent, Some(Parent::Elsewhere { words: "nhs".into() }));
    assert_eq!((hospital.level, hospital.is_body), (Level::Organisation, true));
    assert_eq!(hospital.calendar.as_deref(), Some("england-and-wales"));
    assert_eq!(hospital.time_zone.as_deref(), Some("Europe/London"));
    assert_eq!(hospital.service_areas, ["health", "social care"]);
    assert_eq!(ward.parent, Some(Parent::InFile { external_id: "h".into() }));
}

#[test]
fn loops_and_what_hangs_from_a_fault_are_named() {
    let text = "id,name,parent,level\n\
        a,A,b,team\nb,B,a,team\nc,C,a,team\nd,D,,wing\ne,E,d,team\nf,F,f,team\ng,G,Twin,team\nh,Twin,,team\ni,Twin,,team\n";
    let judged = organisations(text);
    let wrong: Vec<(usize, &str)> =
        judged.faults.iter().map(|fault| (fault.row, fault.wrong.key())).collect();
    assert_eq!(
        wrong,
        [
            (2, "import-fault-parent-loop"),
            (3, "import-fault-parent-loop"),
            (4, "import-fault-parent-faulty"),
            (5, "import-fault-unknown-word"),
            (6, "import-fault-parent-faulty"),
            (7, "import-fault-parent-loop"),
            (8, "import-fault-several-parents"),
        ]
    );
    assert_eq!(judged.good.iter().map(|row| row.row).collect::<Vec<_>>(), [9, 10]);
    assert!(faults(&judged)[0].2.contains("A → B → A"));
}

#[test]
fn unknown_words_list_the_valid_ones() {
    let text = "name,parent,level,calendar,time zone\nA,,ward,Wales,Mars\n";
    let mended: Vec<String> = organisations(text).faults.iter().map(|fault| fault.wrong.mend()).collect();
    assert!(mended[0].contains("team, organisation, department, area, government"), "{mended:?}");
    assert!(mended[1].contains("england-and-wales, scotland, northern-ireland"), "{mended:?}");
    assert_eq!(mended[2], "Write it like Europe/London.");
}

#[test]
fn a_chain_of_many_organisations_is_settled_in_good_time() {
    let row = |place: usize| format!("{place},N{place},{},team\n", place + 1);
    let text: String =
        std::iter::once("id,name,parent,level\n".to_owned()).chain((0..20_000).map(row)).collect();
    let judged = organisations(&text);
    assert_eq!((judged.good.len(), judged.good[0].external_id.as_str()), (20_000, "19999"));
}

#[test]
fn a_person_has_one_row_and_known_roles() {
    let text = "name,email,team,roles\nAda,ada@example.org,W4,\"Finder; team lead, finder\"\n\
        Ada,ADA@example.org,W4,finder\nBob,bob@localhost,,boss\n,c@example.org,,\nDee,,,\n";
    let judged = judged(Kind::People, judge_people, text);
    assert_eq!(judged.good[0].roles, ["finder", "team-lead"]);
    assert_eq!(judged.good[0].external_id, "ada@example.org");
    assert_eq!(
        faults(&judged),
        [
            (3, "email", "“ada@example.org” stands in row 2 already".to_owned()),
            (4, "email", "“bob@localhost” is not a mail address".to_owned()),
            (4, "roles", "“boss” is not known here".to_owned()),
            (5, "name", "the name is missing".to_owned()),
            (6, "email", "the mail is missing".to_owned()),
        ]
    );
    assert_eq!(judged.faults[2].wrong.mend(), "Use one of: member, team-lead, finder, head.");
}

#[test]
fn the_report_says_what_a_person_needs() {
    let sheet = sheet("title,problem,date,shoe size\nA,one,01/02/2026,43\nB,,TBC,\n");
    let mapping = propose(Kind::Ideas, &sheet.columns);
    let report = Report::new(&sheet, &mapping, &judge_ideas(&sheet, &mapping, &Ways::default()));
    let expected = "1 of 2 rows can come in.\n\
        title          ← title\n\
        text           ← problem\n\
        told-on        ← date\n\
        Not used: shoe size\n\
        Rows without an identifier: 1; if their words change, a second import takes them for new.\n\
        date: 1 dates, 0 empty, 1 not dates; 1 can be read two ways: day first, as set\n\
        \nFaults: 1\n     3  problem  the text is missing. Fill it in, or remove the row.\n";
    assert_eq!(report.table(), expected);
    let json = serde_json::to_value(&report).expect("serialisable");
    assert_eq!(json["faults"][0]["key"], "import-fault-missing");
    assert_eq!(json["readings"][0]["decision"]["because"], "setting");
}
