/** What a call of the soak wants back. */
export interface CallWish {
  readonly messages: number;
  readonly everyMs: number;
}

/** As the payload of a gRPC message. */
export const formatWish = (wish: CallWish): Buffer => Buffer.from(JSON.stringify(wish));

export const parseWish = (payload: Buffer): CallWish => JSON.parse(payload.toString()) as CallWish;
