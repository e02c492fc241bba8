//! Bars of a few numbers, drawn on the server. Each bar says its number beside it and each group its name above it, so that
//! nothing hangs on a colour; the same numbers are in the table that follows.

use askama::Template;

use super::Text;

/// The width of the drawing in its own units: that of the smallest screen, so that words stay readable there.
const WIDTH: u32 = 320;
/// The longest bar: what is left beside it holds its number.
const LONGEST: u32 = 130;
const LABEL: u32 = 22;
const BAR: u32 = 18;
const STEP: u32 = 24;
const GAP: u32 = 10;

/// A chart.
#[derive(Clone, Debug, Template)]
#[template(path = "components/chart.html")]
pub struct Chart {
    id: Text,
    finding: Text,
    description: Text,
    groups: Vec<Drawn>,
    height: u32,
}
is_html!(Chart);

/// A group of bars under one name.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its name.
    pub label: Text,
    /// Its bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// How long it is; nothing where there is no number.
    pub length: Option<u32>,
    /// The number in words.
    pub value: Text,
}

#[derive(Clone, Debug)]
struct Drawn {
    label: Text,
    y: u32,
    bars: Vec<DrawnBar>,
}

#[derive(Clone, Debug)]
struct DrawnBar {
    y: u32,
    base: u32,
    width: u32,
    x: u32,
    value: Text,
    series: usize,
}

impl Chart {
    /// A chart with what it finds as its title, what it shows for those who do not see it, and the length that fills it.
    pub fn new(
        id: impl Into<Text>,
        (finding, description): (impl Into<Text>, impl Into<Text>),
        (groups, full): (Vec<Group>, u32),
    ) -> Self {
        let mut y = 0;
        let drawn = groups.into_iter().map(|group| draw(group, full, &mut y)).collect();
        Self {
            id: id.into(),
            finding: finding.into(),
            description: description.into(),
            groups: drawn,
            height: y,
        }
    }

    const fn width() -> u32 {
        WIDTH
    }
}

fn draw(group: Group, full: u32, y: &mut u32) -> Drawn {
    let label_y = *y + LABEL - 6;
    *y += LABEL;
    let bars = group.bars.into_iter().enumerate().map(|(place, bar)| {
        let width = bar.length.map_or(0, |length| length.min(full) * LONGEST / full.max(1));
        let x = if width > 0 { width + 8 } else { 0 };
        let drawn = DrawnBar { y: *y, base: *y + BAR - 4, width, x, value: bar.value, series: place % 2 + 1 };
        *y += STEP;
        drawn
    });
    let bars = bars.collect();
    *y += GAP;
    Drawn { label: group.label, y: label_y, bars }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_longer_than_the_drawing() {
        let bar = |length| Bar { length, value: "x".into() };
        let bars = vec![bar(Some(50)), bar(Some(200)), bar(None), bar(Some(0))];
        let chart = Chart::new("c", ("f", "d"), (vec![Group { label: "a".into(), bars }], 100));
        let widths: Vec<_> = chart.groups[0].bars.iter().map(|bar| bar.width).collect();
        assert_eq!(widths, [LONGEST / 2, LONGEST, 0, 0]);
        assert_eq!(chart.height, LABEL + 4 * STEP + GAP);
        assert!(Chart::new("c", ("f", "d"), (Vec::new(), 0)).groups.is_empty());
    }
}
