import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

export interface RawResponse {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** Names in lower case, in order, repeated ones repeated. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly text: string;
  readonly framing: 'none' | 'length' | 'chunked' | 'close';
  /** Status codes of the interim responses before. */
  readonly interims: readonly number[];
  header(name: string): string | undefined;
}

/** What a connection that ended before its response was complete did. */
export class CutError extends Error {}

/** A client that sends exactly the bytes it is told to, and reads responses strictly. */
export class RawClient {
  readonly socket: Socket;
  /** How the connection ended: the server's FIN, or a reset. */
  readonly ending: Promise<'end' | 'reset'>;
  readonly closed: Promise<unknown>;
  #received = Buffer.alloc(0);
  #pieces: Buffer[] = [];
  #isOver = false;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#pieces.push(chunk);
      this.#wake?.();
    });
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.ending = new Promise((resolve) => {
      socket.on('error', () => {
        this.#isOver = true;
        resolve('reset');
        this.#wake?.();
      });
      socket.on('end', () => {
        this.#isOver = true;
        resolve('end');
        this.#wake?.();
      });
    });
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Over TLS, to a portal straight away. The certificate is looked at only if `options` says so. */
  static async secure(port: number, options: ConnectionOptions = {}): Promise<RawClient> {
    const socket = connectTls({
      port,
      host: '127.0.0.1',
      servername: 'shop.example',
      rejectUnauthorized: false,
      allowHalfOpen: true,
      ...options,
    } as ConnectionOptions);
    await once(socket, 'secureConnect');
    return new RawClient(socket);
  }

  send(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Sends the bytes in pieces, each of which the other side may read before the next is sent. */
  async sendPieces(pieces: readonly (string | Buffer)[]): Promise<void> {
    for (const piece of pieces) {
      if (this.socket.destroyed || this.#isOver) return;
      this.send(piece);
      await turn();
    }
  }

  sendCut(bytes: string, pieceBytes: number): Promise<void> {
    const pieces: string[] = [];
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      pieces.push(bytes.slice(at, at + pieceBytes));
    }
    return this.sendPieces(pieces);
  }

  /** Says that nothing more will be sent. */
  end(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Reads one response to `method`. Rejects with `CutError` when the connection ends within it. */
  async response(method = 'GET'): Promise<RawResponse> {
    const interims: number[] = [];
    for (;;) {
      const head = await this.#head();
      if (head.status >= 200) return { ...head, ...(await this.#body(head, method)), interims };
      interims.push(head.status);
    }
  }

  /** All bytes until the end. */
  async rest(): Promise<string> {
    while (await this.#more());
    return this.#take(this.#received.length).toString('latin1');
  }

  /** Bytes that came and were not read yet. */
  get unread(): string {
    this.#collect();
    return this.#received.toString('latin1');
  }

  async #head() {
    const text = (await this.#until('\r\n\r\n')).toString('latin1').slice(0, -4);
    const [line = '', ...lines] = text.split('\r\n');
    const match = /^HTTP\/(1\.[01]) ([0-9]{3})(?: (.*))?$/.exec(line);
    if (match === null) throw new Error(`not a status line: \`${line}\``);
    const headers = lines.map((header) => {
      const parts = /^([-!#$%&'*+.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/.exec(header);
      if (parts === null) throw new Error(`not a header line: \`${header}\``);
      return [parts[1]!.toLowerCase(), parts[2]!] as const;
    });
    return {
      version: match[1]!,
      status: Number(match[2]),
      reason: match[3] ?? '',
      headers,
      header: (name: string): string | undefined => {
        const values = headers.filter(([other]) => other === name).map(([, value]) => value);
        return values.length === 0 ? undefined : values.join(',');
      },
    };
  }

  async #body(
    head: { status: number; header(name: string): string | undefined },
    method: string,
  ): Promise<Pick<RawResponse, 'body' | 'text' | 'framing'>> {
    const length = head.header('content-length');
    const coding = head.header('transfer-encoding');
    let body: Buffer = Buffer.alloc(0);
    let framing: RawResponse['framing'] = 'none';
    if (method === 'HEAD' || head.status === 204 || head.status === 304) {
      // No body, whatever the head says.
    } else if (coding !== undefined) {
      if (coding !== 'chunked' || length !== undefined) throw new Error(`framing: \`${coding}\``);
      framing = 'chunked';
      body = await this.#chunks();
    } else if (length !== undefined) {
      if (!/^[0-9]+$/.test(length)) throw new Error(`content-length: \`${length}\``);
      framing = 'length';
      body = await this.#bytes(Number(length));
    } else {
      framing = 'close';
      while (await this.#more());
      if ((await this.ending) === 'reset') throw new CutError('reset within the body');
      body = this.#take(this.#received.length);
    }
    return { body, text: body.toString('latin1'), framing };
  }

  async #chunks(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (;;) {
      const line = (await this.#until('\r\n')).toString('latin1');
      if (!/^[0-9a-f]+\r\n$/.test(line)) throw new Error(`chunk size: \`${line}\``);
      const size = Number.parseInt(line, 16);
      if (size > 0) chunks.push(await this.#bytes(size));
      if ((await this.#bytes(2)).toString('latin1') !== '\r\n') throw new Error('end of chunk');
      if (size === 0) return Buffer.concat(chunks);
    }
  }

  async #until(mark: string): Promise<Buffer> {
    for (;;) {
      this.#collect();
      const at = this.#received.indexOf(mark, 0, 'latin1');
      if (at >= 0) return this.#take(at + mark.length);
      if (!(await this.#more())) {
        throw new CutError(`connection ended after \`${this.#received.toString('latin1')}\``);
      }
    }
  }

  async #bytes(count: number): Promise<Buffer> {
    let available = this.#collect();
    while (available < count) {
      if (!(await this.#more())) throw new CutError('connection ended within the body');
      available = this.#received.length + this.#pieces.reduce((sum, p) => sum + p.length, 0);
    }
    return this.#take(count);
  }

  #take(count: number): Buffer {
    this.#collect();
    const taken = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return taken;
  }

  #collect(): number {
    if (this.#pieces.length > 0) {
      this.#received = Buffer.concat([this.#received, ...this.#pieces.splice(0)]);
    }
    return this.#received.length;
  }

  /** Waits for more; false when nothing more comes. */
  async #more(): Promise<boolean> {
    if (this.#pieces.length > 0) {
      this.#collect();
      return true;
    }
    if (this.#isOver) return false;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
    if (this.#pieces.length > 0) return true;
    return !this.#isOver;
  }
}

/** Lets the event loop go round, so that what was sent is read. */
export const turn = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
};
