import { OutboundRefused } from './outbound-refused.js';

/** Whom a partner may be reached at. */
export interface Partner {
  /** Names of hosts, nothing above or below them. */
  readonly hosts: readonly string[];
}

const loopback = ['127.0.0.1', '[::1]'];

/**
 * The address as it will be used: the parser turns every notation of an address (`0x7f.1`, `2130706433`) into the one.
 *
 * @param mayReachLoopback lets plain HTTP through, to this machine alone
 * @throws OutboundRefused
 */
export function targetOf(address: string, { hosts }: Partner, mayReachLoopback: boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) throw new OutboundRefused('host');
  const toItself = mayReachLoopback && loopback.includes(url.hostname);
  if (url.protocol !== 'https:' && !(toItself && url.protocol === 'http:')) throw new OutboundRefused('scheme');
  if (url.username !== '' || url.password !== '') throw new OutboundRefused('credentials');
  if (!hosts.includes(url.hostname)) throw new OutboundRefused('host');
  return url;
}
