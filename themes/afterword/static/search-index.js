// @ts-check
/**
 * The parts of the index: loaded when they are needed, unpacked once. `src/search/FORMAT.md` has the layouts.
 *
 * @typedef {{ words: string[], kin: number[], starts: number[], steps: number[], worth: Uint8Array }} Shard  `kin`: how
 *   far before it the first word of the same stem is; `starts`: where the documents of each word start; `steps`: each as
 *   its distance from the one before; `worth`: two to a byte.
 * @typedef {{ doc: number, title: string, url: string, date: string, summary: string, name: string,
 *   facts: [string, number][] }} Row  `facts`: what stands beside the title, each with its rank or 0.
 */

/** The manifest. @type {any} */
let site;

/** Parts that are unpacked. @type {Record<string, Promise<any>>} */
let opened;

/** @param {string} [fresh] */
const start = async (fresh = "") => {
  await load(`${root}search/index.js${fresh}`);
  search.site = site = brought.i2;
  opened = {};
};

/** @type {Promise<void> | undefined} */
let started;

/**
 * What `use` makes of the index; once more with a fresh one when that fails, since the site may have been built anew in
 * between.
 * @template T @param {() => T | Promise<T>} use @returns {Promise<T>}
 */
const ask = (use) => (started ??= start()).then(use).catch(() => {
  loaded = {};
  return (started = start(`?v=${Date.now()}`)).then(use);
});

/**
 * A part of the index, unpacked by `read`.
 * @template T @param {string} kind @param {number} key @param {(bytes: Uint8Array) => T} read @returns {Promise<T>}
 */
const part = (kind, key, read) => opened[kind + key] ??= (async () => {
  const hash = site[kind].substr(3 * key, 3), name = kind + key + hash;
  if (!brought[name]) await load(`${root}search/${kind}/${key}.js?v=${hash}`);
  // Of another build nothing was brought under this name, and that is no base64.
  const packed = Uint8Array.from(atob(brought[name]), (letter) => letter.charCodeAt(0)), stream = /** @type {ReadableStream} */ (new Response(packed).body).pipeThrough(new DecompressionStream("deflate-raw"));
  return read(new Uint8Array(await new Response(stream).arrayBuffer()));
})();

/** Reads integers, texts and front-coded words one after the other. @param {Uint8Array} bytes */
const reader = (bytes) => {
  let at = 0, word = "";
  const rest = (end = bytes.length) => bytes.subarray(at, at = end);
  const varint = () => {
    let value = 0, shift = 0;
    do value |= (bytes[at] & 127) << shift, shift += 7;
    while (bytes[at++] > 127);
    return value;
  };
  const text = (length = varint()) => new TextDecoder().decode(rest(at + length));
  const many = (length = varint(), read = varint) => Array.from({ length }, read);
  return { rest, varint, text, many, words: () => many(varint(), /** @type {any} */ (() => word = word.slice(0, varint()) + text())) };
};

/** @param {Uint8Array} bytes @returns {Shard} */
const shard = (bytes) => {
  const { rest, many, words: read } = reader(bytes), words = /** @type {any} */ (read()), kin = many(words.length), starts = [0];
  many(words.length).forEach((size, at) => starts.push(starts[at] + size));
  return { words, kin, starts, steps: many(starts[words.length]), worth: rest() };
};

/** @param {number} doc @returns {Promise<Row>} */
const row = async (doc) => ({ doc, ...(await part("d", doc >> 4, (bytes) => JSON.parse(reader(bytes).text(bytes.length))))[doc & 15] });

/** The text of a document, empty when the site has none. @param {Row} row @returns {Promise<string>} */
const textOf = async ({ name }) => {
  if (name) await load(`${root}search/x/${name}.js`).catch(() => {});
  return brought["x" + name] ?? "";
};
