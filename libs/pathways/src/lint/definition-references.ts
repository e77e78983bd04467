import type {
  DeadlineDefinition,
  DueRule,
  FactGuardDefinition,
  GateDefinition,
  GuardDefinition,
  PathwayDefinition,
  TrackDefinition,
  TransitionDefinition,
  Trigger,
} from '../definition.js';
import { conditionReferences } from './condition-references.js';
import { facilityReferences } from './facilities.js';
import { each, factValue, one, optional, type Reference } from './reference.js';

/** Every place where a definition names something by code. */
export function definitionReferences(definition: PathwayDefinition): Reference[] {
  return [
    one('state', definition.initial, '/initial'),
    ...each('state', definition.entries, '/entries'),
    ...Object.entries(definition.alerts ?? {}).flatMap(([id, alert]) => [
      ...alert.on.flatMap((trigger, index) => triggerReferences(trigger, `/alerts/${id}/on/${index}`)),
      ...each(
        'role',
        alert.recipients.filter((recipient) => !['owner', 'supervisor'].includes(recipient)),
        `/alerts/${id}/recipients`,
      ),
    ]),
    ...definition.transitions.flatMap((transition, index) => transitionReferences(transition, `/transitions/${index}`)),
    ...Object.entries(definition.gates).flatMap(([id, gate]) => gateReferences(id, gate, `/gates/${id}`)),
    ...Object.entries(definition.tracks).flatMap(([id, track]) => trackReferences(id, track, `/tracks/${id}`)),
    ...deadlinesReferences(definition.deadlines),
    ...Object.entries(definition.scores).map(([id, score]) =>
      one('document', score.document, `/scores/${id}/document`),
    ),
    ...each('note-kind', definition.content.notForEvidence, '/content/notForEvidence'),
    ...sealingReferences(definition),
    ...(definition.factGuards ?? []).flatMap((guard, index) => factGuardReferences(guard, `/factGuards/${index}`)),
    ...facilityReferences(definition),
  ];
}

function sealingReferences({ content: { sealing } }: PathwayDefinition): Reference[] {
  if (sealing === undefined) return [];
  const { fact, keeps } = sealing;
  return [
    one('fact', fact, '/content/sealing/fact'),
    ...each('fact', keeps.facts, '/content/sealing/keeps/facts'),
    ...each('track', keeps.tracks, '/content/sealing/keeps/tracks'),
    ...each('document', keeps.documents, '/content/sealing/keeps/documents'),
    ...each('deadline', keeps.deadlines, '/content/sealing/keeps/deadlines'),
  ];
}

/** Every place where deadlines name something by code; paths begin at `/deadlines`. */
export function deadlinesReferences(deadlines: Record<string, DeadlineDefinition>): Reference[] {
  return Object.entries(deadlines).flatMap(([id, deadline]) => deadlineReferences(deadline, `/deadlines/${id}`));
}

function transitionReferences(transition: TransitionDefinition, path: string): Reference[] {
  return [
    ...each('state', transition.from, `${path}/from`),
    one('state', transition.to, `${path}/to`),
    ...each('role', transition.roles, `${path}/roles`),
    ...transition.documents.flatMap((document, index) => [
      one('document', document.code, `${path}/documents/${index}/code`),
      ...conditionReferences(document.when, `${path}/documents/${index}/when`),
    ]),
    ...transition.consents.flatMap((consent, index) => [
      one('consent', consent.kind, `${path}/consents/${index}/kind`),
      ...conditionReferences(consent.when, `${path}/consents/${index}/when`),
    ]),
    ...guardsReferences(transition.guards, `${path}/guards`),
    ...optional('decision', transition.decision, `${path}/decision`),
    ...(typeof transition.leavesFacility === 'object'
      ? each('reason', transition.leavesFacility.because, `${path}/leavesFacility/because`)
      : []),
  ];
}

function factGuardReferences({ facts, when, check }: FactGuardDefinition, path: string): Reference[] {
  return [
    ...each('fact', facts, `${path}/facts`),
    ...conditionReferences(when, `${path}/when`),
    ...conditionReferences(check, `${path}/check`),
  ];
}

function guardsReferences(guards: readonly GuardDefinition[], path: string): Reference[] {
  return guards.flatMap((guard, index) => [
    ...conditionReferences(guard.when, `${path}/${index}/when`),
    ...conditionReferences(guard.check, `${path}/${index}/check`),
    ...each('role', guard.attestation?.roles, `${path}/${index}/attestation/roles`),
  ]);
}

