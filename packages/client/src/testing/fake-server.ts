import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A server with WebSockets on a real port that fails in the ways that a test asks for. */
export abstract class FakeServer {
  upgrades = 0;
  /** Status of the upgrade and of the info endpoint; undefined accepts. */
  refuseWith: number | undefined;
  infoStatus = 200;
  isSilent = false;
  readonly requests: string[] = [];
  readonly #http: Server;
  readonly #wss = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Socket>();
  readonly #waiters = new Set<() => void>();
  port = 0;

  constructor() {
    this.#http = createServer((request, response) => {
      const path = request.url?.split('?')[0] ?? '';
      this.requests.push(path);
      if (path === '/api/console/ws/info') response.writeHead(this.infoStatus).end('{}');
      else this.answer(path, request, response);
      this.wake();
    });
    this.#http.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    this.#http.on('upgrade', (request, socket, head) => {
      this.upgrades += 1;
      if (this.refuseWith !== undefined) {
        socket.end(`HTTP/1.1 ${this.refuseWith} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      } else {
        this.#wss.handleUpgrade(request, socket, head, (webSocket) => {
          webSocket.on('error', () => undefined);
          this.accept(webSocket, new URL(request.url ?? '/', 'http://fake'));
        });
      }
      this.wake();
    });
  }

  /** Answers a request that is not for the info endpoint. */
  protected abstract answer(path: string, request: IncomingMessage, response: ServerResponse): void;
  protected abstract accept(webSocket: WebSocket, url: URL): void;

  async start(port = 0): Promise<void> {
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
    this.port = (this.#http.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#http.close();
    for (const connection of this.#connections) connection.destroy();
    await once(this.#http, 'close');
  }

  /** Cuts every connection without a close frame. */
  cut(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  async until(predicate: () => boolean): Promise<void> {
    while (!predicate()) await new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  /** Something happened that a test may wait for. */
  protected wake(): void {
    for (const waiter of this.#waiters) waiter();
    this.#waiters.clear();
  }
}
