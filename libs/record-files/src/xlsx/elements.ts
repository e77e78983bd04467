import { FileRefused } from '../errors.js';

export interface XmlElement {
  /** As written, between the name and the end of the tag. */
  readonly attributes: string;
  /** Between the tags; empty for one that is closed at once. */
  readonly content: string;
}

/**
 * Elements of one name, none of which holds another of its name, as it is with all that a workbook is read for. Looks at
 * each letter once, and knows neither entities of its own nor anything outside: a hostile file costs nothing.
 *
 * @throws FileRefused for one that is not closed
 */
export function* elements(xml: string, name: string): Generator<XmlElement> {
  const [open, close] = [`<${name}`, `</${name}>`];
  let at = xml.indexOf(open);
  while (at >= 0) {
    const nameEnd = at + open.length;
    if (!/[\s/>]/.test(xml.charAt(nameEnd))) {
      at = xml.indexOf(open, nameEnd);
      continue;
    }
    const tagEnd = found(xml, '>', nameEnd);
    if (xml.charAt(tagEnd - 1) === '/') {
      yield { attributes: xml.slice(nameEnd, tagEnd - 1), content: '' };
      at = xml.indexOf(open, tagEnd);
      continue;
    }
    const end = found(xml, close, tagEnd);
    yield { attributes: xml.slice(nameEnd, tagEnd), content: xml.slice(tagEnd + 1, end) };
    at = xml.indexOf(open, end);
  }
}

function found(xml: string, text: string, from: number): number {
  const at = xml.indexOf(text, from);
  if (at < 0) throw new FileRefused('the workbook is damaged');
  return at;
}

/** What stands before the names of a document's elements, as in `x:`; most documents have nothing there. */
export const prefixOf = (xml: string, root: string): string =>
  new RegExp(`<(\\w+:)?${root}[\\s>]`).exec(xml)?.[1] ?? '';
