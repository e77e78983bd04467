/** Languages that members of staff read. */
export type Language = 'km' | 'en';

/** Everything that a message may say: there is no place for anything of a child. */
export interface MessageFacts {
  /** The code of the case or facility, such as `K-7F3Q2`, `RCF-17`. */
  readonly code: string;
  /** Where to sign in and see more. */
  readonly link: string;
}

export interface MessageText {
  readonly subject: string;
  readonly body: string;
}

export interface Template extends Readonly<Record<Language, MessageText>> {
  /** Whether a native speaker has read the Khmer text. */
  readonly reviewed: boolean;
}

/**
 * One for each kind of message: a task of a case or facility is late, or soon will be (pathways 1.4), or it needs a look at
 * once.
 */
export const templates = {
  overdue: {
    en: {
      subject: 'Case {code}: 1 task overdue',
      body: 'Case {code}: 1 task is overdue.\n\nSign in to see it: {link}\n',
    },
    km: {
      subject: 'ករណី {code}៖ កិច្ចការ ១ ហួសកំណត់',
      body: 'ករណី {code}៖ មានកិច្ចការ ១ ហួសកំណត់។\n\nសូមចូលប្រើប្រព័ន្ធ ដើម្បីមើល៖ {link}\n',
    },
    reviewed: false,
  },
  dueSoon: {
    en: {
      subject: 'Case {code}: 1 task due soon',
      body: 'Case {code}: 1 task is due soon.\n\nSign in to see it: {link}\n',
    },
    km: {
      subject: 'ករណី {code}៖ កិច្ចការ ១ ជិតដល់កំណត់',
      body: 'ករណី {code}៖ មានកិច្ចការ ១ ជិតដល់កំណត់។\n\nសូមចូលប្រើប្រព័ន្ធ ដើម្បីមើល៖ {link}\n',
    },
    reviewed: false,
  },
  facilityOverdue: {
    en: {
      subject: 'Facility {code}: 1 task overdue',
      body: 'Facility {code}: 1 task is overdue.\n\nSign in to see it: {link}\n',
    },
    km: {
      subject: 'មណ្ឌល {code}៖ កិច្ចការ ១ ហួសកំណត់',
      body: 'មណ្ឌល {code}៖ មានកិច្ចការ ១ ហួសកំណត់។\n\nសូមចូលប្រើប្រព័ន្ធ ដើម្បីមើល៖ {link}\n',
    },
    reviewed: false,
  },
  facilityDueSoon: {
    en: {
      subject: 'Facility {code}: 1 task due soon',
      body: 'Facility {code}: 1 task is due soon.\n\nSign in to see it: {link}\n',
    },
    km: {
      subject: 'មណ្ឌល {code}៖ កិច្ចការ ១ ជិតដល់កំណត់',
      body: 'មណ្ឌល {code}៖ មានកិច្ចការ ១ ជិតដល់កំណត់។\n\nសូមចូលប្រើប្រព័ន្ធ ដើម្បីមើល៖ {link}\n',
    },
    reviewed: false,
  },
  alert: {
    en: {
      subject: 'Case {code}: please look at it now',
      body: 'Case {code}: please look at it now.\n\nSign in to see why: {link}\n',
    },
    km: {
      subject: 'ករណី {code}៖ សូមពិនិត្យមើលជាបន្ទាន់',
      body: 'ករណី {code}៖ សូមពិនិត្យមើលជាបន្ទាន់។\n\nសូមចូលប្រើប្រព័ន្ធ ដើម្បីដឹងមូលហេតុ៖ {link}\n',
    },
    reviewed: false,
  },
  facilityAlert: {
    en: {
      subject: 'Facility {code}: please look at it now',
      body: 'Facility {code}: please look at it now.\n\nSign in to see why: {link}\n',
    },
    km: {
      subject: 'មណ្ឌល {code}៖ សូមពិនិត្យមើលជាបន្ទាន់',
      body: 'មណ្ឌល {code}៖ សូមពិនិត្យមើលជាបន្ទាន់។\n\nសូមចូលប្រើប្រព័ន្ធ ដើម្បីដឹងមូលហេតុ៖ {link}\n',
    },
    reviewed: false,
  },
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof templates;

/** The message in one language. */
export function render(name: TemplateName, language: Language, facts: MessageFacts): MessageText {
  const { subject, body } = templates[name][language];
  return { subject: filled(subject, facts), body: filled(body, facts) };
}

const filled = (text: string, { code, link }: MessageFacts): string =>
  text.replaceAll('{code}', code).replaceAll('{link}', link);
