// The site of the tests' page: the page, the built script files, audio that behaves in chosen ways; everything else is
// passed on to the server, over a network that the tests can break.
import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** The network to the server. 'silent': accepts connections and bytes, and never answers. */
export type Network = 'up' | 'down' | 'silent';

export type AudioHandler = (response: ServerResponse, request: IncomingMessage) => void;

export class Site {
  readonly audio = new Map<string, AudioHandler>();
  /** The page's requests to the server's HTTP addresses. */
  readonly requests: string[] = [];
  private network: Network = 'up';
  private readonly pipes = new Set<Duplex>();
  private readonly held = new WeakSet<Duplex>();

  private constructor(
    private readonly server: Server,
    private serverPort: number,
  ) {}

  static async open(serverPort: number): Promise<Site> {
    const server = createServer();
    const site = new Site(server, serverPort);
    server.on('request', (incoming, response) => void site.answer(incoming, response));
    server.on('upgrade', (incoming, socket, head) => site.pipe(incoming, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on another server answers: a restarted one has another port. */
  leadTo(serverPort: number): void {
    this.serverPort = serverPort;
  }

  /** Open connections break when it goes down, and are only unanswered when it falls silent. */
  setNetwork(network: Network): void {
    this.network = network;
    if (network === 'down') for (const socket of this.pipes) socket.destroy();
  }

  /** The server's messages on open connections no longer arrive; the page's messages do. */
  holdAnswers(): void {
    for (const socket of this.pipes) this.held.add(socket);
  }

  async close(): Promise<void> {
    for (const socket of this.pipes) socket.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    if (path === '/strict-page') response.setHeader('Content-Security-Policy', "script-src 'self'");
    if (path === '/page' || path === '/strict-page')
      return void response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>test</title>');
    if (path.startsWith('/dist/')) {
      response.setHeader('Content-Type', 'text/javascript');
      return void response.end(await readFile(join(dist, path.slice('/dist/'.length))));
    }
    if (path.startsWith('/audio/')) {
      const handler = this.audio.get(path.slice('/audio/'.length));
      return handler ? handler(response, incoming) : void response.writeHead(404).end();
    }
    if (path === '/favicon.ico') return void response.writeHead(404).end();
    this.passOn(incoming, response);
  }

  private passOn(incoming: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${incoming.method} ${incoming.url}`);
    if (this.network === 'down') return void incoming.socket.destroy();
    const { method, url: path, headers } = incoming;
    const outgoing = request({ port: this.serverPort, host: '127.0.0.1', method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  }

  private pipe(incoming: IncomingMessage, client: Duplex, head: Buffer): void {
    client.on('error', () => undefined);
    if (this.network === 'down') return void client.destroy();
    this.pipes.add(client);
    client.on('close', () => this.pipes.delete(client));
    if (this.network === 'silent') return;
    const upstream: Socket = connect(this.serverPort, '127.0.0.1');
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    const lines = [`GET ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2)
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    client.on('data', (bytes) => this.network === 'silent' || upstream.write(bytes));
    upstream.on('data', (bytes) => this.network === 'silent' || this.held.has(client) || client.write(bytes));
  }
}
