import type { CommonDefinition } from '../definition.js';
import { deadlinesReferences } from './definition-references.js';
import { ladderReferences } from './ladders.js';
import { supervisionReferences } from './reports.js';
import { each, one, type Reference } from './reference.js';

/** Every place where the common vocabulary names something of its own by code. */
export function commonReferences(common: CommonDefinition): Reference[] {
  const { consent, reviews, riskLowering } = common;
  return [
    ...ladderReferences(common.ladders),
    ...deadlinesReferences(common.deadlines),
    ...each('consent', consent.kinds, '/consent/kinds'),
    ...Object.keys(consent.givers).map((kind) => one('consent', kind, `/consent/givers/${kind}`)),
    ...Object.keys(consent.exceptions).map((code) => one('exception', code, `/consent/exceptions/${code}`)),
    ...each('role', consent.approvers, '/consent/approvers'),
    ...each('document', consent.approvalNeeds, '/consent/approvalNeeds'),
    ...each('role', reviews.firstLevel, '/reviews/firstLevel'),
    ...each('role', reviews.secondLevel, '/reviews/secondLevel'),
    ...each('role', riskLowering.roles, '/riskLowering/roles'),
    ...each('document', riskLowering.documents, '/riskLowering/documents'),
    ...supervisionReferences(common),
  ];
}
