// @ts-check
/**
 * Reads the search index: how text becomes terms, and how the parts of the index are loaded and unpacked.
 *
 * Every part is a classic script that calls `AfterwordSearch.add(kind, key, hash, payload)`, so that search works from
 * `file:` and under `script-src 'self'`. `src/search/FORMAT.md` has the layouts; how text becomes terms is a contract
 * with the builder, pinned by `tests/search/tokens.json`. What to make of it all is decided in `search-query.js`.
 *
 * @typedef {{ words: string[], starts: Uint32Array, docs: Uint32Array, worth: Uint8Array }} Shard
 * @typedef {{ key: string, label: string, values: string[], starts: Uint32Array, cells: number[] }} Facet
 * @typedef {{ doc: number, title: string, url: string, date: string, summary: string, name: string }} Row
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};

  // ---- Terms: the contract ------------------------------------------------------------------------------------------

  const WORD = "[\\p{Alphabetic}\\p{N}][\\p{Alphabetic}\\p{N}\\p{M}]*";
  const COMPOUND = new RegExp(`(${WORD}(?:[-_.@]${WORD})*)(?:['’][a-zA-Z]{1,2}(?![\\p{Alphabetic}\\p{N}\\p{M}]))?`, "gu");
  const UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{323af}\uac00-\ud7a3";
  const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
  const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
  const CAMEL = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/;
  const PLAIN = /** @type {Record<string, string>} */ ({ æ: "ae", œ: "oe", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" });

  /** @param {string} word */
  const fold = (word) => word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase()
    .replace(/[æœßøłđðþıς]/g, (letter) => PLAIN[letter]);

  /** @param {string} compound */
  const hash = (compound) => {
    const digits = compound.replace(/[-_.@]/g, "");
    return /^(?=.*\d)(?=.*[a-f])[\da-f]{13,}$/i.test(digits) ? digits.slice(0, 12).toLowerCase() : "";
  };

  /** @param {string} word */
  const isBlob = (word) => /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\x00-\x7f]{25,}$/.test(word);

  /** @param {string} word @returns {string[]} */
  const camel = (word) => {
    const pieces = /^(?=.*[a-z])[a-zA-Z\d]{4,}$/.test(word) ? word.split(CAMEL) : [];
    return pieces.length > 1 ? pieces.filter((piece) => piece.length > 1).map(fold) : [];
  };

  /** @param {string} word @returns {string[][]} */
  const splitWord = (word) => {
    const folded = fold(word), hashed = hash(word);
    if (hashed) return [[hashed]];
    if (isBlob(word)) return [];
    if (IS_UNSPACED.test(folded)) {
      return (folded.match(RUNS) ?? []).flatMap((run) => {
        const letters = [...run];
        return letters.length > 1 && IS_UNSPACED.test(run) ? letters.slice(1).map((letter, at) => [letters[at] + letter]) : [[run]];
      });
    }
    return [...folded].length > 64 ? [] : [[folded, ...camel(word)]];
  };

  /**
   * The terms of a text, those of one compound together, the whole first.
   * @param {string} text @returns {string[][]}
   */
  const units = (text) => [...text.matchAll(COMPOUND)].flatMap(([, compound]) => {
    const parts = compound.split(/[-_.@]/), whole = fold(compound), hashed = hash(compound);
    if (hashed) return [[hashed]];
    if (parts.length < 2) return splitWord(compound);
    if ([...whole].length > 64 || IS_UNSPACED.test(whole) || parts.some(isBlob)) return parts.flatMap(splitWord);
    const shown = parts.filter((part) => [...part].length > 1 && !/^\d\d$/.test(part));
    return [[whole, ...shown.flatMap((part) => [fold(part), ...camel(part)])]];
  });

  // ---- The index: loading and unpacking -----------------------------------------------------------------------------

  /** @param {string} payload @returns {Promise<Uint8Array>} */
  const inflate = async (payload) => {
    const packed = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** Reads integers and front-coded words one after the other. @param {Uint8Array} bytes */
  const reader = (bytes) => {
    let at = 0, previous = "";
    const decoder = new TextDecoder();
    const varint = () => {
      let value = 0, shift = 0, byte;
      do {
        byte = bytes[at++];
        value |= (byte & 127) << shift;
        shift += 7;
      } while (byte & 128);
      return value;
    };
    const take = (/** @type {number} */ length) => bytes.subarray(at, (at += length));
    const text = (/** @type {number} */ length) => decoder.decode(take(length));
    const word = () => {
      const shared = varint();
      return (previous = previous.slice(0, shared) + text(varint()));
    };
    return { varint, take, text, word };
  };
  /** @param {Uint8Array} bytes @returns {Shard} */
  const readShard = (bytes) => {
    const { varint, take, word } = reader(bytes);
    const words = Array.from({ length: varint() }, word);
    const starts = new Uint32Array(words.length + 1);
    for (let at = 0; at < words.length; at++) starts[at + 1] = starts[at] + varint();
    const docs = new Uint32Array(starts[words.length]), worth = new Uint8Array(docs.length);
    for (let at = 0; at < words.length; at++) {
      for (let slot = starts[at], doc = 0; slot < starts[at + 1]; slot++) docs[slot] = doc += varint();
    }
    const halves = take((docs.length + 1) >> 1);
    for (let slot = 0; slot < docs.length; slot++) worth[slot] = (halves[slot >> 1] >> (slot & 1) * 4) & 15;
    return { words, starts, docs, worth };
  };

  /** @param {Uint8Array} bytes @param {number} documents @returns {Facet[]} */
  const readFacets = (bytes, documents) => {
    const { varint, text } = reader(bytes);
    return JSON.parse(text(varint())).map((/** @type {any} */ { several, ...facet }) => {
      const starts = new Uint32Array(documents + 1), cells = /** @type {number[]} */ ([]);
      for (let doc = 0; doc < documents; doc++) {
        const first = varint();
        if (!several && first) cells.push(first - 1);
        starts[doc + 1] = several ? starts[doc] + first : cells.length;
      }
      if (several) while (cells.length < starts[documents]) cells.push(varint());
      return { ...facet, starts, cells };
    });
  };

  /**
   * Opens the index of the site at `root`, a relative path that is empty or ends with `/`.
   * Rejects with `AfterwordSearch.Stale` when a part is missing or is not the one that the manifest names.
   * @param {string} root
   */
  const open = async (root) => {
    /** @type {Map<string, Promise<any>>} */
    const opened = new Map();
    const manifest = search.brought.get("i0").payload;
    const n = manifest.documents, shards = manifest.words.length, inlined = !manifest.v;

    /** @param {string} kind @param {number} key @param {(bytes: Uint8Array) => any} read */
    const part = (kind, key, read) => {
      const name = kind + key, hash = manifest[kind].substr(3 * key, 3);
      const load = async () => {
        if (search.brought.get(name)?.hash !== hash) await search.load(`${root}search/${kind}/${key}.js?v=${hash}`);
        const found = search.brought.get(name);
        if (found?.hash !== hash) throw new search.Stale(name);
        return read(await inflate(found.payload));
      };
      if (!opened.has(name)) opened.set(name, load());
      return /** @type {Promise<any>} */ (opened.get(name));
    };

    /** The number of the shard that `word` is in, if anywhere. @param {string} word */
    const shardOf = (word) => {
      let low = 0, high = shards - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (manifest.words[middle] <= word) low = middle;
        else high = middle - 1;
      }
      return low;
    };

    /**
     * The shard that `word` is in and those with words that begin with `stem`, if that is given; four at most.
     * @param {string} stem @param {string} word @returns {Promise<Shard[]>}
     */
    const around = (stem, word) => {
      const own = shardOf(word), first = stem ? Math.max(shardOf(stem), inlined ? 0 : own - 1) : own;
      const last = stem ? Math.min(shardOf(stem + "\uffff"), inlined ? shards : first + 3) : own;
      return Promise.all(shards ? Array.from({ length: last - first + 1 }, (_, at) => part("t", first + at, readShard)) : []);
    };

    return {
      manifest, n, inlined, around,
      words: () => inlined
        ? Promise.all(Array.from({ length: shards }, (_, key) => part("t", key, readShard))).then((all) => all.flatMap(({ words, starts }) => words.map((/** @type {string} */ word, /** @type {number} */ at) => ({ word, often: Math.log2(starts[at + 1] - starts[at]) }))))
        : part("v", 0, (bytes) => {
          const { varint, word, take } = reader(bytes), words = Array.from({ length: varint() }, word), often = take(words.length);
          return words.map((word, at) => ({ word, often: often[at] }));
        }),
      /** @returns {Promise<Facet[]>} */
      facets: () => part("f", 0, (bytes) => readFacets(bytes, n)),
      /** @param {number} doc @returns {Promise<Row>} */
      row: async (doc) => {
        const rows = await part("d", Math.floor(doc / manifest.bundle), (bytes) => JSON.parse(new TextDecoder().decode(bytes)));
        const [title, url, date, summary, name] = rows[doc % manifest.bundle];
        return { doc, title, url, date, summary, name };
      },
      /** The text of a document, empty when the site has none. @param {Row} row @returns {Promise<string>} */
      text: async ({ name }) => {
        if (manifest.texts && !search.brought.has("x" + name)) await search.load(`${root}search/x/${name}.js`).catch(() => {});
        return search.brought.get("x" + name)?.payload ?? "";
      },
    };
  };

  Object.assign(search, { fold, units, open });
})();
