//! The language that a postmortem is written in, where it is another than that of the site.
//!
//! A screen reader pronounces by it, a browser picks the right forms of Chinese characters by it, and hyphens stand where
//! they belong. It is told by the letters and pairs of letters of the running text; one that is too short to tell, or
//! too mixed, has that of the site.

use std::sync::LazyLock;

use whatlang::{Detector, Info, Lang};

use super::{passages, words::same_language};
use crate::{model::Postmortem, source::SourceFile, terms::is_unspaced};

/// How many letters are looked at first, and how many when those leave a doubt.
const LETTERS: [usize; 2] = [500, 2_000];
/// Fewer say nothing.
const FEWEST: usize = 120;

/// The languages that are told from each other, with their tags. Few make it quick, and neighbours of those that
/// Afterword reads are there so that they are not taken for one of them.
const LANGUAGES: [(Lang, &str); 26] = [
    (Lang::Eng, "en"),
    (Lang::Ara, "ar"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hun, "hu"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Slk, "sk"),
    (Lang::Spa, "es"),
    (Lang::Swe, "sv"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
];

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|(language, _)| *language).collect()));

/// The tag of the language that a postmortem is written in; empty for that of the site, or when nothing tells.
pub(crate) fn of(postmortem: &Postmortem, source: &SourceFile, site: &str) -> &'static str {
    let told = LETTERS.into_iter().find_map(|letters| {
        let text = passages::beginning(postmortem, source, letters);
        tag(&text)
    });
    told.filter(|tag| !same_language(tag, site)).unwrap_or_default()
}

/// The tag of the language of a running text, when that is beyond doubt.
fn tag(text: &str) -> Option<&'static str> {
    if is_english(text) {
        return Some("en");
    }
    let unspaced: String = text.chars().filter(|letter| is_unspaced(*letter)).collect();
    let (letters, signs) =
        (text.chars().filter(|letter| letter.is_alphabetic()).count(), unspaced.chars().count());
    // Names of services and commands are in Latin letters in every language, and many; a sign stands for several letters.
    let (text, fewest) = if signs * 8 > letters { (unspaced.as_str(), FEWEST / 4) } else { (text, FEWEST) };
    if letters < fewest {
        return None;
    }
    let found = DETECTOR.detect(text).filter(Info::is_reliable)?.lang();
    LANGUAGES.iter().find(|(language, _)| *language == found).map(|(_, tag)| *tag)
}

/// Words that hardly any other of the languages has; every fourth or fifth word of an English text.
const ENGLISH: [&[u8]; 22] = [
    b"the", b"of", b"to", b"and", b"that", b"with", b"from", b"it", b"this", b"were", b"which", b"been",
    b"when", b"not", b"after", b"because", b"until", b"their", b"there", b"they", b"would", b"could",
];

/// True for what is English at a glance, as most postmortems are. Weighing all languages against each other comes to the
/// same, and takes fifty times as long.
fn is_english(text: &str) -> bool {
    let (mut letters, mut words, mut known) = (0, 0, 0);
    let ascii = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    for word in ascii.filter(|word| !word.is_empty()) {
        letters += word.len();
        words += 1;
        known += usize::from(ENGLISH.contains(&word));
    }
    letters >= FEWEST && known * 7 >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_text_tells_its_language() {
        let texts = [
            (
                "en",
                "The pool of connections ran out because a deploy had halved it, and every request to the search waited until it gave up. Nobody had looked at the number of connections for a year, and the alert that should have told us was still waiting for its threshold.",
            ),
            (
                "nb",
                "Tilkoblingene tok slutt fordi en utrulling hadde halvert antallet, og hver forespørsel til søket ventet til den ga opp. Vi oppdaget det først da kundene ringte oss. Ingen hadde sett på antallet tilkoblinger på et år, og varselet som skulle ha sagt fra, var ennå ikke tatt i bruk. Nå følger vi med på det hver uke, og ingen utrulling får lov til å endre det uten at noen har sett på tallene først.",
            ),
            (
                "de",
                "Die Verbindungen gingen aus, weil eine Auslieferung ihre Zahl halbiert hatte, und jede Anfrage an die Suche wartete, bis sie aufgab. Niemand hatte seit einem Jahr auf diese Zahl geachtet, und der Alarm, der uns hätte wecken sollen, war noch nicht eingerichtet.",
            ),
            (
                "ja",
                "デプロイによって接続数が半分になり、検索へのすべてのリクエストがタイムアウトするまで待たされました。原因は設定の誤りでした。",
            ),
            (
                "ja",
                "news-creator と rag-orchestrator の GPU 未使用: dGPU を搭載した remote が Ollama の古い version (v0.16.2) で動作しており、GPU を全く使わず CPU fallback で長期間運用されていた。",
            ),
            (
                "zh",
                "由于一次部署使连接数减少了一半，所有对搜索的请求都在等待直到超时。根本原因是配置错误，我们已经修复了这个问题。",
            ),
        ];
        for (expected, text) in texts {
            assert_eq!(tag(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_glance_sees_english_and_nothing_else() {
        let words = "One of the two pools that were left ran out, and nobody saw it until the alert fired. ";
        assert!(is_english(&words.repeat(2)));
        assert!(!is_english(words), "that is too little");
        let dutch =
            "De verbinding was weg, of iemand had het niet gezien. Dat was met een alarm anders geweest. ";
        assert!(!is_english(&dutch.repeat(3)));
        // A text of two languages is for the detector to judge.
        assert!(!is_english(&format!("{words}{}", dutch.repeat(4))));
    }

    #[test]
    fn too_little_tells_nothing() {
        assert_eq!(tag("Søket var nede."), None);
        assert_eq!(tag("503 503 503 `pool_size=10` 13:02 13:04 13:07"), None);
        assert_eq!(tag(""), None);
    }
}
