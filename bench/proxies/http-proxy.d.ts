/** As much of it as is used here; the package comes without types. */
declare module 'http-proxy' {
  import type { Agent, IncomingMessage, ServerResponse } from 'node:http';

  interface ProxyServer {
    web(request: IncomingMessage, response: ServerResponse): void;
    on(event: 'error', listener: (error: Error) => void): void;
  }

  const httpProxy: {
    createProxyServer(options: {
      readonly target: string;
      readonly agent: Agent;
      /** Adds X-Forwarded-For and its kin. */
      readonly xfwd: boolean;
    }): ProxyServer;
  };
  export = httpProxy;
}
