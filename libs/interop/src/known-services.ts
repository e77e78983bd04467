import { ownServices, seedServiceTypes, serviceCodes } from './service-codes.js';

/** A service by our code; type and name are those of Cambodia's exchange, where it knows the service. */
export interface KnownService {
  code: string;
  type: string | null;
  name: string | null;
}

/** Every service that can be asked for or offered, each once, by its code. */
export const knownServices: ReadonlyMap<string, KnownService> = new Map(
  [
    ...serviceCodes.map(({ code, type, name }) => ({ code, type, name })),
    ...[...seedServiceTypes].map((code) => ({ code, type: code, name: null })),
    ...[...ownServices].map((code) => ({ code, type: null, name: null })),
  ].map((service) => [service.code, service]),
);
