/** What can go wrong, and its words. */

/** An answer of the server that is not the one asked for. */
export class Refused extends Error {
  constructor(status, { title, detail, field } = {}) {
    super(detail || title || `The server answers ${status}.`);
    this.status = status;
    this.field = field;
  }
}

/** No answer, or only the beginning of one. */
export class Unreachable extends Error {}

/** Returns what to tell the user of an error; one that is neither of these two is an error in this page's code. */
export function whatIsWrong(error) {
  if (error instanceof Unreachable) {
    return "The server does not answer.";
  }
  if (error instanceof SyntaxError) {
    return `The answer of the server cannot be read. ${error.message}`;
  }
  if (!(error instanceof Refused)) {
    return `This page has an error in its own code: ${error?.message ?? error}. Reload it, and report the error if it comes back.`;
  }
  switch (error.status) {
    case 401:
      return "You are logged out. Reload the page to log in again.";
    case 403:
      return `Your login does not allow this. ${error.message}`;
    default:
      return error.message;
  }
}

/** Gives the console the place of an error in this page's own code. */
export function logOwn(error) {
  if (!(error instanceof Refused || error instanceof Unreachable)) {
    console.error(error);
  }
}
