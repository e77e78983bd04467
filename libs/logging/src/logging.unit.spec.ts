import { Writable } from 'node:stream';

import { describe, expect, it } from '@jest/globals';

import { createLog, FrameworkLog, type Log, type LogFields } from './index.js';

const canaries = ['Sok Dara', 'សុខ ដារ៉ា', '+855 00 123 456'];

function listening(): { log: Log; lines: () => string } {
  const written: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  return { log: createLog('test', 'trace', destination), lines: () => written.join('') };
}

describe('a log line', () => {
  it('says what happened, to which case, where and for how long', () => {
    const { log, lines } = listening();
    const caseId = '0190a6f0-0000-7000-8000-000000000001';
    log.info('answered', { method: 'GET', route: '/api/v1/cases/:caseId', status: 200, ms: 3, caseId, caller: 'sw-1' });
    expect(JSON.parse(lines())).toMatchObject({
      msg: 'answered',
      method: 'GET',
      route: '/api/v1/cases/:caseId',
      status: 200,
      ms: 3,
      caseId,
      caller: 'sw-1',
    });
  });

  it('says of an error what it is and where, not what it says', () => {
    const { log, lines } = listening();
    log.error('failed', { error: Object.assign(new RangeError('first\nat Sok Dara'), { code: '22P02' }) });
    const line = JSON.parse(lines()) as { error: { name: string; code: string; at: string[] } };
    expect(line.error).toMatchObject({ name: 'RangeError', code: '22P02' });
    expect(line.error.at[0]).toContain('logging.unit.spec');
  });
});

describe.each(canaries)('the name %s', (canary) => {
  const error = new Error(`no case of ${canary}`, { cause: Object.assign(new Error(canary), { code: canary }) });

  it.each(Object.keys({ traceId: 0, method: 0, route: 0, status: 0, caller: 0, caseId: 0, code: 0, job: 0, error: 0 }))(
    'never gets through in the field %s',
    (field) => {
      const { log, lines } = listening();
      log.info('happened', { [field]: canary });
      log.info('happened', { [field]: [canary] });
      log.info('happened', { [field]: { name: canary, toString: () => canary } });
      log.info('happened', { [field]: error });
      expect(lines()).toContain('happened');
      expect(lines()).not.toContain(canary);
    },
  );

  it('never gets through in a field nobody listed', () => {
    const { log, lines } = listening();
    log.warn('happened', { body: { name: canary }, [canary]: 1, name: canary } as LogFields);
    expect(lines()).toContain('happened');
    expect(lines()).not.toContain(canary);
  });

  it('never gets through from the framework', () => {
    const { log, lines } = listening();
    const framework = new FrameworkLog(log);
    framework.error(error);
    framework.error(`failed: ${canary}`, error.stack, 'ExceptionsHandler');
    framework.warn({ name: canary }, 'Somewhere');
    framework.log(canary);
    framework.fatal(canary, canary);
    expect(lines().split('\n')).toHaveLength(6);
    expect(lines()).not.toContain(canary);
  });
});
