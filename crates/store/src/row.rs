//! Rows of any table as values, so that one piece of code saves, loads in bulk and verifies every kind of record.

use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::{ColumnIndex, Database, Decode, Postgres, Sqlite, Type};
use uuid::Uuid;
use waymark_domain::ids::PartyId;
use waymark_domain::record::Record;
use waymark_domain::text::{Digest, Field};

/// What a column holds; both engines have a type for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `INTEGER` / `BIGINT`: numbers, pence, and instants in microseconds since 1970.
    Int,
    /// `TEXT`: words of the code, dates as `YYYY-MM-DD`.
    Text,
    /// `BLOB` / `UUID`.
    Id,
    /// `INTEGER` 0 or 1 / `BOOLEAN`.
    Bool,
    /// `BLOB` / `BYTEA`.
    Bytes,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Nothing, in a column of that kind.
    Null(Kind),
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
    /// An id.
    Id(Uuid),
    /// Yes or no.
    Bool(bool),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Cell {
    /// A cell, or null of that kind where there is no value.
    pub fn or_null<T: Into<Self>>(value: Option<T>, kind: Kind) -> Self {
        value.map_or(Self::Null(kind), Into::into)
    }

    /// The kind of column that it fits.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null(kind) => *kind,
            Self::Int(_) => Kind::Int,
            Self::Text(_) => Kind::Text,
            Self::Id(_) => Kind::Id,
            Self::Bool(_) => Kind::Bool,
            Self::Bytes(_) => Kind::Bytes,
        }
    }
}

/// Declares what turns into a cell.
macro_rules! cells {
    ($($from:ty, $value:ident => $cell:expr;)*) => {$(
        impl From<$from> for Cell {
            fn from($value: $from) -> Self {
                $cell
            }
        }
    )*};
}

cells! {
    i64, value => Self::Int(value);
    i32, value => Self::Int(value.into());
    u32, value => Self::Int(value.into());
    u16, value => Self::Int(value.into());
    u8, value => Self::Int(value.into());
    bool, value => Self::Bool(value);
    Uuid, value => Self::Id(value);
    String, value => Self::Text(value);
    &str, value => Self::Text(value.to_owned());
    Vec<u8>, value => Self::Bytes(value);
    Digest, value => Self::Bytes(value.0.to_vec());
    PartyId, value => Self::Id(value.0);
    chrono::DateTime<chrono::Utc>, value => Self::Int(value.timestamp_micros());
    chrono::NaiveDate, value => Self::Text(value.format("%Y-%m-%d").to_string());
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// A column, for lists of them.
pub const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// A table of rows that follow from records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns in the order of the cells of its rows; the key's come first.
    pub columns: &'static [Column],
    /// How many columns make the key.
    pub key: usize,
    /// The column that holds the record's id. It needs an index: verification reads by it.
    pub record: &'static str,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The table's name.
    pub table: &'static str,
    /// How many cells, from the first, make the key.
    pub key: usize,
    /// Column and value, in the table's order.
    pub cells: Vec<(&'static str, Cell)>,
}

impl Row {
    /// A row with one value for each column of the table, in its order.
    pub fn new(table: &Table, values: Vec<Cell>) -> Self {
        let names = table.columns.iter().map(|column| column.name);
        Self { table: table.name, key: table.key, cells: names.zip(values).collect() }
    }

    /// The values without their names.
    pub fn values(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().map(|(_, cell)| cell)
    }

    /// The key's values.
    pub fn key_values(&self) -> Vec<Cell> {
        self.values().take(self.key).cloned().collect()
    }
}

/// A part of a text that may not be shown, as the record decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// Which text.
    pub field: Field,
    /// The version at which it was written.
    pub version: u32,
    /// The spans, as the pages read them.
    pub spans: String,
}

/// A record that is kept: which rows follow from it.
pub trait Stored: Record<Event: Send + Sync> + Send + Sync + 'static {
    /// The version of the events' form, written beside each.
    const EVENT_VERSION: u32 = 1;

    /// The tables its rows lie in, in an order that foreign keys allow to be filled.
    const TABLES: &'static [Table];

    /// The rows that follow from it: pure, so that the same record always gives the same rows.
    fn project(&self) -> Vec<Row>;

    /// What of its texts is masked; a mask lies beside the text and follows from the record like any row.
    fn masks(&self) -> Vec<Mask> {
        Vec::new()
    }
}

/// Declares how a cell is bound on one engine: as the value it holds.
macro_rules! bound_on {
    ($engine:ty) => {
        impl Type<$engine> for Cell {
            fn type_info() -> <$engine as Database>::TypeInfo {
                <String as Type<$engine>>::type_info()
            }
        }

        impl<'q> Encode<'q, $engine> for Cell {
            fn encode_by_ref(
                &self,
                buffer: &mut <$engine as Database>::ArgumentBuffer,
            ) -> Result<IsNull, BoxDynError> {
                match self {
                    Self::Null(_) => Ok(IsNull::Yes),
                    Self::Int(value) => Encode::<'q, $engine>::encode_by_ref(value, buffer),
                    Self::Text(value) => Encode::<'q, $engine>::encode_by_ref(value, buffer),
                    Self::Id(value) => Encode::<'q, $engine>::encode_by_ref(value, buffer),
                    Self::Bool(value) => Encode::<'q, $engine>::encode_by_ref(value, buffer),
                    Self::Bytes(value) => Encode::<'q, $engine>::encode_by_ref(value, buffer),
                }
            }

            fn produces(&self) -> Option<<$engine as Database>::TypeInfo> {
                Some(match self.kind() {
                    Kind::Int => <i64 as Type<$engine>>::type_info(),
                    Kind::Text => <String as Type<$engine>>::type_info(),
                    Kind::Id => <Uuid as Type<$engine>>::type_info(),
                    Kind::Bool => <bool as Type<$engine>>::type_info(),
                    Kind::Bytes => <Vec<u8> as Type<$engine>>::type_info(),
                })
            }
        }
    };
}

bound_on!(Sqlite);
bound_on!(Postgres);

/// A type that a row of `R` can be asked for.
pub(crate) trait Readable<'r, D: Database>: Decode<'r, D> + Type<D> {}
impl<'r, D: Database, T: Decode<'r, D> + Type<D>> Readable<'r, D> for T {}

/// Reads the cell at an index of a row that either engine gave.
pub(crate) fn cell_at<'r, R>(row: &'r R, index: usize, kind: Kind) -> sqlx::Result<Cell>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    i64: Readable<'r, R::Database>,
    String: Readable<'r, R::Database>,
    Uuid: Readable<'r, R::Database>,
    bool: Readable<'r, R::Database>,
    Vec<u8>: Readable<'r, R::Database>,
{
    let read = match kind {
        Kind::Int => row.try_get::<Option<i64>, _>(index)?.map(Cell::Int),
        Kind::Text => row.try_get::<Option<String>, _>(index)?.map(Cell::Text),
        Kind::Id => row.try_get::<Option<Uuid>, _>(index)?.map(Cell::Id),
        Kind::Bool => row.try_get::<Option<bool>, _>(index)?.map(Cell::Bool),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(index)?.map(Cell::Bytes),
    };
    Ok(read.unwrap_or(Cell::Null(kind)))
}
