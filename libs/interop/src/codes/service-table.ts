import type { RequestedService } from '#libs/cases';
import { present } from '../objects.js';
import {
  oscarOnlyServices,
  ownServices,
  seedServiceTypes,
  serviceCategories,
  type ServiceCode,
} from './service-codes.js';

/** A service was asked for without saying which. OSCaR always refuses such a referral, so it must be seen and completed. */
export const NOT_SPECIFIED = 'NOT_SPECIFIED';
/** The other system's service has no code here; its own words are kept as `original`. */
export const UNMAPPED = 'UNMAPPED';

const notSpecifiedName = 'Not Specified';
const otherService = 'other_other_service';
/** What the live job writes beside a type where there is nothing to tell. */
const nothingToTell = 'n/a';

/** Ids of a lookup's options, as opposed to words. */
const subtypeId = /^[\w-]{1,80}$/;

/** Undefined for words where an option id belongs. */
export const readSubtype = (word: string): string | undefined => (subtypeId.test(word) ? word : undefined);

export interface PrimeroService {
  type?: string | undefined;
  subtype?: string | undefined;
  /** Free words beside the type, in which a service without a subtype travels. */
  details?: string | undefined;
}

export interface PrimeroServiceFields {
  service_type?: string;
  service_subtype: string[];
  service_type_details_text?: string;
}

export interface OscarService {
  uuid?: string | undefined;
  name?: string | undefined;
  /** Category or programme, where the record names one: the only hint that tells two services of one name apart. */
  category?: string | undefined;
}

export interface OscarServiceFields {
  uuid: string;
  name: string;
  category?: string;
}

/** A service by our code; type and name are those of Cambodia's exchange, where it knows the service. */
export interface KnownService {
  code: string;
  type: string | null;
  name: string | null;
}

/** What both systems call a service, by the rows of the exchange that are in force. */
export class ServiceTable {
  readonly #rows: readonly ServiceCode[];
  /** Every service that can be asked for or offered, each once, by its code. */
  readonly known: ReadonlyMap<string, KnownService>;

  constructor(rows: readonly ServiceCode[]) {
    this.#rows = rows;
    this.known = new Map(
      [
        ...rows.map(({ code, type, name }) => ({ code, type, name })),
        ...[...seedServiceTypes].map((code) => ({ code, type: code, name: null })),
        ...[...ownServices].map((code) => ({ code, type: null, name: null })),
      ].map((each) => [each.code, each]),
    );
  }

  /**
   * The subtype decides. Without one, the words beside the type count only when they are a service's name; other words
   * may speak of the child and stay sealed, since a service stands in clear.
   */
  fromPrimero({ type, subtype, details }: PrimeroService): RequestedService {
    if (subtype !== undefined) {
      const known = this.#byCode(subtype);
      if (known !== undefined) return service(known.code, type ?? known.type, undefined);
      if (ownServices.has(subtype)) return service(subtype, type ?? 'other', undefined);
      // A type where a subtype belongs: it has none, and Primero would refuse it there.
      return seedServiceTypes.has(subtype)
        ? service(subtype, type ?? subtype, undefined)
        : service(UNMAPPED, type, subtype);
    }
    const words = details?.trim();
    return words === undefined || words === nothingToTell ? typed(type) : this.#named(words, type);
  }

  toPrimero({ code, type, original }: RequestedService): PrimeroServiceFields {
    const known = this.#byCode(code);
    if (known !== undefined) return { service_type: type ?? known.type, service_subtype: [known.code] };
    if (seedServiceTypes.has(code)) return { service_type: type ?? code, service_subtype: [] };
    const typeOnly = { ...(type === undefined ? {} : { service_type: type }), service_subtype: [] };
    if (code === NOT_SPECIFIED) return typeOnly;
    if (code !== UNMAPPED) return { service_type: 'other', ...typeOnly, service_type_details_text: code };
    if (original === undefined) return { service_type: 'other', ...typeOnly };
    return subtypeId.test(original)
      ? { ...typeOnly, service_subtype: [original] }
      : { service_type: 'other', ...typeOnly, service_type_details_text: original };
  }

  /**
   * The name decides, since the uuid is that of a service type in one direction and that of Primero's row in the other.
   * A name of two categories is read as the later one, as the live job does, unless the record names a category; the
   * words received are kept, so that a person can see what was said.
   */
  fromOscar({ uuid, name, category }: OscarService): RequestedService {
    const called = name?.trim().toLowerCase();
    if (called === undefined || called === '') return this.#fromUuid(uuid, undefined);
    if (called === notSpecifiedName.toLowerCase()) return service(NOT_SPECIFIED, undefined, undefined);
    const known = this.#rows.filter((row) => row.name.toLowerCase() === called);
    if (known.length === 0) return this.#fromUuid(uuid, name);
    const told = known.find((row) => serviceCategories[row.type] === category?.trim());
    const meant = told ?? known.at(-1);
    const certain = known.length === 1 || told !== undefined;
    return service(meant?.code ?? UNMAPPED, meant?.type, certain && meant?.name === name ? undefined : name);
  }

  /**
   * Name and service id by which OSCaR knows the service; what it has no name for goes as *Other Service*. Where the
   * name stands for two services and we know which one is meant, the category says so.
   */
  toOscar({ code, original }: RequestedService): OscarServiceFields {
    const known = this.#byCode(code);
    if (known !== undefined) {
      if (original !== undefined && this.fromOscar({ name: original }).code === code) {
        return { uuid: known.uuid, name: original };
      }
      const namesakes = this.#rows.filter(({ name }) => name === known.name).length;
      const category = namesakes > 1 ? serviceCategories[known.type] : undefined;
      return { uuid: known.uuid, name: known.name, ...present({ category }) };
    }
    const other = this.#byCode(otherService);
    const fallback = { uuid: other?.uuid ?? '', name: other?.name ?? '' };
    if (code === NOT_SPECIFIED) return { ...fallback, name: notSpecifiedName };
    return oscarOnlyServices.find((row) => row.name === original) ?? fallback;
  }

  #named(words: string, type: string | undefined): RequestedService {
    if (ownServices.has(words)) return service(words, type ?? 'other', undefined);
    if (oscarOnlyServices.some(({ name }) => name === words)) return service(UNMAPPED, type ?? 'other', words);
    const known = this.#rows.filter(({ name }) => name === words);
    const meant = known.find((row) => row.type === type) ?? known.at(-1);
    if (meant !== undefined) return service(meant.code, type ?? meant.type, undefined);
    return type !== undefined && seedServiceTypes.has(type)
      ? typed(type)
      : service(UNMAPPED, type ?? 'other', undefined);
  }

  #fromUuid(uuid: string | undefined, name: string | undefined): RequestedService {
    const known = this.#rows.filter((row) => row.uuid === uuid);
    const [only] = known;
    if (known.length === 1 && only !== undefined && only.code !== otherService)
      return service(only.code, only.type, name);
    return name === undefined ? service(NOT_SPECIFIED, undefined, undefined) : service(UNMAPPED, undefined, name);
  }

  #byCode(code: string): ServiceCode | undefined {
    return this.#rows.find((row) => row.code === code);
  }
}

function typed(type: string | undefined): RequestedService {
  if (type === undefined || type === 'Other' || Object.hasOwn(serviceCategories, type)) {
    return service(NOT_SPECIFIED, type, undefined);
  }
  return service(seedServiceTypes.has(type) ? type : UNMAPPED, type, undefined);
}

const service = (code: string, type: string | undefined, original: string | undefined): RequestedService => ({
  code,
  ...present({ type, original }),
});
