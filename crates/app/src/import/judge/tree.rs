//! The tree that the organisations of a file make: who is above whom, no loops, parents first.

use std::collections::HashMap;

use crate::import::columns::{Field, Mapping};
use crate::import::faults::{Fault, Wrong};
use crate::import::html::to_plain;
use crate::import::judge::Judged;
use crate::import::read::Sheet;
use crate::import::rows::{OrganisationRow, Parent};
use crate::import::synonyms::fold;

/// Where the parent of a row was found.
enum Found {
    Nowhere,
    /// Place among the good rows.
    Good(usize),
    /// Number of a row that has faults.
    Faulty(usize),
    /// Numbers of the rows that share the name.
    Several(Vec<usize>),
}

/// Rows by identifier and by name, faulty ones too: a child of a faulty row must not hang in the air.
struct Index {
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    good: HashMap<usize, usize>,
}

impl Index {
    fn new(good: &[OrganisationRow], sheet: &Sheet, mapping: &Mapping) -> Self {
        let (mut by_id, mut by_name) = (HashMap::new(), HashMap::<String, Vec<usize>>::new());
        for row in &sheet.rows {
            let cell = |field| {
                let place = mapping.place(field)?;
                Some(to_plain(row.cells.get(place)?)).filter(|text| !text.is_empty())
            };
            if let Some(id) = cell(Field::ExternalId) {
                by_id.entry(id).or_insert(row.number);
            }
            if let Some(name) = cell(Field::Name) {
                by_name.entry(fold(&name)).or_default().push(row.number);
            }
        }
        let good = good.iter().enumerate().map(|(place, row)| (row.row, place)).collect();
        Self { by_id, by_name, good }
    }

    fn find(&self, words: &str) -> Found {
        let named = || self.by_name.get(&fold(words)).map_or(&[][..], Vec::as_slice);
        let row = match (self.by_id.get(words), named()) {
            (None, []) => return Found::Nowhere,
            (Some(row), _) | (None, [row]) => *row,
            (None, rows) => return Found::Several(rows.to_vec()),
        };
        self.good.get(&row).map_or(Found::Faulty(row), |place| Found::Good(*place))
    }
}

/// Settles who is above whom; rows in a loop or below a faulty row become faults, and the rest come parents first.
pub(super) fn settle(
    mut judged: Judged<OrganisationRow>,
    sheet: &Sheet,
    mapping: &Mapping,
) -> Judged<OrganisationRow> {
    let index = Index::new(&judged.good, sheet, mapping);
    let column = mapping.place(Field::Parent).map(|place| sheet.columns[place].clone()).unwrap_or_default();
    let mut above: Vec<Option<usize>> = vec![None; judged.good.len()];
    let mut wrongs: Vec<(usize, Wrong)> = Vec::new();
    for (place, row) in judged.good.iter().enumerate() {
        let Some(Parent::Elsewhere { words }) = &row.parent else { continue };
        match index.find(words) {
            Found::Nowhere => {}
            Found::Good(parent) => above[place] = Some(parent),
            Found::Faulty(row) => wrongs.push((place, Wrong::ParentFaulty { row })),
            Found::Several(rows) => wrongs.push((place, Wrong::SeveralParents { name: words.clone(), rows })),
        }
    }
    wrongs.extend(loops(&above).into_iter().flat_map(|ring| loop_faults(&judged.good, &ring)));
    let order = parents_first(&above, &wrongs);
    wrongs.extend(hanging(&judged.good, &above, &order, &wrongs));
    report(&mut judged, &column, wrongs);
    judged.good = rebuilt(&judged.good, &above, &order);
    judged
}

fn loop_faults(good: &[OrganisationRow], ring: &[usize]) -> Vec<(usize, Wrong)> {
    let names: Vec<String> = ring.iter().chain(ring.first()).map(|place| good[*place].name.clone()).collect();
    ring.iter().map(|place| (*place, Wrong::ParentLoop { names: names.clone() })).collect()
}

/// Every ring of parents, once.
fn loops(above: &[Option<usize>]) -> Vec<Vec<usize>> {
    // The walk on which a row was first met; a row met again on the same walk closes a ring.
    let mut met: Vec<Option<usize>> = vec![None; above.len()];
    let mut rings = Vec::new();
    for start in 0..above.len() {
        let (mut at, mut path) = (Some(start), Vec::new());
        while let Some(place) = at.filter(|place| met[*place].is_none()) {
            met[place] = Some(start);
            path.push(place);
            at = above[place];
        }
        let closing = at.filter(|place| met[*place] == Some(start));
        rings
            .extend(closing.and_then(|place| Some(path.split_off(path.iter().position(|at| *at == place)?))));
    }
    rings
}

/// Places of the rows that hang from no fault, each after its parent.
fn parents_first(above: &[Option<usize>], wrongs: &[(usize, Wrong)]) -> Vec<usize> {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); above.len()];
    let mut is_wrong = vec![false; above.len()];
    for (place, _) in wrongs {
        is_wrong[*place] = true;
    }
    let mut order = Vec::new();
    for (place, parent) in above.iter().enumerate() {
        match parent {
            _ if is_wrong[place] => {}
            Some(parent) => below[*parent].push(place),
            None => order.push(place),
        }
    }
    let mut next = 0;
    while let Some(place) = order.get(next).copied() {
        order.append(&mut below[place]);
        next += 1;
    }
    order
}

/// Rows without a fault of their own whose parent cannot come in.
fn hanging(
    good: &[OrganisationRow],
    above: &[Option<usize>],
    order: &[usize],
    wrongs: &[(usize, Wrong)],
) -> Vec<(usize, Wrong)> {
    let mut settled = vec![false; good.len()];
    for place in order.iter().chain(wrongs.iter().map(|(place, _)| place)) {
        settled[*place] = true;
    }
    let fault =
        |place: usize| above[place].map(|parent| (place, Wrong::ParentFaulty { row: good[parent].row }));
    (0..good.len()).filter(|place| !settled[*place]).filter_map(fault).collect()
}

fn report(judged: &mut Judged<OrganisationRow>, column: &str, wrongs: Vec<(usize, Wrong)>) {
    for (place, wrong) in wrongs {
        judged.faults.push(Fault { row: judged.good[place].row, column: column.to_owned(), wrong });
    }
    judged.faults.sort_by_key(|fault| fault.row);
}

fn rebuilt(good: &[OrganisationRow], above: &[Option<usize>], order: &[usize]) -> Vec<OrganisationRow> {
    let row = |place: &usize| {
        let mut row = good[*place].clone();
        if let Some(parent) = above[*place] {
            row.parent = Some(Parent::InFile { external_id: good[parent].external_id.clone() });
        }
        row
    };
    order.iter().map(row).collect()
}
