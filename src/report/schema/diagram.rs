//! Where the tables of a diagram stand: in columns, each table to the right of those that it refers to.
//!
//! A table's rank is the longest chain of foreign keys that leads from it. Within a rank tables stand where those are that they refer to; a rank
//! that would be much taller than the others is broken into several columns. Tables without foreign keys stand by themselves below. Lengths are
//! in pixels.

use std::collections::BTreeMap;

use crate::catalog::Name;
use crate::catalog::outline::{Outline, Table};

/// The height of a table's title, of a row, and of what is said below the rows.
pub(super) const TITLE: u32 = 30;
pub(super) const ROW: u32 = 21;
pub(super) const FOOT: u32 = 20;
/// Of a table with more columns only the keys are drawn, and so many of the others that there are as many rows.
const ROWS: usize = 12;
const GAP_ACROSS: u32 = 90;
const GAP_DOWN: u32 = 26;
const MARGIN: u32 = 24;
/// Of a character.
const CHARACTER: u32 = 7;
const NARROWEST: u32 = 170;
const WIDEST: u32 = 330;

/// A drawn table.
pub(super) struct Box<'o> {
    pub(super) schema: &'o Name,
    pub(super) name: &'o Name,
    pub(super) table: &'o Table,
    /// The columns that are drawn, by their places among the table's.
    pub(super) rows: Vec<usize>,
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Box<'_> {
    /// How far down the middle of a column's row is.
    pub(super) fn row(&self, column: &str) -> u32 {
        let at = self.rows.iter().position(|row| *self.table.columns[*row].name == *column);
        self.y + at.map_or(TITLE / 2, |at| TITLE + at as u32 * ROW + ROW / 2)
    }

    /// How many columns are not drawn.
    pub(super) fn hidden(&self) -> usize {
        self.table.columns.len() - self.rows.len()
    }
}

/// A foreign key between drawn tables, by their places.
pub(super) struct Line<'o> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) column: &'o str,
    pub(super) referenced: &'o str,
    pub(super) nullable: bool,
}

/// A diagram.
pub(super) struct Diagram<'o> {
    pub(super) boxes: Vec<Box<'o>>,
    pub(super) lines: Vec<Line<'o>>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Lays the tables of `outline` out; partitions are not drawn beside their whole.
pub(super) fn diagram(outline: &Outline) -> Diagram<'_> {
    let drawn = outline.tables().filter(|(_, _, table)| table.partition_of.is_none());
    let mut boxes: Vec<Box<'_>> = drawn.map(|(schema, name, table)| sized(schema, name, table)).collect();
    let places: BTreeMap<(&str, &str), usize> = boxes.iter().enumerate().map(|(at, one)| ((&**one.schema, &**one.name), at)).collect();
    let mut lines = Vec::new();
    for (from, one) in boxes.iter().enumerate() {
        for key in one.table.foreign_keys.values() {
            let (Some(to), Some(column), Some(referenced)) =
                (places.get(&(&*key.schema, &*key.table)), key.columns.first(), key.referenced.first())
            else {
                continue;
            };
            let nullable = key.columns.iter().any(|column| super::is_nullable(one.table, column));
            lines.push(Line { from, to: *to, column, referenced, nullable });
        }
    }
    let (width, height) = placed(&mut boxes, &lines);
    Diagram { boxes, lines, width, height }
}

fn sized<'o>(schema: &'o Name, name: &'o Name, table: &'o Table) -> Box<'o> {
    let all = table.columns.len();
    let is_key = |at: &usize| super::is_primary(table, &table.columns[*at].name) || super::is_foreign(table, &table.columns[*at].name);
    let rows: Vec<usize> = if all <= ROWS {
        (0..all).collect()
    } else {
        let keys = (0..all).filter(is_key).count();
        let mut others = ROWS.saturating_sub(keys);
        let mut takes = |at: &usize| {
            is_key(at)
                || (others > 0 && {
                    others -= 1;
                    true
                })
        };
        (0..all).filter(|at| takes(at)).collect()
    };
    let length = |at: &usize| {
        let column = &table.columns[*at];
        column.name.chars().count() + column.ty.as_deref().unwrap_or_default().chars().count() + 5
    };
    let longest = rows.iter().map(length).chain([name.chars().count() + schema.chars().count() + 3]).max().unwrap_or_default() as u32;
    let width = (longest * CHARACTER + 20).clamp(NARROWEST, WIDEST);
    let foot = if rows.len() < all { FOOT } else { 6 };
    let height = TITLE + rows.len() as u32 * ROW + foot;
    Box { schema, name, table, rows, x: 0, y: 0, width, height }
}

