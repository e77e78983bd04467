import { attachmentKinds } from '../attachment-kinds.js';
import type { ContentRules, GateDefinition, PathwayDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';

/**
 * What a new version takes away that protects a child: states, transitions, guards, documents, consents, deadlines,
 * refused content, and of a gate the panel, the child's views and where it is decided. Each is an error unless its path is approved. Paths name codes, not positions:
 * `/transitions/A06/consents/CONSENT_SERVICES`.
 */
export function lintChange(
  previous: PathwayDefinition,
  next: PathwayDefinition,
  approved: readonly string[] = [],
): Finding[] {
  const kept = new Set([...protections(next), ...approved]);
  return protections(previous)
    .filter((path) => !kept.has(path))
    .map((path) =>
      error('safety-removed', path, `Version ${next.version} removes what version ${previous.version} protects`),
    );
}

function protections({
  states,
  transitions,
  gates,
  tracks,
  deadlines,
  content,
  factGuards,
}: PathwayDefinition): string[] {
  return [
    ...Object.keys(states).map((code) => `/states/${code}`),
    ...transitions.flatMap(({ id, guards, documents, consents }) => [
      `/transitions/${id}`,
      ...guards.map((guard) => `/transitions/${id}/guards/${guard.id}`),
      ...documents.map(({ code }) => `/transitions/${id}/documents/${code}`),
      ...consents.map(({ kind }) => `/transitions/${id}/consents/${kind}`),
    ]),
    ...Object.entries(gates).flatMap(([id, gate]) => protectionsOf(gate).map((part) => `/gates/${id}/${part}`)),
    ...Object.entries(tracks).flatMap(([id, { enter }]) =>
      Object.entries(enter ?? {}).flatMap(([state, guards]) =>
        guards.map((guard) => `/tracks/${id}/enter/${state}/${guard.id}`),
      ),
    ),
    ...Object.keys(deadlines).map((id) => `/deadlines/${id}`),
    ...(factGuards ?? []).map(({ id }) => `/factGuards/${id}`),
    ...content.refusedMediaTypes.map((type) => `/content/refusedMediaTypes/${type}`),
    ...kindsKeptOut(content).map((kind) => `/content/attachments/${kind}`),
    ...(content.notForEvidence ?? []).map((kind) => `/content/notForEvidence/${kind}`),
    ...(content.sealing === undefined ? [] : ['/content/sealing']),
    ...(content.refuseLinksInText ? ['/content/refuseLinksInText'] : []),
  ];
}

/** Of files, what a version does not name is what it keeps out. */
function kindsKeptOut({ attachments }: ContentRules): string[] {
  return attachmentKinds.filter((kind) => attachments?.includes(kind) === false);
}

function protectionsOf({ quorum, views, at }: GateDefinition): string[] {
  return [
    'deciders',
    ...(quorum === undefined ? [] : ['quorum']),
    ...(views === 'required' ? ['views'] : []),
    ...(at === undefined ? [] : ['at']),
  ];
}
