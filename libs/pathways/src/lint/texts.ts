import { error, type Finding } from '../finding.js';

const khmer = /[\u1780-\u17ff]/;

/** Every text says something in each language: English in `en`, Khmer script in `km`. */
export function lintTexts(value: unknown, path = ''): Finding[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if (isText(value)) {
    return [
      ...(khmer.test(value.en) ? [error('text-untranslated', `${path}/en`, 'Khmer script in the English text')] : []),
      ...(khmer.test(value.km) ? [] : [error('text-untranslated', `${path}/km`, `No Khmer for "${value.en}"`)]),
    ];
  }
  return Object.entries(value).flatMap(([key, part]) => lintTexts(part, `${path}/${key}`));
}

const isText = (value: object): value is { en: string; km: string } =>
  'en' in value && typeof value.en === 'string' && 'km' in value && typeof value.km === 'string';
