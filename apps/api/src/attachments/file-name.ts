import type { AttachmentKind } from '#libs/pathways';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

/** Header in which the name of a file comes, percent-encoded UTF-8. */
export const fileNameHeader = 'x-spean-file-name';

const longestName = 200;

/** Endings that each kind goes by; the first is given to what has no name. */
const endings: Record<AttachmentKind, readonly [string, ...string[]]> = {
  pdf: ['pdf'],
  text: ['txt'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  docx: ['docx'],
  odt: ['odt'],
};

/**
 * The name of a file, which is kept as words about the child and never as a path.
 *
 * @throws RequestProblem when it is no name, or one of another kind than the content is
 */
export function fileNameIn(header: string | string[] | undefined, kind: AttachmentKind): string | undefined {
  if (header === undefined) return undefined;
  const name = typeof header === 'string' ? decoded(header) : undefined;
  if (name === undefined || !/^[^\p{Cc}\p{Cs}/\\]+$/u.test(name)) throw refusedName({ code: 'invalid' });
  if (Array.from(name).length > longestName) throw refusedName({ code: 'too_long' });
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (endings[kind].includes(ending)) return name;
  throw refusedName({
    code: 'invalid',
    message: {
      en: `does not end as the content is: .${endings[kind].join(', .')}`,
      km: `មិនបញ្ចប់ត្រូវនឹងខ្លឹមសារទេ៖ .${endings[kind].join(', .')}`,
    },
  });
}

const refusedName = (complaint: Parameters<typeof fieldError>[1]) =>
  invalidFields(fieldError('header.X-Spean-File-Name', complaint));

function decoded(header: string): string | undefined {
  try {
    return decodeURIComponent(header);
  } catch {
    return undefined;
  }
}

/** How a browser is told to save a file (RFC 6266): the real name in UTF-8, and a plain one for what cannot read it. */
export function disposition(name: string | undefined, kind: AttachmentKind): string {
  const plain = `attachment.${endings[kind][0]}`;
  const encoded = encodeURIComponent(name ?? plain).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