function gateReferences(id: string, gate: GateDefinition, path: string): Reference[] {
  const outcomes = (key: 'choices' | 'reviewWithin' | 'notices') =>
    Object.keys(gate[key] ?? {}).map((outcome) => one('gate-outcome', outcome, `${path}/${key}/${outcome}`, id));
  return [
    ...each('role', gate.deciders, `${path}/deciders`),
    one('document', gate.document, `${path}/document`),
    ...each('state', gate.viewsLaterIn, `${path}/viewsLaterIn`),
    ...each('state', gate.at, `${path}/at`),
    ...optional('fact', gate.noVoteFrom, `${path}/noVoteFrom`),
    ...each('gate-outcome', gate.withoutPanel, `${path}/withoutPanel`, id),
    ...each('gate-outcome', gate.needsReasonCode, `${path}/needsReasonCode`, id),
    ...outcomes('choices'),
    ...outcomes('reviewWithin'),
    ...outcomes('notices'),
    ...Object.entries(gate.choices ?? {}).flatMap(([outcome, options]) =>
      each('gate-option', options, `${path}/choices/${outcome}`, id),
    ),
  ];
}

function trackReferences(id: string, track: TrackDefinition, path: string): Reference[] {
  return [
    ...optional('track-state', track.initial, `${path}/initial`, id),
    ...each('track-state', track.detaining, `${path}/detaining`, id),
    ...each('track-state', track.moves, `${path}/moves`, id),
    ...(track.opens ?? []).flatMap(({ on, from, to }, index) => [
      one('track-state', to, `${path}/opens/${index}/to`, id),
      ...each('track-state', from, `${path}/opens/${index}/from`, id),
      ...on.flatMap((trigger, place) => triggerReferences(trigger, `${path}/opens/${index}/on/${place}`)),
    ]),
    ...optional('fact', track.ageFact, `${path}/ageFact`),
    ...each('role', track.keptBy, `${path}/keptBy`),
    ...Object.entries(track.enter ?? {}).flatMap(([state, guards]) => [
      one('track-state', state, `${path}/enter/${state}`, id),
      ...guardsReferences(guards, `${path}/enter/${state}`),
    ]),
  ];
}

function deadlineReferences(deadline: DeadlineDefinition, path: string): Reference[] {
  return [
    one('ladder', deadline.ladder, `${path}/ladder`),
    ...optional('common-deadline', deadline.replaces, `${path}/replaces`),
    ...(['start', 'stop', 'renew', 'cancel'] as const).flatMap((moment) =>
      (deadline[moment] ?? []).flatMap((trigger, index) => triggerReferences(trigger, `${path}/${moment}/${index}`)),
    ),
    ...deadline.due.flatMap((rule, index) => dueReferences(rule, deadline, `${path}/due/${index}`)),
    ...(typeof deadline.onDue === 'object'
      ? [one('facility-state', deadline.onDue.facility, `${path}/onDue/facility`)]
      : []),
  ];
}

function triggerReferences(trigger: Trigger, path: string): Reference[] {
  return [
    ...each('state', trigger.entered, `${path}/entered`),
    ...each('state', trigger.left, `${path}/left`),
    ...each('transition', trigger.transition, `${path}/transition`),
    ...trackTriggerReferences(trigger, path),
    ...factTriggerReferences(trigger, path),
    ...optional('document', trigger.document, `${path}/document`),
    ...optional('consent', trigger.consent, `${path}/consent`),
    ...each('note-kind', trigger.note, `${path}/note`),
    ...each('decision', trigger.decision, `${path}/decision`),
    ...each('facility-state', trigger.facility?.enters, `${path}/facility/enters`),
    ...each('facility-state', trigger.facility?.leaves, `${path}/facility/leaves`),
    ...optional('fact-time', trigger.from, `${path}/from`),
    ...conditionReferences(trigger.when, `${path}/when`),
  ];
}

function trackTriggerReferences({ track }: Trigger, path: string): Reference[] {
  return track === undefined
    ? []
    : [
        one('track', track.id, `${path}/track/id`),
        ...each('track-state', track.enters, `${path}/track/enters`, track.id),
        ...each('track-state', track.leaves, `${path}/track/leaves`, track.id),
      ];
}

function factTriggerReferences({ fact }: Trigger, path: string): Reference[] {
  return fact === undefined
    ? []
    : [one('fact', fact.name, `${path}/fact/name`), ...factValue(fact.name, fact.is, `${path}/fact/is`)];
}

/** Days that a decision or an exception names itself. */
const ofSubject = ['reviewOn', 'reaskOn'];

function dueReferences(rule: DueRule, { subject }: DeadlineDefinition, path: string): Reference[] {
  const named = 'at' in rule && !rule.at.startsWith('birthday:') && !ofSubject.includes(rule.at);
  return [
    ...(named ? [one(subject === 'facility' ? 'facility-date' : 'fact-time', rule.at, `${path}/at`)] : []),
    ...conditionReferences(rule.when, `${path}/when`),
  ];
}
