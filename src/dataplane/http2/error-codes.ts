/** Error codes of RFC 9113 §7; here, so that nothing of HTTP/2 is loaded before it is needed. */
export const NO_ERROR = 0;
export const PROTOCOL_ERROR = 1;
export const REFUSED_STREAM = 7;
export const ENHANCE_YOUR_CALM = 11;
export const HTTP_1_1_REQUIRED = 13;

/** Flag of a HEADERS frame: no DATA follows. */
export const END_STREAM = 1;
