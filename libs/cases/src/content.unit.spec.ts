import { describe, expect, it } from '@jest/globals';
import { ask, given, START, storyIn } from '../../../test/support/case-specification.js';
import { openCase } from '../../../test/support/case-stories.js';
import { holdsLink, refusesMediaType } from './content.js';

describe('links and hashes of material', () => {
  it.each([
    'see https://example.org/a?b=c',
    'hxxps://files.example/x',
    'it is on www.example.museum',
    'example.com',
    'sub.domain.example.com.kh',
    'សូមមើលexample.kh។',
    'sent to t.me/abc123',
    'bit.ly/3xYz',
    'abcdefghij234567.onion/index',
    'magnet:?xt=urn:btih:ABC',
    'exam\u200bple.com',
    'example[.]com',
    'example (dot) com',
    'example．com',
    'd41d8cd98f00b204e9800998ecf8427e',
    'hash E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
    'd4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e',
  ])('are found in %j', (text) => {
    expect(holdsLink(text)).toBe(true);
  });

  it.each([
    'The uncle went home.Me and my sister stayed.',
    'She spoke to Sok.Me yesterday',
    'went back.Info came later',
    'Seen by Dr.Khun, Mr.Khieu and Ms.Net',
    'no space after the stop.Then she slept',
    'scored 3.5/5 and/or better',
    'kh, com and net alone',
    'reached by sokha@example.com',
    'reference HR-2026-0001, UUID 018f9c0e-7b3a-7c11-9b5e-3f2a6f3d9b10',
    'ក្មេងស្រីបានទៅផ្ទះ។ម្ដាយមិននៅ',
    'version 1.2.3 at 09:30',
  ])('are not seen in %j', (text) => {
    expect(holdsLink(text)).toBe(false);
  });

  it('are looked for in long texts without delay', () => {
    const started = performance.now();
    expect(holdsLink('a-'.repeat(50_000))).toBe(false);
    expect(holdsLink('a.'.repeat(50_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a pathway that refuses links', () => {
  it('refuses them in every text of a command at once, and repeats none of them', () => {
    const { outcome } = given(openCase()).when(
      ask('GiveConsent', {
        consentId: 'c-1',
        kind: 'CONSENT_SERVICES',
        giver: 'child',
        manner: 'signature',
        language: 'km',
        purpose: 'https://files.example/1',
        text: 'see www.files.example',
      }),
    );
    expect(outcome).toMatchObject({
      ok: false,
      refusal: {
        unmet: [
          { code: 'LinkInText', subject: 'purpose' },
          { code: 'LinkInText', subject: 'text' },
        ],
      },
    });
    expect(JSON.stringify(outcome)).not.toContain('files.example');
  });

  it('refuses them in the facts with which a case begins', () => {
    given()
      .when(openCase({ facts: { facility: 'www.files.example' } }))
      .thenRefused('LinkInText facts.facility');
  });

  it('refuses them in records of other systems, and takes their keys and digests for what they are', () => {
    const record = (words: string) =>
      ask('ReceiveRecord', {
        system: 'primero',
        digest: 'd41d8cd98f00b204e9800998ecf8427e',
        identifiers: { url: 'https://primero.example/cases/1' },
        facts: {},
        sealed: { narrative: { words } },
        referrals: [],
        open: { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true },
      });
    given(openCase()).when(record('www.files.example')).thenRefused('LinkInText sealed.narrative.words');
    given(openCase()).when(record('words')).thenAmongOthers({ type: 'ForeignRecordReceived' });
  });

  it('leaves a case that waits to be enrolled alone', () => {
    storyIn({})(ask('OpenCase', { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true }, { at: START }))
      .when(ask('AddNote', { noteId: 'n-1', kind: 'CASE_NOTE', text: 'www.files.example' }))
      .then({ type: 'NoteAdded' });
  });
});

describe('files that a pathway never stores', () => {
  it.each(['image/jpeg', 'IMAGE/PNG', 'application/zip', 'application/zip; charset=binary'])('include %s', (type) => {
    expect(refusesMediaType(type, ['image/*', 'application/zip'])).toBe(true);
  });

  it.each(['application/pdf', 'text/plain', 'imagery/x'])('do not include %s', (type) => {
    expect(refusesMediaType(type, ['image/*', 'application/zip'])).toBe(false);
  });
});
