import type { Client, OscarState } from './state.js';

export type PersonQuery = Readonly<Record<string, string | undefined>>;

/** Of how many questions that are answered alike a person is called similar. */
const enough = 3;

/** Whether any client is much like the person asked about. Which one, or how, is not told. */
export function hasSimilar({ clients }: OscarState, person: PersonQuery): boolean {
  return clients.some((client) => alike(client, person) >= enough);
}

function alike(client: Client, person: PersonQuery): number {
  const place = person['address_current_village_code'] ?? '';
  const same = (name: string, held: string): boolean => {
    const asked = person[name]?.trim().toLowerCase() ?? '';
    return asked !== '' && asked === held.toLowerCase();
  };
  const answers = [
    same('given_name', client.given_name) || same('local_given_name', client.local_given_name),
    same('family_name', client.family_name) || same('local_family_name', client.local_family_name),
    same('date_of_birth', client.date_of_birth),
    same('gender', client.gender),
    place !== '' && client.location.startsWith(place),
  ];
  return answers.filter(Boolean).length;
}
