/** How a text may lie somewhere, each as the bytes to look for. */
export interface Form {
  readonly encoding: string;
  readonly bytes: Buffer;
}

/** Anything shorter turns up in random bytes. */
const leastBytes = 8;

/** Every encoding of every spelling of a text, each once. */
export function formsOf(text: string): Form[] {
  const spellings = [text, text.toLowerCase(), text.toUpperCase()].flatMap((each) => [
    each.normalize('NFC'),
    each.normalize('NFD'),
    each,
  ]);
  const forms = [...new Set(spellings)].flatMap((spelling) =>
    Object.entries(encodings).flatMap(([encoding, encode]) =>
      encode(spelling).map((bytes) => ({ encoding, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes })),
    ),
  );
  const once = new Map(forms.map((form) => [form.bytes.toString('latin1'), form]));
  return [...once.values()].filter(({ bytes }) => bytes.length >= leastBytes);
}

export const encodings: Readonly<Record<string, (text: string) => (Buffer | string)[]>> = {
  'UTF-8': (text) => [text],
  'UTF-16LE': (text) => [Buffer.from(text, 'utf16le')],
  'UTF-16BE': (text) => [Buffer.from(text, 'utf16le').swap16()],
  base64: (text) => [0, 1, 2].flatMap((offset) => base64At(Buffer.from(text), offset)),
  hex: (text) => bothCases(Buffer.from(text).toString('hex')),
  percent: (text) => [encodeURIComponent(text), everyByte(text, '%'), everyByte(text, '%').toLowerCase()],
  'quoted-printable': (text) => [everyByte(text, '='), quotedPrintable(text)],
  'JSON escapes': (text) => [
    escaped(text),
    escaped(text).replace(/\\u\w{4}/g, (each) => `\\u${each.slice(2).toUpperCase()}`),
  ],
};

/**
 * What is the same in base64 wherever the text stands in what was encoded: three offsets, without the digits that also
 * hold bits of its neighbours.
 */
function base64At(bytes: Buffer, offset: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const sure = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
}

const bothCases = (text: string): string[] => [text.toLowerCase(), text.toUpperCase()];

const everyByte = (text: string, mark: string): string =>
  [...Buffer.from(text)].map((byte) => `${mark}${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');

/** Only what is not plain text, as mail is written. */
const quotedPrintable = (text: string): string => text.replace(/[^ -<>-~]/gu, (letter) => everyByte(letter, '='));

const escaped = (text: string): string =>
  text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
