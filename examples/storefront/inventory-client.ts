import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
} from '@grpc/grpc-js';
import {
  decodeMessage,
  encodeMessage,
  INVENTORY,
  type Item,
  type Stock,
} from './inventory-messages.ts';

/** A client of the service `inventory` as gRPC's own library makes it. */
export class InventoryClient {
  readonly #client: Client;

  /** @param authority the certificate, in PEM, that the service's has to be verified by */
  constructor(portalUrl: string, host: string, authority: string) {
    // Sent straight to the portal, a TLS handshake is one with the service's port 443.
    this.#client = new Client(
      new URL(portalUrl).host,
      credentials.createSsl(Buffer.from(authority)),
      {
        'grpc.ssl_target_name_override': host,
        'grpc.default_authority': host,
        'grpc.enable_http_proxy': 0,
      },
    );
  }

  get(item: Item): Promise<Stock> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        INVENTORY.get,
        encodeMessage,
        decodeMessage,
        item,
        { deadline: Date.now() + 10_000 },
        (error, stock) => (stock === undefined ? reject(error) : resolve(stock)),
      );
    });
  }

  watch(item: Item): ClientReadableStream<Stock> {
    return this.#client.makeServerStreamRequest(
      INVENTORY.watch,
      encodeMessage,
      decodeMessage,
      item,
    );
  }

  reserve(): ClientDuplexStream<Item, Stock> {
    return this.#client.makeBidiStreamRequest(INVENTORY.reserve, encodeMessage, decodeMessage);
  }

  close(): void {
    this.#client.close();
  }
}
