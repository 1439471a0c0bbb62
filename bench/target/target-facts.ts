/** What every target answers with: 64 bytes. */
export const BODY = '0123456789abcdef'.repeat(4);

/** Here it also says what it saw: X-Forwarded-For, and the requests on the connection so far. */
export const CHECK_PATH = '/api/check';

/** After the answer it closes the connection. */
export const LAST_PATH = '/api/last';
