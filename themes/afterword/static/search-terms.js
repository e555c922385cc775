// @ts-check
/**
 * How text becomes terms: a contract with the builder of the index, pinned by `tests/search/tokens.json`.
 */

const LETTER = "\\p{Alphabetic}\\p{N}", WORD = `[${LETTER}][${LETTER}\\p{M}]*`;
const COMPOUND = RegExp(`(${WORD}(?:[-_.@]${WORD})*)(?:['’][a-zA-Z]{1,2}(?![${LETTER}\\p{M}]))?`, "gu");
const U = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u9fff\uac00-\ud7ff\u{20000}-\u{3ffff}]", UNSPACED = RegExp(U, "u");
const TOKEN = RegExp(`(?=(${U}{2})).|(?<!${U})${U}(?!${U})|(?:(?!${U}).)+`, "gu");
const HEX = /^(?=.*\d)(?=.*[a-f])[\da-f]{13,}$/i, BLOB = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\0-\x7f]{25,}$/;
const PLAIN = /** @type {any} */ ({ æ: "ae", œ: "oe", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" });

/** @param {string} word */
const fold = (word) => word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replace(/[^\0-\x7f]/g, (letter) => PLAIN[letter] ?? letter);

/** What stands for one word: of what nobody reads, the beginning. @param {string} word */
const short = (word) => HEX.test(word) || BLOB.test(word) ? word.slice(0, 12).toLowerCase() : fold(word);

/** @param {string} word @returns {string[]} the pieces of `HighErrorRate` */
const camel = (word) => /^(?=.*[a-z])[a-zA-Z\d]{4,}$/.test(word) && short(word) === fold(word)
  ? word.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/).filter((piece) => piece[1] && piece !== word).map(fold) : [];

/** @param {string} word @returns {string[][]} */
const split = (word) => [...short(word).matchAll(TOKEN)].map(([token, pair]) => [pair ?? token, ...camel(word)]).filter(([term]) => !term[64]);

/** The terms of a text, those of one compound together, the whole first. @param {string} text @returns {string[][]} */
const units = (text) => [...text.matchAll(COMPOUND)].flatMap(([, compound]) => {
  const parts = compound.split(/[-_.@]/), bare = parts.join(""), whole = fold(compound);
  return !parts[1] || HEX.test(bare) ? split(bare)
    : whole[64] || UNSPACED.test(whole) ? parts.flatMap(split)
    : [[whole, ...parts.filter((part) => !/^(.|\d\d)$/u.test(part)).flatMap((part) => [short(part), ...camel(part)])]];
});
