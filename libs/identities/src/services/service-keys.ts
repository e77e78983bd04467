import { performance } from 'node:perf_hooks';
import { BlockList, isIPv6 } from 'node:net';

import type { IdentityParts } from '../parts.js';
import { digestOf, newToken } from '../secret-token.js';
import { findByKey, type ServiceAccount } from './service-account.js';

const prefix = 'spk_';
/** A key that was withdrawn or frozen is known everywhere within this time. */
const rememberedForMs = 3_000;
const rememberedAtMost = 1_000;

export const newServiceKey = (): string => `${prefix}${newToken()}`;
export const isServiceKey = (token: string): boolean => token.startsWith(prefix);

/** Recognises programs by their keys. */
export class ServiceKeys {
  readonly #parts: IdentityParts;
  readonly #remembered = new Map<string, { account: ServiceAccount; until: number }>();

  constructor(parts: IdentityParts) {
    this.#parts = parts;
  }

  /** @returns undefined for a key that nobody has, or no longer, and for one used from elsewhere */
  async find(key: string, address: string): Promise<ServiceAccount | undefined> {
    const digest = digestOf(key);
    const account = this.#recall(digest) ?? (await this.#lookUp(digest));
    return account !== undefined && callsFrom(account, address) ? account : undefined;
  }

  /** What was remembered of an account is out of date. */
  forget(accountId: string): void {
    for (const [key, { account }] of this.#remembered) if (account.id === accountId) this.#remembered.delete(key);
  }

  #recall(digest: Buffer): ServiceAccount | undefined {
    const remembered = this.#remembered.get(digest.toString('hex'));
    return remembered !== undefined && remembered.until > performance.now() ? remembered.account : undefined;
  }

  async #lookUp(digest: Buffer): Promise<ServiceAccount | undefined> {
    const { database, context, clock } = this.#parts;
    const account = await database.read(context, (queries) => findByKey(queries, digest, clock.now()));
    if (this.#remembered.size >= rememberedAtMost) this.#remembered.clear();
    if (account === undefined) this.#remembered.delete(digest.toString('hex'));
    else this.#remembered.set(digest.toString('hex'), { account, until: performance.now() + rememberedForMs });
    return account;
  }
}

export function callsFrom({ addresses }: ServiceAccount, address: string): boolean {
  if (addresses.length === 0) return true;
  const list = new BlockList();
  for (const each of addresses) {
    const [network = '', bits = ''] = each.split('/');
    list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
