import type { Instant } from '#libs/calendar';
import type { Actor } from '#libs/cases';
import { granted, isBlocked, relations, type CaseRelations, type Relation } from './relations.js';
import { groupsOf } from './roles.js';
import { policy, type CaseAction, type Rule, type ShownClass } from './table.js';

/** Every way in which somebody stands to a case; none for whoever is blocked. */
export function relationsOf(asker: Actor, asked: CaseRelations, now: Instant): Relation[] {
  if (isBlocked(asker, asked)) return [];
  return (Object.keys(relations) as Relation[]).filter((relation) => relations[relation](asker, asked, now));
}

/**
 * Whether somebody may do something with a case, and what of it they may see for it.
 *
 * @returns undefined when they may not; the caller then answers as if the case were not there
 */
export function decideAccess(
  action: CaseAction,
  asker: Actor,
  asked: CaseRelations,
  now: Instant,
): ReadonlySet<ShownClass> | undefined {
  const standing = relationsOf(asker, asked, now);
  const groups = groupsOf(asker.roles);
  const rules = (policy[action] as readonly Rule[]).filter(
    (rule) =>
      rule.groups.some((group) => groups.includes(group)) && rule.relations.some((each) => standing.includes(each)),
  );
  if (rules.length === 0) return undefined;
  const opened = new Set<ShownClass>(
    granted(asker.agency, asked, now).flatMap(
      ({ grant }) => ['staged', 'progress', ...(grant?.classes ?? [])] as const,
    ),
  );
  return new Set(
    rules.flatMap(({ relations: by, shows = [] }) => {
      const others = by.some((each) => each !== 'receiver' && standing.includes(each));
      return others ? shows : shows.filter((each) => opened.has(each));
    }),
  );
}
