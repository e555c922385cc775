//! Words and beginnings of words, and the classes of each, in one tree of letters.
//!
//! A text has thousands of words and hardly any of them is known: one walk down the tree, which ends at the first byte
//! that no known word has there, says so without a copy of the word.

use std::ops::Range;

use super::cues::Class;

/// Words and beginnings of words, by their bytes. All of it lies side by side: the tree is walked for every word of every
/// timeline.
#[derive(Debug, Clone)]
pub(super) struct WordTree {
    /// The first is the root.
    nodes: Vec<Node>,
    /// The bytes that may follow a node, those of one side by side, and the node behind each.
    bytes: Vec<u8>,
    behind: Vec<u32>,
    classes: Vec<Class>,
    /// The node behind each first byte, of which there are many; none where it is the root.
    first: Vec<u32>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    /// The places of the bytes that may follow.
    next: Range<u32>,
    /// The places of the classes of the word that ends here, and behind them of those of the beginnings that end here or
    /// on the way here.
    classes: Range<u32>,
    /// How many of them are of the whole word.
    whole: u32,
}

impl Node {
    /// The places of the classes without so many of the first.
    fn classes_behind(&self, others: u32) -> Range<usize> {
        (self.classes.start + others) as usize..self.classes.end as usize
    }
}

/// A node while the tree grows.
#[derive(Default)]
struct Bud {
    next: Vec<(u8, usize)>,
    classes: Vec<Class>,
    whole: usize,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Classes<'t>(&'t [Class]);

impl<'t> Classes<'t> {
    pub(crate) fn contains(self, class: Class) -> bool {
        self.0.contains(&class)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Class> + 't {
        self.0.iter().copied()
    }
}

impl WordTree {
    /// A tree of words with their classes; a word that ends with `*` is the beginning of one.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = (&'w str, &'w [Class])>) -> Self {
        let mut buds = vec![Bud::default()];
        for (word, classes) in words {
            let beginning = word.strip_suffix('*');
            let at = grow(&mut buds, beginning.unwrap_or(word));
            if let Some(bud) = buds.get_mut(at) {
                if beginning.is_some() {
                    bud.classes.extend(classes);
                } else {
                    bud.classes.splice(bud.whole..bud.whole, classes.iter().copied());
                    bud.whole += classes.len();
                }
            }
        }
        pass_down(&mut buds);
        let mut tree = Self {
            nodes: Vec::with_capacity(buds.len()),
            bytes: Vec::with_capacity(buds.len()),
            behind: Vec::with_capacity(buds.len()),
            classes: Vec::new(),
            first: vec![0; 256],
        };
        for (byte, behind) in buds.iter().take(1).flat_map(|root| &root.next) {
            if let Some(first) = tree.first.get_mut(usize::from(*byte)) {
                *first = number(*behind);
            }
        }
        for bud in &buds {
            tree.add(bud);
        }
        tree
    }

    fn add(&mut self, bud: &Bud) {
        let (next, classes) = (number(self.bytes.len()), number(self.classes.len()));
        self.bytes.extend(bud.next.iter().map(|(byte, _)| byte));
        self.behind.extend(bud.next.iter().map(|(_, behind)| number(*behind)));
        self.classes.extend(&bud.classes);
        let (next, classes) = (next..number(self.bytes.len()), classes..number(self.classes.len()));
        self.nodes.push(Node { next, classes, whole: number(bud.whole) });
    }

    /// The classes of a word.
    pub(super) fn classes(&self, word: &str) -> Classes<'_> {
        let (length, last) = self.walk(word).fold((0, None), |(length, _), node| (length + 1, Some(node)));
        let Some(node) = last else { return Classes::default() };
        // A word of which the tree knows only how it begins has the classes of its beginnings.
        let others = if length == word.len() { 0 } else { node.whole };
        Classes(self.classes.get(node.classes_behind(others)).unwrap_or_default())
    }

    /// The longest word that a text begins with: its length in bytes.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Classes<'_>)> {
        let ends = self.walk(text).zip(1..).filter(|(node, _)| node.whole > 0);
        let (node, length) = ends.last()?;
        let classes = self.classes.get(node.classes_behind(0))?;
        Some((length, Classes(classes.get(..node.whole as usize)?)))
    }

    /// The nodes behind the bytes of a text, as far as there are any.
    fn walk<'t>(&'t self, text: &str) -> impl Iterator<Item = &'t Node> {
        let mut bytes = text.bytes();
        let first =
            bytes.next().and_then(|byte| self.first.get(usize::from(byte)).copied()).unwrap_or_default();
        let first = self.nodes.get(first as usize).filter(|_| first > 0);
        std::iter::successors(first, move |node| {
            let byte = bytes.next()?;
            let start = node.next.start as usize;
            let next = self.bytes.get(start..node.next.end as usize)?;
            let at = next.iter().position(|other| *other == byte)?;
            self.nodes.get(*self.behind.get(start + at)? as usize)
        })
    }
}

/// A place in the tree, which lies closer together with small numbers.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The place of a word, made if there is none.
fn grow(buds: &mut Vec<Bud>, word: &str) -> usize {
    let mut at = 0;
    for byte in word.bytes() {
        let free = buds.len();
        let Some(bud) = buds.get_mut(at) else { break };
        if let Some((_, next)) = bud.next.iter().find(|(other, _)| *other == byte) {
            at = *next;
        } else {
            bud.next.push((byte, free));
            buds.push(Bud::default());
            at = free;
        }
    }
    at
}

/// Gives each place what is begun on the way to it. One stands behind the one that leads to it.
fn pass_down(buds: &mut [Bud]) {
    for at in 0..buds.len() {
        let Some(bud) = buds.get(at) else { continue };
        let (next, begun) = (bud.next.clone(), bud.classes.get(bud.whole..).unwrap_or_default().to_vec());
        for (_, below) in next {
            if let Some(bud) = buds.get_mut(below) {
                bud.classes.extend(&begun);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_classes_of_itself_and_of_its_beginnings() {
        let words: [(&str, &[Class]); 5] =
            [("fail", &[1]), ("fail*", &[2]), ("fa*", &[3]), ("failed", &[4, 5]), ("på", &[6])];
        let tree = WordTree::new(words);
        let of = |word: &str| tree.classes(word).iter().collect::<Vec<_>>();
        assert_eq!(of("fail"), [1, 2, 3]);
        assert_eq!(of("failed"), [4, 5, 2, 3]);
        assert_eq!(of("failure"), [2, 3]);
        assert_eq!(of("fa"), [3]);
        assert_eq!(of("f"), Vec::<Class>::new());
        assert_eq!(of("på"), [6]);
        assert_eq!(of("p\u{e6}"), Vec::<Class>::new());
        assert_eq!(of(""), Vec::<Class>::new());
        assert!(tree.classes("failed").contains(3) && !tree.classes("failed").contains(1));
    }

    #[test]
    fn the_longest_word_at_the_beginning_of_a_text_is_found() {
        let words: [(&str, &[Class]); 3] = [("復旧", &[1]), ("復", &[2]), ("復旧し*", &[3])];
        let tree = WordTree::new(words);
        let longest = |text: &str| {
            tree.longest(text).map(|(length, classes)| (length, classes.iter().collect::<Vec<_>>()))
        };
        assert_eq!(longest("復旧した"), Some((6, vec![1])));
        assert_eq!(longest("復元"), Some((3, vec![2])));
        assert_eq!(longest("旧"), None);
    }
}
