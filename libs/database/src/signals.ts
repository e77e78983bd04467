import pg from 'pg';

import type { connectionSettings } from './connection.js';

type Listener = () => void;

const shortestIntervalMs = 4;
const reconnectAfterMs = 1_000;
const channelShape = /^[a-z_]{1,60}$/;

/**
 * Wake-up calls between processes over LISTEN and NOTIFY, on a connection of their own: PostgreSQL takes a lock for the
 * whole cluster to commit a NOTIFY, which inside the append would cost nearly half of its rate. Calls raised in quick
 * succession become one. They carry nothing and may be lost, so whoever listens polls slowly as well.
 */
export class Signals {
  readonly #settings: ReturnType<typeof connectionSettings>;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #due = new Set<string>();
  #connection: Promise<pg.Client> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: ReturnType<typeof connectionSettings>) {
    this.#settings = settings;
  }

  /** Wakes the listeners of the channel in every process, within a few milliseconds. */
  raise(channel: string): void {
    this.#due.add(checked(channel));
    this.#timer ??= setTimeout(() => void this.#notify(), shortestIntervalMs);
  }

  /** Calls the listener whenever the channel is raised anywhere, and once more after every reconnection. */
  listen(channel: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(checked(channel)) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    void this.#listenTo([channel]);
    return () => void listeners.delete(listener);
  }

  /** What was raised a moment ago is still told: a command that ends at once would otherwise wake nobody. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#due.size > 0) await this.#notify();
    const client = await this.#connection?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  async #notify(): Promise<void> {
    const channels = [...this.#due];
    this.#due.clear();
    try {
      const client = await this.#connected();
      await client.query(channels.map((channel) => `NOTIFY ${channel}`).join(';'));
    } catch {
      // A lost call is made good by the next one or by the listeners' own polling.
    } finally {
      this.#timer = this.#due.size > 0 ? setTimeout(() => void this.#notify(), shortestIntervalMs) : undefined;
    }
  }

  async #listenTo(channels: readonly string[]): Promise<void> {
    try {
      const client = await this.#connected();
      await client.query(channels.map((channel) => `LISTEN ${channel}`).join(';'));
    } catch {
      this.#reconnectLater();
    }
  }

  #connected(): Promise<pg.Client> {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#settings, pipeline: true, application_name: 'spean signals' });
    client.on('notification', ({ channel }) => this.#wake(channel));
    client.on('error', () => undefined); // 'end' follows
    client.on('end', () => this.#reconnectLater());
    try {
      await client.connect();
      return client;
    } catch (error) {
      this.#connection = undefined;
      throw error;
    }
  }

  #reconnectLater(): void {
    this.#connection = undefined;
    if (this.#closed || this.#listeners.size === 0) {
      return;
    }
    const again = async () => {
      if (this.#closed) return;
      const channels = [...this.#listeners.keys()];
      await this.#listenTo(channels);
      channels.forEach((channel) => this.#wake(channel));
    };
    setTimeout(() => void again(), reconnectAfterMs).unref();
  }

  #wake(channel: string): void {
    this.#listeners.get(channel)?.forEach((listener) => listener());
  }
}

function checked(channel: string): string {
  if (!channelShape.test(channel)) {
    throw new RangeError('a channel is named in lower-case letters and underscores');
  }
  return channel;
}
