/**
 * JSON as text. A value is the piece of the text in which it stands, so that it reads as the server wrote it: JavaScript's
 * own numbers would change 9007199254740993 and 1.10.
 */

const CLOSER = { "{": "}", "[": "]" };
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
const BLANKS = /[ \t\n\r]*/y;
const MOST_INDENTED = 32;

/** Returns the members of a JSON object: by name, the JSON text of each. */
export const members = (text) => new Map(parts(text, "{"));

/** Returns the elements of a JSON array, each as JSON text. */
export const elements = (text) => [...parts(text, "[")].map(([, value]) => value);

/** Returns a JSON object as JavaScript's, but of the members in `exact` the JSON text, or null. */
export function object(text, exact = []) {
  const value = (name, json) => (exact.includes(name) && json !== "null" ? json : JSON.parse(json));
  return Object.fromEntries([...members(text)].map(([name, json]) => [name, value(name, json)]));
}

/** Returns the text with line breaks and indentation; each name and value stays as it is, and so does a text that is not JSON. */
export function pretty(text) {
  const lines = [];
  let before = null;
  try {
    for (const { type, piece, depth } of tokens(text)) {
      const closes = type === "}" || type === "]";
      const starts = before === "," || before in CLOSER;
      if (closes ? !(before in CLOSER) : starts) {
        lines.push("\n", "  ".repeat(Math.min(depth, MOST_INDENTED)));
      }
      lines.push(piece, type === ":" ? " " : "");
      before = type;
    }
  } catch (error) {
    if (error instanceof SyntaxError) {
      return text;
    }
    throw error;
  }
  return lines.join("");
}

function* parts(text, opener) {
  let name = null;
  let start = 0;
  for (const { type, piece, from, to, depth } of tokens(text)) {
    if (depth === 0) {
      if (type !== opener && type !== CLOSER[opener]) {
        throw unexpected(text, from);
      }
    } else if (depth === 1 && type === "name") {
      name = JSON.parse(piece);
    } else if (depth === 1 && type in CLOSER) {
      start = from;
    } else if (depth === 1 && (type === "}" || type === "]")) {
      yield [name, text.slice(start, to)];
    } else if (depth === 1 && type === "value") {
      yield [name, piece];
    }
  }
}

/**
 * Reads token by token, without recursion: an argument may be nested a thousand deep. The depth of a token is the number of
 * objects and arrays around it.
 */
function* tokens(text) {
  const closers = [];
  let expected = "value";
  let at = behindBlanks(text, 0);
  while (at < text.length) {
    const char = text[at];
    let type = char;
    let to = at + 1;
    let depth = closers.length;
    if (char === ":" && expected === "colon") {
      expected = "value";
    } else if (char === "," && expected === "next") {
      expected = closers.at(-1) === "}" ? "name" : "value";
    } else if (char === closers.at(-1) && ["next", "first name", "first value"].includes(expected)) {
      closers.pop();
      depth--;
      expected = closers.length ? "next" : "end";
    } else if (char === '"' && expected.endsWith("name")) {
      type = "name";
      to = behindString(text, at);
      expected = "colon";
    } else if (expected.endsWith("value") && char in CLOSER) {
      closers.push(CLOSER[char]);
      expected = char === "{" ? "first name" : "first value";
    } else if (expected.endsWith("value")) {
      type = "value";
      to = char === '"' ? behindString(text, at) : behindScalar(text, at);
      expected = closers.length ? "next" : "end";
    } else {
      throw unexpected(text, at);
    }
    yield { type, piece: text.slice(at, to), from: at, to, depth };
    at = behindBlanks(text, to);
  }
  if (expected !== "end") {
    throw unexpected(text, at);
  }
}

function behindBlanks(text, at) {
  BLANKS.lastIndex = at;
  BLANKS.test(text);
  return BLANKS.lastIndex;
}

function behindScalar(text, at) {
  SCALAR.lastIndex = at;
  if (!SCALAR.test(text)) {
    throw unexpected(text, at);
  }
  return SCALAR.lastIndex;
}

function behindString(text, at) {
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === '"') {
      return next + 1;
    }
    if (text[next] === "\\") {
      next++;
    }
  }
  throw unexpected(text, text.length);
}

function unexpected(text, at) {
  return new SyntaxError(at < text.length ? `The JSON is broken at character ${at + 1}.` : "The JSON ends too early.");
}
