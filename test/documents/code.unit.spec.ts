import { describe, expect, it } from '@jest/globals';

import { filesWith } from './sources.js';

describe('the code', () => {
  it('makes no code out of texts', () => {
    // The one script is Lua, fixed, and run by Redis.
    expect(filesWith(/(?<!\.)\beval\(|new Function\(|node:vm|from 'vm'|set(?:Timeout|Interval)\(\s*['"`]/)).toEqual([]);
    expect(filesWith(/\.eval\((?!script,)/)).toEqual([]);
  });

  it('starts other programs in three places, all without a shell, none of which a request reaches', () => {
    expect(filesWith(/child_process/).sort()).toEqual([
      'apps/cli/src/start/child.ts',
      'libs/database/src/embedded/cluster.ts',
      'libs/database/src/embedded/system-user.ts',
    ]);
    expect(filesWith(/\b(?:exec|execSync)\(\s*[`'"]|shell: true|from 'node:cluster'/)).toEqual([]);
  });

  it('builds patterns out of its own words alone', () => {
    expect(filesWith(/new RegExp\(/).sort()).toEqual([
      'apps/api/src/http/other-methods.ts', // routes, whose special characters are escaped
      'libs/cases/src/content.ts',
      'libs/facilities/src/roster/csv.ts',
      'libs/identities/src/demonstration.ts',
      'libs/identities/src/second-factors/recovery-codes.ts',
      'libs/names/src/phone.ts', // the country's code
      'libs/record-files/src/xlsx/elements.ts', // names of a workbook's elements
      'libs/record-files/src/xlsx/read-workbook.ts', // and of their attributes
    ]);
  });

  it('leaves certificates to be checked, and refuses in production not to', () => {
    expect(filesWith(/rejectUnauthorized|checkServerIdentity|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([
      'libs/configuration/src/read-configuration.ts',
    ]);
  });

  it('sends nobody elsewhere', () => {
    expect(filesWith(/\.redirect\(|statusCode = 30|\.status\(30|HttpRedirect|@Redirect/)).toEqual([]);
  });
});
