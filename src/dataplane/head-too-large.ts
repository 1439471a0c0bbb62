/** The other side has said that it takes no head as large as this one. Nothing of it was written. */
export class HeadTooLarge extends Error {
  override readonly name = 'HeadTooLarge';
}
