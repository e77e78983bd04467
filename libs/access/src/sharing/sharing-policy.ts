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
}

function ruleOf(purpose: string, { title, classes, basis, until }: Omit<SharingRule, 'purpose'>): SharingRule {
  return { purpose, title, classes, basis, until };
}

function covers(pattern: string, service: string): boolean {
  return pattern.endsWith('*') ? service.startsWith(pattern.slice(0, -1)) : service === pattern;
}
