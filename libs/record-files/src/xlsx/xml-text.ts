/** Text in XML. A workbook writes what XML can't hold as `_x0007_`, and so what looks like that as `_x005F_x0007_`. */
const unwritable = /(?![\t\n])[\p{Cc}\uFFFE\uFFFF]/gu;
const looksEscaped = /_(?=x[0-9A-Fa-f]{4}_)/g;
const escaped = /_x([0-9A-Fa-f]{4})_/g;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const xmlText = (text: string): string =>
  text
    .replace(looksEscaped, '_x005F_')
    .replace(unwritable, (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** What a text of XML stands for, a workbook's own escapes included. */
export const plainText = (xml: string): string =>
  entitiesRead(xml).replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The value of an attribute. */
export const entitiesRead = (xml: string): string =>
  xml.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(\w{2,4}));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
