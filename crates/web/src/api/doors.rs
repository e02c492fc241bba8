//! Where else to go at a place, and who could say yes there: what the form shows before anything is told.

use super::read::Reading;
use super::schema::shapes;
use super::shapes::Place;
use waymark_app::find::doors;
use waymark_app::{Ctx, Error, Read, Result};
use waymark_domain::people::role::Role;
use waymark_domain::people::setting;

shapes! {
    /// A door: where to go with what is no idea.
    Elsewhere {
        /// Which one.
        door: setting::Door,
        /// The number, address or office, as it was set there.
        address: String,
    }

    /// Somebody who could say yes.
    Decider {
        /// The person’s name.
        name: String,
        /// By which role.
        role: Role,
        /// The name of the place where it is held.
        place: String,
    }

    /// The doors of a place, and who could say yes there.
    BeforeTelling {
        /// The place.
        place: Place,
        /// Can anything be told there? Only once all its doors are set.
        is_open: bool,
        /// Are ideas taken there from people who have no account?
        takes_public: bool,
        /// The doors that are set, the most urgent first.
        doors: Vec<Elsewhere>,
        /// The names of those who can set the doors, where they are not all set.
        ask: Vec<String>,
        /// Who could say yes, from the place upwards, each once; you yourself are not among them.
        deciders: Vec<Decider>,
    }
}

impl Reading<'_> {
    /// What a place says before anything is told there.
    pub(super) async fn doors(self, ctx: &mut Ctx<'_, Read>) -> Result<BeforeTelling> {
        let node = self.node()?;
        let here = doors::doors(ctx, Some(node)).await?;
        let spot = here.spot.ok_or(Error::NotFound)?;
        let deciders = doors::deciders(ctx, node).await?;
        let decider = |one: doors::Decider| Decider { name: one.name, role: one.role, place: one.at };
        Ok(BeforeTelling {
            place: Place { id: spot.node.0, name: spot.name },
            is_open: here.is_open,
            takes_public: here.takes_public,
            doors: here.doors.into_iter().map(|(door, address)| Elsewhere { door, address }).collect(),
            ask: here.ask,
            deciders: deciders.into_iter().map(decider).collect(),
        })
    }
}
