//! Objects by their numbers: a persistent array of a wide, flat tree.
//!
//! Numbers are given one after the other, so the digits of a number are the way to its object, and nothing is compared on that way. A copy
//! costs nothing; a change copies the few nodes on the way to it, and what two copies still share is seen at once. Invariant: the tree is
//! `height` nodes high everywhere, and no number in it needs more digits.

use std::sync::Arc;

use super::Oid;

/// How many bits of a number a node reads.
const BITS: u32 = 4;
const WIDTH: usize = 1 << BITS;

/// Values by number.
#[derive(Debug)]
pub(super) struct Numbered<T> {
    root: Arc<Node<T>>,
    height: u32,
}

#[derive(Debug)]
enum Node<T> {
    Branch([Option<Arc<Node<T>>>; WIDTH]),
    Leaf([Option<Arc<T>>; WIDTH]),
}

impl<T> Clone for Numbered<T> {
    fn clone(&self) -> Self {
        Self { root: Arc::clone(&self.root), height: self.height }
    }
}

impl<T> Clone for Node<T> {
    fn clone(&self) -> Self {
        match self {
            Node::Branch(nodes) => Node::Branch(nodes.clone()),
            Node::Leaf(values) => Node::Leaf(values.clone()),
        }
    }
}

/// The digit of a number that a node reads which stands on `level` others.
const fn digit(number: u32, level: u32) -> usize {
    (number >> (level * BITS)) as usize & (WIDTH - 1)
}

impl<T> Node<T> {
    fn empty(level: u32) -> Node<T> {
        if level == 0 { Node::Leaf(Default::default()) } else { Node::Branch(Default::default()) }
    }
}

impl<T> Numbered<T> {
    pub(super) fn new() -> Self {
        Self { root: Arc::new(Node::empty(0)), height: 1 }
    }

    /// Whether nothing is different and nothing was touched.
    pub(super) fn ptr_eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.root, &other.root)
    }

    /// Whether a number has no more digits than the tree reads.
    const fn reaches(&self, number: u32) -> bool {
        self.height * BITS >= u32::BITS || number >> (self.height * BITS) == 0
    }

    pub(super) fn get(&self, oid: Oid) -> Option<&Arc<T>> {
        if !self.reaches(oid.0) {
            return None;
        }
        let (mut node, mut level) = (&self.root, self.height - 1);
        loop {
            match &**node {
                Node::Branch(nodes) => node = nodes[digit(oid.0, level)].as_ref()?,
                Node::Leaf(values) => return values[digit(oid.0, 0)].as_ref(),
            }
            level -= 1;
        }
    }

    /// What is there, to be changed; nothing is copied if nothing is there.
    pub(super) fn get_mut(&mut self, oid: Oid) -> Option<&mut Arc<T>> {
        self.get(oid)?;
        self.place(oid).as_mut()
    }

    pub(super) fn insert(&mut self, oid: Oid, value: Arc<T>) {
        while !self.reaches(oid.0) {
            self.grow();
        }
        *self.place(oid) = Some(value);
    }

    pub(super) fn remove(&mut self, oid: Oid) -> Option<Arc<T>> {
        self.get(oid)?;
        self.place(oid).take()
    }

    /// The place of a number that the tree reaches.
    fn place(&mut self, oid: Oid) -> &mut Option<Arc<T>> {
        let (mut node, mut level) = (&mut self.root, self.height - 1);
        loop {
            match Arc::make_mut(node) {
                Node::Branch(nodes) => {
                    node = nodes[digit(oid.0, level)].get_or_insert_with(|| Arc::new(Node::empty(level - 1)));
                }
                Node::Leaf(values) => return &mut values[digit(oid.0, 0)],
            }
            level -= 1;
        }
    }

    /// All values, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Oid, &Arc<T>)> {
        Iter { open: vec![(&*self.root, 0)] }
    }

    /// The numbers whose values are not the very same in `other`, in their order. Nothing is looked at that both share.
    pub(super) fn changed(&self, other: &Self) -> Vec<Oid> {
        let (mut left, mut right) = (self.clone(), other.clone());
        while left.height < right.height {
            left.grow();
        }
        while right.height < left.height {
            right.grow();
        }
        let mut found = Vec::new();
        differ(Some(&left.root), Some(&right.root), 0, &mut found);
        found
    }

    /// One node more on top.
    fn grow(&mut self) {
        let mut nodes: [Option<Arc<Node<T>>>; WIDTH] = Default::default();
        nodes[0] = Some(Arc::clone(&self.root));
        self.root = Arc::new(Node::Branch(nodes));
        self.height += 1;
    }
}

