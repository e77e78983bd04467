import { SetMetadata } from '@nestjs/common';

/** Another system, as which we speak at addresses of its own. */
export type SpokenAs = 'primero' | 'oscar';

export const speaksAsKey = 'spean:speaks-as';

/** The routes of a controller answer as another system would: who calls is shown its way, refusals are in its words. */
export const SpeaksAs = (system: SpokenAs): ClassDecorator & MethodDecorator => SetMetadata(speaksAsKey, system);

/** As which system an address speaks; undefined for our own. */
export function spokenAt(url: string): SpokenAs | undefined {
  if (/^\/primero(?:[/?]|$)/.test(url)) return 'primero';
  return /^\/oscar(?:[/?]|$)/.test(url) ? 'oscar' : undefined;
}
