import type { Duration } from '#libs/calendar';
import type { ReferralFacts, Sharing } from '#libs/cases';
import type { FieldClass } from '#libs/privacy';

interface Bilingual {
  readonly en: string;
  readonly km: string;
}

/** What a purpose opens, on what basis, and how long it stays open after the work has ended. */
export interface SharingRule {
  /** Its code: `legal_aid`, `transfer`. */
  readonly purpose: string;
  readonly title: Bilingual;
  readonly classes: readonly FieldClass[];
  readonly basis: 'consent' | 'legal_duty';
  readonly until: Duration;
}

/** `information-sharing.yaml` as it stands there. */
export interface SharingFile {
  readonly confirmed: boolean;
  readonly beforeAcceptance: readonly string[];
  /** Longest time for which an accepted referral opens anything. */
  readonly atMost: Duration;
  readonly purposes: Readonly<Record<string, Omit<SharingRule, 'purpose'> & { readonly services: readonly string[] }>>;
  readonly transfer: Omit<SharingRule, 'purpose'>;
  readonly exchange: Readonly<Record<'primero' | 'oscar', Pick<SharingRule, 'classes' | 'basis'>>>;
  readonly exchangeByPathway: Readonly<Record<string, ExchangeRule>>;
}

/** What a pathway keeps from every other system, whatever was consented to, and how soon the others are told. */
export interface ExchangeRule {
  /** Codes of services, a `*` standing for any end. */
  readonly withheld: readonly string[];
  readonly reason: 'content_facts' | 'offence_data';
  /** Whether free words go along where they are opened to the recipient. */
  readonly words: boolean;
  /** Ahead of other cases: always, or while a deadline on one of these ladders runs. */
  readonly ahead: 'always' | readonly string[];
}

/** A referral, as far as it decides what is shared for it. */
export interface SharedFor {
  readonly type: 'service' | 'transfer';
  readonly service: string;
}

/** Which class of a child's data goes to whom, for what, and for how long. */
export class SharingPolicy {
  readonly #file: SharingFile;

  constructor(file: SharingFile) {
    this.#file = file;
  }

  /** The purposes of services, in the order in which they are asked whether a service is theirs. */
  get purposes(): readonly SharingRule[] {
    return Object.entries(this.#file.purposes).map(([purpose, rule]) => ruleOf(purpose, rule));
  }

  /** What an accepted referral opens to its receiver. */
  ruleFor({ type, service }: SharedFor): SharingRule {
    if (type === 'transfer') return ruleOf('transfer', this.#file.transfer);
    const found = Object.entries(this.#file.purposes).find(([, { services }]) =>
      services.some((pattern) => covers(pattern, service)),
    );
    if (found === undefined) throw new TypeError('the last purpose has to cover every service');
    return ruleOf(...found);
  }

  /** The same, as a decision on a referral records it. */
  readonly sharingFor = ({ type, service }: Pick<ReferralFacts, 'type' | 'service'>): Sharing => {
    const { purpose, classes, until: afterwards } = this.ruleFor({ type, service: service.code });
    return { purpose, classes, atMost: this.#file.atMost, afterwards };
  };

  /** What may go to another system, where the consent for it is there. */
  exchangedWith(system: 'primero' | 'oscar'): readonly FieldClass[] {
    return this.#file.exchange[system].classes;
  }

  /** What a referral tells before it is accepted. */
  get beforeAcceptance(): readonly string[] {
    return this.#file.beforeAcceptance;
  }

  /** Why another system is not told of a service of this pathway (`A_OCSEA`); undefined when it may be. */
  withheldFrom(pathway: string | undefined, service: string): ExchangeRule['reason'] | undefined {
    const rule = this.#exchangeRule(pathway);
    return rule?.withheld.some((pattern) => covers(pattern, service)) === true ? rule.reason : undefined;
  }

  /** Whether free words of a case of this pathway may go to another system at all. */
  mayTellWords(pathway: string | undefined): boolean {
    return this.#exchangeRule(pathway)?.words !== false;
  }

  /** Pathways whose cases are told first, and ladders that put a case first while a deadline runs on them. */
  get ahead(): { pathways: string[]; ladders: string[] } {
    const rules = Object.entries(this.#file.exchangeByPathway);
    return {
      pathways: rules.flatMap(([pathway, { ahead }]) => (ahead === 'always' ? [pathway] : [])),
      ladders: [...new Set(rules.flatMap(([, { ahead }]) => (ahead === 'always' ? [] : ahead)))],
    };
  }

  #exchangeRule(pathway: string | undefined): ExchangeRule | undefined {
    const rules = this.#file.exchangeByPathway;
    return pathway !== undefined && Object.hasOwn(rules, pathway) ? rules[pathway] : undefined;
  }
}

function ruleOf(purpose: string, { title, classes, basis, until }: Omit<SharingRule, 'purpose'>): SharingRule {
  return { purpose, title, classes, basis, until };
}

function covers(pattern: string, service: string): boolean {
  return pattern.endsWith('*') ? service.startsWith(pattern.slice(0, -1)) : service === pattern;
}
