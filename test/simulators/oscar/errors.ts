/** Stops a request with one of OSCaR's answers: JSON, or a page in HTML where its framework gave up. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: object | string,
  ) {
    super(`answered with ${status}`);
  }
}

export const seeLogs = 'Record error. Please check OSCaR logs for details.';

/** What an error nobody thought of looks like. */
export const brokenPage = (): Refused =>
  new Refused(500, '<!DOCTYPE html><html><body><h1>We are sorry, but something went wrong.</h1></body></html>');
