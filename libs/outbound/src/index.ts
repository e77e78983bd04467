export { OutboundHttp, type OutboundSettings, type Received, type Sent } from './outbound-http.js';
export { OutboundRefused, type OutboundReason } from './outbound-refused.js';
export type { Partner } from './target.js';
