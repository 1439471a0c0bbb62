/**
 * The same text in memory of its own. What is cut out of a request's head keeps all of the head in
 * memory for as long as it is kept itself.
 */
export const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