/// Adds to `found` the numbers of values that are not the same below two nodes, `number` being what the nodes above read.
fn differ<T>(left: Option<&Arc<Node<T>>>, right: Option<&Arc<Node<T>>>, number: u32, found: &mut Vec<Oid>) {
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) if Arc::ptr_eq(left, right) => return,
        (None, None) => return,
        (left, right) => (left.map(|node| &**node), right.map(|node| &**node)),
    };
    for at in 0..WIDTH {
        let number = number << BITS | at as u32;
        match (left, right) {
            (Some(Node::Leaf(_)), _) | (_, Some(Node::Leaf(_))) => match (value(left, at), value(right, at)) {
                (Some(left), Some(right)) if Arc::ptr_eq(left, right) => {}
                (None, None) => {}
                _ => found.push(Oid(number)),
            },
            _ => differ(below(left, at), below(right, at), number, found),
        }
    }
}

fn below<T>(node: Option<&Node<T>>, at: usize) -> Option<&Arc<Node<T>>> {
    match node {
        Some(Node::Branch(nodes)) => nodes[at].as_ref(),
        _ => None,
    }
}

fn value<T>(node: Option<&Node<T>>, at: usize) -> Option<&Arc<T>> {
    match node {
        Some(Node::Leaf(values)) => values[at].as_ref(),
        _ => None,
    }
}

/// A walk through a tree: the nodes that are open, and what of each is the next, with the digits that led to it.
struct Iter<'t, T> {
    open: Vec<(&'t Node<T>, u32)>,
}

impl<'t, T> Iterator for Iter<'t, T> {
    type Item = (Oid, &'t Arc<T>);

    fn next(&mut self) -> Option<(Oid, &'t Arc<T>)> {
        while let Some((node, number)) = self.open.pop() {
            let at = digit(number, 0);
            if at + 1 < WIDTH {
                self.open.push((node, number + 1));
            }
            match node {
                Node::Branch(nodes) => self.open.extend(nodes[at].iter().map(|below| (&**below, number << BITS))),
                Node::Leaf(values) => {
                    if let Some(value) = &values[at] {
                        return Some((Oid(number), value));
                    }
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[u32]) -> Numbered<u32> {
        let mut values = Numbered::new();
        for number in numbers {
            values.insert(Oid(*number), Arc::new(*number));
        }
        values
    }

    #[test]
    fn what_is_put_there_is_found_there() {
        let numbers = [0, 1, 15, 16, 17, 255, 256, 70_000, 1 << 20, u32::MAX - 1, u32::MAX];
        let mut values = of(&numbers);
        assert_eq!(values.iter().map(|(oid, value)| (oid.0, **value)).collect::<Vec<_>>(), numbers.map(|number| (number, number)));
        assert_eq!(values.get(Oid(70_000)).map(|value| **value), Some(70_000));
        assert_eq!((values.get(Oid(2)), values.get(Oid(70_001)), of(&[3]).get(Oid(16))), (None, None, None));
        assert_eq!(values.remove(Oid(16)).as_deref(), Some(&16));
        assert_eq!((values.remove(Oid(16)), values.get(Oid(16)), values.iter().count()), (None, None, numbers.len() - 1));
    }

    #[test]
    fn a_copy_stays_as_it_is() {
        let before = of(&[1, 20, 300]);
        let mut after = before.clone();
        assert!(before.ptr_eq(&after) && before.changed(&after).is_empty());
        *after.get_mut(Oid(20)).expect("it is there") = Arc::new(0);
        after.remove(Oid(1));
        after.insert(Oid(5_000), Arc::new(0));
        assert_eq!(before.get(Oid(20)).map(|value| **value), Some(20));
        assert_eq!(
            (before.changed(&after), after.changed(&before)),
            (vec![Oid(1), Oid(20), Oid(5_000)], vec![Oid(1), Oid(20), Oid(5_000)])
        );
    }

    #[test]
    fn what_is_not_there_is_not_touched() {
        let before = of(&[1]);
        let mut after = before.clone();
        assert_eq!(after.get_mut(Oid(2)), None);
        assert_eq!(after.remove(Oid(2)), None);
        assert!(before.ptr_eq(&after));
    }
}
