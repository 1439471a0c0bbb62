/** How a body is delimited when it is not by a length: by chunks, or by the end of the connection. */
export const CHUNKED = -1;
export const UNTIL_CLOSE = -2;
