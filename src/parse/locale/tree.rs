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
    /// The classes of the word that ends here, and behind them those of the beginnings that end here or on the way here.
    classes: Vec<Class>,
    /// How many of them are of the whole word.
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
        let mut tree = Self { nodes: vec![Node::default()], first: vec![0; 256] };
        for (word, classes) in words {
            let beginning = word.strip_suffix('*');
            let at = tree.grow(beginning.unwrap_or(word));
            if let Some(node) = tree.nodes.get_mut(at) {
                if beginning.is_some() {
                    node.classes.extend(classes);
                } else {
                    node.classes.splice(node.whole..node.whole, classes.iter().copied());
                    node.whole += classes.len();
                }
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
            let Some(node) = self.nodes.get(at) else { continue };
            let (next, begun) = (node.next.clone(), node.begun().to_vec());
            for (_, below) in next {
                if let Some(node) = self.nodes.get_mut(below) {
                    node.classes.extend(&begun);
                }
            }
        }
    }

    /// The classes of a word.
    pub(super) fn classes(&self, word: &str) -> Classes<'_> {
        let (length, last) = self.walk(word).fold((0, None), |(length, _), node| (length + 1, Some(node)));
        Classes(match last {
            None => &[],
            Some(node) if length == word.len() => &node.classes,
            Some(node) => node.begun(),
        })
    }

    /// The longest word that a text begins with: its length in bytes.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, Classes<'_>)> {
        let ends = self.walk(text).zip(1..).filter(|(node, _)| node.whole > 0);
        let (node, length) = ends.last()?;
        Some((length, Classes(node.classes.get(..node.whole)?)))
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
    /// The classes of the beginnings that end here or on the way here.
    fn begun(&self) -> &[Class] {
        self.classes.get(self.whole..).unwrap_or_default()
    }

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
