import type { AttachmentKind } from '#libs/pathways';

import { isJpeg, isPng, strippedJpeg, strippedPng } from './images.js';
import { FileRefused } from './refused.js';
import { unpack } from './zip.js';

/** Bytes of a file. */
export const mostBytes = 10 * 1024 * 1024;
/** Plain text is read whole, and nobody writes more than this. */
const mostTextBytes = 1024 * 1024;

/** A file as it may be kept: what it is by its content alone, and pictures without what they tell of their making. */
export interface Inspected {
  kind: AttachmentKind;
  content: Buffer;
  /** The words of a plain text. */
  text?: string;
}

const zipStart = Buffer.from('PK\u0003\u0004');

/** @throws FileRefused */
export async function inspect(bytes: Buffer): Promise<Inspected> {
  if (bytes.length === 0) throw new FileRefused('empty');
  if (bytes.length > mostBytes) throw new FileRefused('too_large');
  if (isPng(bytes)) return { kind: 'png', content: whole(strippedPng(bytes)) };
  if (isJpeg(bytes)) return { kind: 'jpeg', content: whole(strippedJpeg(bytes)) };
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return { kind: 'pdf', content: assertPdf(bytes) };
  if (bytes.subarray(0, zipStart.length).equals(zipStart)) return { kind: await officeKind(bytes), content: bytes };
  return { kind: 'text', content: bytes, text: textOf(bytes) };
}

function whole(content: Buffer | undefined): Buffer {
  if (content === undefined) throw new FileRefused('damaged');
  return content;
}

/** Readers look for the end mark in the last kilobyte. */
function assertPdf(bytes: Buffer): Buffer {
  if (!bytes.subarray(-1024).includes('%%EOF')) throw new FileRefused('damaged');
  return bytes;
}

const types = '[Content_Types].xml';
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const odtType = 'application/vnd.oasis.opendocument.text';

/** Macros, and other programs that are packed in. */
const activeOffice = /(?:^|\/)(?:vbaProject\.bin|Basic\/|Scripts\/|activeX\/|embeddings\/|oleObject)/iu;

async function officeKind(bytes: Buffer): Promise<'docx' | 'odt'> {
  const files = await unpack(bytes, ['mimetype', types]);
  if ([...files.keys()].some((name) => activeOffice.test(name))) throw new FileRefused('active');
  if (files.get('mimetype')?.toString('latin1') === odtType && files.has('content.xml')) return 'odt';
  if (files.get(types)?.toString('utf8').includes(docxType) === true && files.has('word/document.xml')) return 'docx';
  throw new FileRefused('kind_unknown');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** Controls that no text holds. */
const controls = /[^\P{Cc}\t\n\r\f]/u;

function textOf(bytes: Buffer): string {
  if (bytes.length > mostTextBytes) throw new FileRefused('kind_unknown');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new FileRefused('kind_unknown');
  }
  // What a browser would take for a page, or a shell for a program, is no plain text.
  if (controls.test(text) || /^\s*(?:<[!?a-z]|#!)/iu.test(text)) throw new FileRefused('kind_unknown');
  return text;
}
