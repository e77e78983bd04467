import { describe, expect, it } from '@jest/globals';

import { render, templates, type Language, type TemplateName } from './templates.js';

const names = Object.keys(templates) as TemplateName[];
const languages: Language[] = ['km', 'en'];
const allowed = ['{code}', '{link}'];

describe.each(names.flatMap((name) => languages.map((language) => [name, language] as const)))(
  'the template %s in %s',
  (name, language) => {
    const { subject, body } = templates[name][language];

    it('has no place for anything but the code of the case or facility and the link', () => {
      const places = `${subject}${body}`.match(/\{[^}]*\}|[$%]\{?\w+/g) ?? [];
      expect([...new Set(places)].sort()).toEqual(allowed);
    });

    it('names case or facility in the subject and links in the body alone', () => {
      expect(subject).toContain('{code}');
      expect(subject).not.toContain('{link}');
      expect(subject).not.toMatch(/[\r\n]/);
      expect(body).toContain('{link}');
    });

    it('is written in its language', () => {
      const khmer = /[\u1780-\u17ff]/;
      expect(khmer.test(subject)).toBe(language === 'km');
      expect(khmer.test(body)).toBe(language === 'km');
    });

    it('SR-19: says nothing of a child, whatever it is handed', () => {
      const child = { name: 'ច័ន្ទ ស្រីមុំ', phone: '+855 00 123 456', village: 'Phum Canary', childName: 'CANARY' };
      const message = render(name, language, { code: 'K-7F3Q2', link: 'https://spean.example/', ...child });
      for (const word of Object.values(child)) expect(`${message.subject}${message.body}`).not.toContain(word);
    });

    it('is filled completely', () => {
      const message = render(name, language, { code: 'K-7F3Q2', link: 'https://spean.example/' });
      expect(message.subject).toContain('K-7F3Q2');
      expect(message.body).toContain('https://spean.example/');
      expect(`${message.subject}${message.body}`).not.toMatch(/[{}]/);
    });
  },
);

it('says what the escalation rules promise', () => {
  const facts = { code: 'K-7F3Q2', link: 'https://spean.example/' };
  expect(render('overdue', 'en', facts).subject).toBe('Case K-7F3Q2: 1 task overdue');
  expect(render('facilityOverdue', 'en', { ...facts, code: 'RCF-17' }).subject).toBe('Facility RCF-17: 1 task overdue');
});
