import { once } from 'node:events';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';

const canary = 'SOKDARA';
let api: TestApi;
let port: number;

beforeAll(async () => {
  api = await startApi();
  port = Number(new URL(await api.app.listen(0, '127.0.0.1').then(() => api.app.getUrl())).port);
});
afterAll(() => api.close());

/** Sends bytes as they are. @returns all that comes back until the server hangs up */
async function answersTo(...lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => undefined);
  socket.write(lines.join('\r\n'));
  await once(socket, 'close');
  return Buffer.concat(parts).toString();
}

const statusLines = /HTTP\/1\.1 \d{3}/g;

/** A second request hidden in the body of the first: who reads lengths otherwise answers it. */
const hidden = ['GET /ready HTTP/1.1', 'Host: x', 'Connection: close', '', ''];
const before = ['POST /api/v1/sessions HTTP/1.1', 'Host: x', 'Content-Type: application/json'];

describe('where a message ends', () => {
  it.each([
    ['both a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked', '', '0', '']],
    ['chunks and then a length', ['Transfer-Encoding: chunked', 'Content-Length: 4', '', '0', '']],
    ['two lengths', ['Content-Length: 2', 'Content-Length: 40', '', '{}']],
    ['two lengths in one line', ['Content-Length: 2, 40', '', '{}']],
    ['a length with a sign', ['Content-Length: +2', '', '{}']],
    ['a length that is none', ['Content-Length: 0x2', '', '{}']],
    ['chunks that are nearly called so', ['Transfer-Encoding: xchunked', '', '0', '']],
    ['chunks, and something after them', ['Transfer-Encoding: chunked, identity', '', '0', '']],
    ['a space before the colon', ['Transfer-Encoding : chunked', '', '0', '']],
    ['a line that goes on in the next', ['Transfer-Encoding:', ' chunked', 'Content-Length: 2', '', '{}']],
    ['a chunk of no size', ['Transfer-Encoding: chunked', '', 'x', '{}', '0', '']],
    ['a header of no name', [': 2', '', '{}']],
  ])('is refused to whoever says %s, and nothing after it is read', async (_, lines) => {
    const answers = await answersTo(...before, ...lines, ...hidden);
    expect(answers.match(statusLines)).toEqual(['HTTP/1.1 400']);
    expect(answers).toContain('Connection: close');
  });

  it('is seen in what is right, so that what follows is answered', async () => {
    const answers = await answersTo(...before, 'Content-Length: 2', '', `{}${hidden.join('\r\n')}`);
    expect(answers.match(statusLines)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
  });
});

describe('the server', () => {
  it('repeats nothing to TRACE', async () => {
    const answer = await answersTo('TRACE /api/v1/me HTTP/1.1', 'Host: x', `X-Word: ${canary}`, ...hidden.slice(2));
    expect(answer).toMatch(/^HTTP\/1\.1 405/);
    expect(answer).not.toContain(canary);
  });

  it('answers a request in clear, and sends it nowhere: whoever sends a key so has lost it and should notice', async () => {
    const plain = { 'x-forwarded-proto': 'http' };
    for (const url of ['/api/v1/me', '/api/v1/cases', '/ready', '/api/v1//evil.example']) {
      const { statusCode, headers } = await api.app.inject({ url, headers: plain });
      expect([url, statusCode >= 300 && statusCode < 400, headers.location]).toEqual([url, false, undefined]);
    }
  });
});

describe('what somebody wrote', () => {
  const nasty = `</script><img src=x onerror="${canary}()">\u2028\u2029 \\" ' ]]> \t é`;

  it('comes back as a text in JSON, which no browser takes for a page', async () => {
    const person = await api.ask('POST', '/api/v1/persons', { sex: 'female', synthetic: true });
    const personId = person.json<{ id: string }>().id;
    const opened = await api.ask('POST', '/api/v1/cases', { personId, pathway: 'A_OCSEA', synthetic: true });
    const caseId = opened.json<{ id: string }>().id;
    const noted = await api.ask('POST', `/api/v1/cases/${caseId}/notes`, { kind: 'CASE_NOTE', text: nasty });
    expect([noted.statusCode, noted.payload]).toEqual([201, expect.any(String)]);
    const told = await api.ask('GET', `/api/v1/cases/${caseId}/timeline`);
    expect(told.payload).toContain(canary);
    expect(told.payload).not.toContain(`"${canary}()"`);
    expect(JSON.stringify(told.json())).toContain(JSON.stringify(nasty).slice(1, -1));
    expect(told.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('becomes no part of an address: those hold ids alone', async () => {
    const made = await api.ask('POST', '/api/v1/persons', { sex: 'female', synthetic: true });
    expect(made.headers.location).toMatch(/^\/api\/v1\/persons\/[0-9a-f-]{36}$/);
    for (const personId of ['../../evil', '%2e%2e', 'x\r\nSet-Cookie: a=b', '//evil.example']) {
      const refused = await api.ask('POST', '/api/v1/persons', { personId, sex: 'female' });
      expect([refused.statusCode, refused.headers.location]).toEqual([400, undefined]);
    }
  });
});
