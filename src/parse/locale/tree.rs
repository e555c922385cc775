//! Words and beginnings of words, and the classes of each, in one tree of letters.
//!
//! A text has thousands of words and hardly any of them is known: one walk down the tree, which ends at the first byte
//! that no known word has there, says so without a copy of the word.

use super::cues::Class;

/// Words and beginnings of words, by their bytes.
#[derive(Debug, Clone)]
pub(super) struct WordTree {
    /// The first is the root.
    nodes: Vec<Node>,
    /// The node behind each first byte, of which there are many; none where it is the root.
    first: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    /// The nodes behind each byte that may follow.
    next: Vec<(u8, usize)>,
    /// The classes of the word that ends here.
    whole: Vec<Class>,
    /// The classes of the beginnings that end here or on the way here.
    begun: Vec<Class>,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Classes<'t> {
    whole: &'t [Class],
    begun: &'t [Class],
}

impl<'t> Classes<'t> {
    pub(crate) fn contains(self, class: Class) -> bool {
        self.whole.contains(&class) || self.begun.contains(&class)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Class> + 't {
        self.whole.iter().chain(self.begun).copied()
    }
}

impl WordTree {
    /// A tree of words with their classes; a word that ends with `*` is the beginning of one.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = (&'w str, &'w [Class])>) -> Self {
        let mut tree = Self { nodes: vec![Node::default()], first: vec![0; 256] };
        for (word, classes) in words {
            let beginning = word.strip_suffix('*');
            let at = tree.grow(beginning.unwrap_or(word));
            if let Some(node) = tree.nodes.get_mut(at) {
                let known = if beginning.is_some() { &mut node.begun } else { &mut node.whole };
                known.extend(classes);
            }
        }
        tree.pass_down();
        for (byte, next) in tree.nodes.first().map(|root| root.next.clone()).unwrap_or_default() {
            if let Some(first) = tree.first.get_mut(usize::from(byte)) {
                *first = next;
            }
        }
        tree
    }

    /// The node of a word, made if there is none.
    fn grow(&mut self, word: &str) -> usize {
        let mut at = 0;
        for byte in word.bytes() {
            let free = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { break };
            if let Some(next) = node.behind(byte) {
                at = next;
            } else {
                node.next.push((byte, free));
                self.nodes.push(Node::default());
                at = free;
            }
        }
        at
    }

    /// Gives each node what is begun on the way to it. A node stands behind the one that leads to it.
    fn pass_down(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(Node { next, begun, .. }) = self.nodes.get(at).cloned() else { continue };
            for (_, below) in next {
                if let Some(node) = self.nodes.get_mut(below) {
                    node.begun.extend(&begun);
                }
            }
        }
    }

    /// The classes of a word.
    pub(super) fn classes(&self, word: &str) -> Classes<'_> {
        let mut left = word.len();
        let mut last = Classes::default();
        for node in self.walk(word) {
            left -= 1;
            last = Classes { whole: if left == 0 { &node.whole } else { &[] }, begun: &node.begun };
        }
        last
    }

    /// The longest word that a text begins with: its length in bytes.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Classes<'_>)> {
        let ends = self.walk(text).zip(1..).filter(|(node, _)| !node.whole.is_empty());
        let (node, length) = ends.last()?;
        Some((length, Classes { whole: &node.whole, begun: &[] }))
    }

    /// The nodes behind the bytes of a text, as far as there are any.
    fn walk<'t>(&'t self, text: &str) -> impl Iterator<Item = &'t Node> {
        let mut bytes = text.bytes();
        let first =
            bytes.next().and_then(|byte| self.first.get(usize::from(byte)).copied()).unwrap_or_default();
        let first = self.nodes.get(first).filter(|_| first > 0);
        std::iter::successors(first, move |node| {
            node.behind(bytes.next()?).and_then(|next| self.nodes.get(next))
        })
    }
}

impl Node {
    fn behind(&self, byte: u8) -> Option<usize> {
        self.next.iter().find(|(other, _)| *other == byte).map(|(_, next)| *next)
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