/// Gives every box its place, and the whole its width and height.
fn placed(boxes: &mut [Box<'_>], lines: &[Line<'_>]) -> (u32, u32) {
    let ranks = ranks(boxes.len(), lines);
    let tied = |at: usize| lines.iter().any(|line| line.from != line.to && (line.from == at || line.to == at));
    let area: u32 = boxes.iter().map(|one| (one.width + GAP_ACROSS) * (one.height + GAP_DOWN) / 1_000).sum();
    // Somewhat wider than high.
    let tallest = ((f64::from(area) * 1_000.0 / 1.6).sqrt() as u32).max(700);
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let highest = ranks.iter().copied().max().unwrap_or_default();
    let mut middle: Vec<f64> = vec![0.0; boxes.len()];
    for rank in 0..=highest {
        let mut members: Vec<usize> = (0..boxes.len()).filter(|at| ranks[*at] == rank && tied(*at)).collect();
        let wish = |at: usize, middle: &[f64]| {
            let targets: Vec<f64> = lines.iter().filter(|line| line.from == at && line.to != at).map(|line| middle[line.to]).collect();
            if targets.is_empty() { f64::MAX } else { targets.iter().sum::<f64>() / targets.len() as f64 }
        };
        if rank == 0 {
            // The most referred to stand first.
            members.sort_by_key(|at| std::cmp::Reverse(lines.iter().filter(|line| line.to == *at).count()));
        } else {
            members.sort_by(|a, b| wish(*a, &middle).total_cmp(&wish(*b, &middle)));
        }
        let total: u32 = members.iter().map(|at| boxes[*at].height + GAP_DOWN).sum();
        let parts = total.div_ceil(tallest).max(1);
        let share = total / parts;
        let (mut column, mut down) = (Vec::new(), 0);
        for at in members {
            middle[at] = f64::from(down + boxes[at].height / 2);
            down += boxes[at].height + GAP_DOWN;
            column.push(at);
            if down >= share {
                columns.push(std::mem::take(&mut column));
                down = 0;
            }
        }
        if !column.is_empty() {
            columns.push(column);
        }
    }
    let height_of = |column: &[usize], boxes: &[Box<'_>]| column.iter().map(|at| boxes[*at].height + GAP_DOWN).sum::<u32>();
    let tall = columns.iter().map(|column| height_of(column, boxes)).max().unwrap_or_default();
    let mut x = MARGIN;
    for column in &columns {
        let mut y = MARGIN + (tall - height_of(column, boxes)) / 2;
        for at in column {
            (boxes[*at].x, boxes[*at].y) = (x, y);
            y += boxes[*at].height + GAP_DOWN;
        }
        x += column.iter().map(|at| boxes[*at].width).max().unwrap_or_default() + GAP_ACROSS;
    }
    let mut width = if columns.is_empty() { 0 } else { x - GAP_ACROSS + MARGIN };
    let loose: Vec<usize> = (0..boxes.len()).filter(|at| !tied(*at)).collect();
    let top = if columns.is_empty() { MARGIN } else { MARGIN + tall + GAP_DOWN };
    let (right, bottom) = shelved(boxes, &loose, top, width.max(1_100));
    width = width.max(right);
    (width, bottom.max(top) + MARGIN)
}

/// Puts boxes beside each other, in rows of at most `width`; gives the right and the lower end of them.
fn shelved(boxes: &mut [Box<'_>], loose: &[usize], top: u32, width: u32) -> (u32, u32) {
    let (mut x, mut y, mut row, mut right) = (MARGIN, top, 0, 0);
    for at in loose {
        let one = &mut boxes[*at];
        if x > MARGIN && x + one.width + MARGIN > width {
            (x, y, row) = (MARGIN, y + row + GAP_DOWN, 0);
        }
        (one.x, one.y) = (x, y);
        row = row.max(one.height);
        x += one.width + GAP_DOWN;
        right = right.max(x - GAP_DOWN + MARGIN);
    }
    (right, y + row)
}

/// The longest chains of foreign keys that lead from each table; one that would go round is cut.
fn ranks(count: usize, lines: &[Line<'_>]) -> Vec<usize> {
    let mut targets = vec![Vec::new(); count];
    for line in lines.iter().filter(|line| line.from != line.to) {
        targets[line.from].push(line.to);
    }
    let mut ranks: Vec<Option<usize>> = vec![None; count];
    // Each table with the number of its targets that were looked at, so that no chain is too long for the stack.
    for start in 0..count {
        let mut open: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, next)) = open.pop() {
            if ranks[at].is_some() {
                continue;
            }
            match targets[at].get(next) {
                Some(target) => {
                    open.push((at, next + 1));
                    if ranks[*target].is_none() && !open.iter().any(|(other, _)| other == target) {
                        open.push((*target, 0));
                    }
                }
                None => ranks[at] = Some(targets[at].iter().filter_map(|target| ranks[*target]).map(|rank| rank + 1).max().unwrap_or(0)),
            }
        }
    }
    ranks.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(from: usize, to: usize) -> Line<'static> {
        Line { from, to, column: "", referenced: "", nullable: false }
    }

    #[test]
    fn a_table_stands_behind_what_it_refers_to() {
        assert_eq!(ranks(4, &[line(0, 1), line(1, 2), line(0, 2), line(3, 3)]), [2, 1, 0, 0]);
    }

    #[test]
    fn chains_that_go_round_are_cut() {
        let found = ranks(3, &[line(0, 1), line(1, 2), line(2, 0)]);
        assert_eq!(found.iter().max(), Some(&2));
    }
}
