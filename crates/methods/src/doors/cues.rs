//! The list of cues, read once.

use super::DOORS;
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The doors as the list names them, in their order.
const NAMES: [&str; DOORS] = ["danger", "wrongdoing", "complaint", "help", "press"];
/// The most cues that are named as the reason.
const NAMED: usize = 4;

/// Groups that say how somebody speaks, not of what: they count, and are no reason to be named.
const MANNER: [&str; 12] = [
    "kin",
    "one person",
    "ihave",
    "past",
    "name",
    "quiet",
    "would",
    "every",
    "general",
    "thing",
    "boss",
    "lack",
];

/// The list that comes with the program.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(include_str!("cues.txt")));

/// A group of cues that say much the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    name: String,
    /// How much it speaks for each door.
    pub(super) weights: [f64; DOORS],
}

/// All cues, to be looked for at once.
#[derive(Debug)]
pub(super) struct Cues {
    groups: Vec<Group>,
    /// The place of each cue's group.
    groups_of: Vec<usize>,
    search: AhoCorasick,
}

/// The groups with the words of a text that are cues of each.
pub(super) type Found<'c> = Vec<(&'c Group, Vec<String>)>;

impl Cues {
    /// Reads a list. A line that is none is left out; a test sees to it that there is none.
    fn read(list: &str) -> Self {
        let (mut groups, mut cues) = (Vec::new(), Vec::<(String, usize)>::new());
        // Cues go over the ends of lines.
        for part in list.split("\n[").skip(1) {
            let Some((head, rest)) = part.split_once('\n').or(Some((part, ""))) else { continue };
            let Some(group) = group(head) else { continue };
            let listed =
                rest.split(',').map(|cue| drawn(&cue.split_whitespace().collect::<Vec<_>>().join(" ")));
            cues.extend(listed.filter(|cue| !cue.is_empty()).map(|cue| (cue, groups.len())));
            groups.push(group);
        }
        let looked_for = cues.iter().map(|(cue, _)| match cue.strip_suffix('*') {
            Some(beginning) => format!(" {beginning}"),
            None => format!(" {cue} "),
        });
        // The list is a few thousand short words: an automaton of it cannot be too large.
        let search = AhoCorasick::new(looked_for).expect("an automaton of the cues");
        let groups_of = cues.iter().map(|(_, group)| *group).collect();
        Self { groups, groups_of, search }
    }

    /// The cues that a folded text has, by group, each once.
    pub(super) fn find(&self, folded: &str) -> Found<'_> {
        let text = format!(" {} ", drawn(folded));
        let mut has: BTreeMap<usize, &str> = BTreeMap::new();
        for hit in self.search.find_overlapping_iter(&text) {
            has.entry(hit.pattern().as_usize()).or_insert_with(|| whole(&text, hit.start(), hit.end()));
        }
        let mut found: Found<'_> = self.groups.iter().map(|group| (group, Vec::new())).collect();
        for (place, words) in has {
            found[self.groups_of[place]].1.push(words.to_owned());
        }
        found
    }

    /// The weights of a measure that is no word.
    pub(super) fn measure(&self, name: &str) -> [f64; DOORS] {
        self.groups.iter().find(|group| group.name == name).map(|group| group.weights).unwrap_or_default()
    }

    /// The cues that speak for a door rather than against it, those of the weightiest group first.
    pub(super) fn telling(found: &Found<'_>, door: usize) -> Vec<String> {
        let tells = |group: &Group| group.weights[door] > 0.0 && !MANNER.contains(&group.name.as_str());
        let mut groups: Vec<_> = found.iter().filter(|(group, _)| tells(group)).collect();
        groups.sort_by(|(a, _), (b, _)| b.weights[door].total_cmp(&a.weights[door]));
        let mut telling: Vec<String> = Vec::new();
        for words in groups.into_iter().flat_map(|(_, words)| words) {
            // *To say nothing* stands for *say nothing*.
            if telling.iter().any(|known| known.contains(words.as_str())) {
                continue;
            }
            telling.retain(|known| !words.contains(known.as_str()));
            telling.push(words.clone());
        }
        telling.truncate(NAMED);
        telling
    }
}

/// What people draw together or not, drawn together: *do not* and *don't* are one.
const DRAWN: [(&str, &str); 17] = [
    ("cannot", "cant"),
    ("can not", "cant"),
    ("do not", "dont"),
    ("did not", "didnt"),
    ("does not", "doesnt"),
    ("will not", "wont"),
    ("is not", "isnt"),
    ("are not", "arent"),
    ("was not", "wasnt"),
    ("were not", "werent"),
    ("has not", "hasnt"),
    ("have not", "havent"),
    ("could not", "couldnt"),
    ("would not", "wouldnt"),
    ("should not", "shouldnt"),
    ("i am", "im"),
    ("i have", "ive"),
];

/// A folded text with such words drawn together.
fn drawn(folded: &str) -> String {
    let mut text = format!(" {folded} ");
    for (apart, together) in DRAWN {
        text = text.replace(&format!(" {apart} "), &format!(" {together} "));
    }
    text.trim().to_owned()
}

/// The words of a hit without the spaces around them, to the end of the last word.
fn whole(text: &str, start: usize, end: usize) -> &str {
    let rest = text[end..].find(' ').unwrap_or(0);
    let end = if text[..end].ends_with(' ') { end } else { end + rest };
    text[start..end].trim()
}

/// `die] danger 188 wrongdoing 62 …`, in hundredths.
fn group(head: &str) -> Option<Group> {
    let (name, weights) = head.split_once(']')?;
    let mut words = weights.split_whitespace();
    let mut read = [0.0; DOORS];
    for (weight, door) in read.iter_mut().zip(NAMES) {
        words.next().filter(|name| *name == door)?;
        *weight = words.next()?.parse::<f64>().ok()? / 100.0;
    }
    Some(Group { name: name.to_owned(), weights: read })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_line_of_the_list_is_read() {
        let list = include_str!("cues.txt");
        let heads = list.lines().filter(|line| line.starts_with('['));
        assert_eq!(heads.count(), CUES.groups.len());
        assert!(CUES.groups_of.len() > 3_000, "{}", CUES.groups_of.len());
        let cues = list.lines().filter(|line| !line.starts_with(['[', '#'])).flat_map(|line| line.split(','));
        for cue in cues {
            let plain = cue.trim().trim_end_matches('*');
            assert_eq!(fold(plain), plain, "a cue is not folded, so it is never found");
        }
    }

    #[test]
    fn whole_words_are_found_and_beginnings_where_a_star_says_so() {
        let cues = Cues::read(
            "#\n[one] danger 100 wrongdoing 0 complaint 0 help 0 press -50\ngun, strangl*, on\nfire",
        );
        let found = |text: &str| cues.find(text)[0].1.join(", ");
        assert_eq!(found("he has a gun"), "gun");
        assert_eq!(found("the work has begun"), "");
        assert_eq!(found("strangled gun gun on fire"), "gun, strangled, on fire");
    }
}
